#pragma once

#include <catch2/catch.hpp>
#include <iostream>
#include <sstream>

#include "tests/paths.hpp"
#include "tools/estimate/training/training_question.hpp"

namespace chokepoint {

/// The catalogue that ships, read once.
inline const TrainingWorld& shipped_training() {
  static const TrainingWorld world = [] {
    std::ostringstream complaints;
    auto read = load_training_world(source_dir(), complaints);
    if (!read) throw std::runtime_error(complaints.str());
    return std::move(*read);
  }();
  return world;
}

inline TrainingSubject understood(const TrainingQuestion& question) {
  auto subject = understand(question, shipped_training());
  if (const auto* wrong = std::get_if<Misunderstanding>(&subject)) FAIL(wrong->message);
  return std::get<TrainingSubject>(std::move(subject));
}

}  // namespace chokepoint
