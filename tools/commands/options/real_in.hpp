#pragma once

#include <string>

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

/// "15T" as "15e12", and so with K, M and B; else as it is.
std::string without_suffix(std::string text);

}  // namespace chokepoint
