#pragma once

#include "tests/tools/estimate/shipped_serving.hpp"
#include "tools/size/size_answer.hpp"

namespace chokepoint {

/// A small model on a few kinds, which is quick to size.
inline SizeQuestion small_question(std::vector<std::string> devices = {"nv_h20_96",
                                                                       "hw_ascend_910b2"},
                                   double rate = 20) {
  SizeQuestion question;
  question.of.model = "Qwen3-8B";
  question.devices = std::move(devices);
  question.target.bounds = {{LatencyMetric::Ttft, 0.99, Seconds{1}},
                            {LatencyMetric::Tpot, 0.99, Seconds{0.04}}};
  question.target.rate = rate;
  question.load = drawn_load(Tokens{1000}, Tokens{200}, 0.3);
  return question;
}

inline std::vector<SizedKind> small_answer(const SizeQuestion& question, unsigned workers = 2) {
  return size_kinds(question, shipped_serving(), {}, workers);
}

}  // namespace chokepoint
