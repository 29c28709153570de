#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/measure/logs/measurements.hpp"

namespace chokepoint {

/// Formats of files in which measurements come.
enum class LogFormat {
  Benchmark,      ///< Results of vLLM's and SGLang's benchmarks, JSON or a line of JSON each.
  Summary,        ///< What these print.
  InferencePerf,  ///< Stages of inference-perf, JSON.
  Guidellm,       ///< Reports of GuideLLM, JSON.
  Aiperf,         ///< Exports of AIPerf and GenAI-Perf, JSON.
  Startup,        ///< What an engine says of its memory when it starts.
  Csv,            ///< A table as in scenarios/measured.
  Megatron,       ///< Iteration lines.
  Mlperf          ///< ":::MLLOG" lines.
};
inline constexpr std::size_t kLogFormats = 9;

/// What is measured: files of the others are refused.
enum class MeasuredWork { Serving, Training };

/// "benchmark", "summary", "inference-perf", "guidellm", "aiperf", "startup", "csv", "megatron",
/// "mlperf".
std::string_view name(LogFormat format);
/// Names of those that hold measurements of `kind`.
std::vector<std::string> format_names(MeasuredWork kind);
/// The format of that name; nothing where there is none.
std::optional<LogFormat> format_named(std::string_view name);

/// The format that `text` has by what is in it; nothing where it is none of these.
std::optional<LogFormat> recognized(std::string_view text);

/// Adds what `text`, the content of `file`, says was measured of serving or training, in `format`
/// or in the one that is recognized. Complains, where they stand, of what is missing and of what is
/// wrong: a file without any measurement is wrong. Never throws on any text. Requires: the caller
/// remembers the text, if lines are to be shown.
void read_log(const std::string& file, std::string_view text, MeasuredWork kind,
              std::optional<LogFormat> format, const StatedFacts& facts, Measurements& into,
              Diagnostics& found);

}  // namespace chokepoint
