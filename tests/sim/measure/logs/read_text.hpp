#pragma once

#include <string>

#include "sim/measure/logs/read_log.hpp"

namespace chokepoint {

/// What a text says, and what is wrong with it.
struct ReadText {
  Measurements measured;
  Diagnostics found;

  const Experiment& run(std::size_t i = 0) const { return measured.serving.at(i).experiment; }
  const TrainingRun& training(std::size_t i = 0) const { return measured.training.at(i).run; }
  /// The message of the first complaint, with line and column: "3:5: ...". Empty: none.
  std::string complaint() const {
    if (found.items().empty()) return {};
    const Diagnostic& first = found.items().front();
    return std::to_string(first.where.line) + ":" + std::to_string(first.where.column) + ": " +
           first.message;
  }
};

/// Of a system that is known: eight devices, all in tensor parallelism.
inline StatedFacts known_system() {
  StatedFacts facts;
  facts.device = "h100";
  facts.model = "llama_70b";
  facts.precision = "fp8";
  facts.engine = "vllm";
  facts.devices = 8;
  facts.tensor = 8;
  return facts;
}

inline ReadText read_serving(const std::string& text, const StatedFacts& facts = known_system()) {
  ReadText read;
  read_log("file", text, MeasuredWork::Serving, std::nullopt, facts, read.measured, read.found);
  return read;
}

inline ReadText read_training(const std::string& text, const StatedFacts& facts = known_system()) {
  ReadText read;
  read_log("file", text, MeasuredWork::Training, std::nullopt, facts, read.measured, read.found);
  return read;
}

}  // namespace chokepoint
