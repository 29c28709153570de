#pragma once

#include <CLI/CLI.hpp>

namespace chokepoint {

/// Takes numbers from `least` to `most`, which help texts say. Unlike CLI::Range it takes no "nan",
/// which is neither below nor above anything.
class RealIn : public CLI::Validator {
public:
  RealIn(double least, double most);
};

/// More than nothing, and no more than anybody means: of prices and times.
RealIn positive();

}  // namespace chokepoint
