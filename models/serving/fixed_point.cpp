#include "models/serving/fixed_point.hpp"

#include <cstdio>

namespace chokepoint {
namespace {

std::string too_long(Seconds time) {
  char text[128];
  std::snprintf(text, sizeof text,
                "one step of the engine would take %.3g s, and steps are simulated up to %g s",
                time.value, kLongestStep.value);
  return text;
}

}  // namespace

StepTooLong::StepTooLong(Seconds time) : std::range_error(too_long(time)) {}

}  // namespace chokepoint
