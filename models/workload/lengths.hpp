#pragma once

#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

#include "models/random.hpp"

namespace chokepoint {

/// How many tokens prompts or answers have, as chance has it; at least 1 each.
class Lengths {
public:
  /// Always `tokens`.
  static Lengths fixed(std::uint32_t tokens);
  /// Every length from `least` to `most` alike. Requires: 1 <= least <= most.
  static Lengths uniform(std::uint32_t least, std::uint32_t most);
  /// Lognormal with that mean and standard deviation over mean, before it is rounded and cut off at
  /// `most`. Requires: mean >= 1, variation >= 0.
  static Lengths lognormal(double mean, double variation, std::uint32_t most);
  /// Each length as often as its weight says. Requires: a weight above 0, none negative.
  static Lengths tabled(const std::vector<std::pair<std::uint32_t, double>>& weights);

  std::uint32_t draw(RandomStream& random) const;

  /// Of draws without end; of a lognormal before it is cut off.
  double mean() const;

private:
  struct Uniform {
    std::uint32_t least, most;
  };
  struct Lognormal {
    double mean, sigma;
    std::uint32_t most;
  };
  struct Entry {
    std::uint32_t tokens;
    double cumulated;  ///< Weights up to this one.
  };
  using Table = std::vector<Entry>;
  using Law = std::variant<Uniform, Lognormal, Table>;

  explicit Lengths(Law law) : law_(std::move(law)) {}

  Law law_;
};

}  // namespace chokepoint
