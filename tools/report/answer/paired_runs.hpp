#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "models/scoring/scores.hpp"
#include "sim/study/causes/attribution.hpp"
#include "tools/report/yearly_table.hpp"

namespace chokepoint {

/// Fewest pairs of draws that say whether a difference stands out: of eight that are nothing but
/// noise, all lie on one side once in 128 times.
inline constexpr std::size_t kLeastPairs = 8;

/// What is known of a difference between two runs.
enum class Certainty {
  Equal,    ///< There is none, in no draw.
  Unknown,  ///< Too few pairs of draws, or none: it may be noise.
  Noise,    ///< The middle 90 % of the pairs holds zero.
  Clear,    ///< It does not: the difference stands out.
};

/// A number in two runs. Of runs with at least two pairs of draws, levels are the medians of these,
/// and `change` is the median of their differences, which need not be that of the levels.
struct PairedDifference {
  double before = 0.0, after = 0.0;
  double change = 0.0;
  std::optional<Interval> band;  ///< Middle 90 % of the differences of pairs.
  Certainty certainty = Certainty::Equal;

  /// The change in percent of the level before; nothing where that is 0.
  std::optional<double> percent() const;
};

/// A run and another one, with the draws that both have kept, each paired with its like: draws of
/// one number share what they drew.
class PairedRuns {
public:
  /// Both must outlive this.
  PairedRuns(const YearlyRun& base, const YearlyRun& other);

  std::size_t pairs() const { return draws_.size(); }
  bool has_bands() const { return draws_.size() >= 2; }
  const YearlyRun& base() const { return *base_; }
  const YearlyRun& other() const { return *other_; }

  PairedDifference difference(const Measured& measured) const;
  /// Of every pair, in the order of their names.
  std::vector<double> differences(const Measured& measured) const;
  /// Names of the draws that both have.
  std::vector<std::string> names() const;

private:
  const YearlyRun* base_;
  const YearlyRun* other_;
  std::vector<std::pair<const Figures*, const Figures*>> draws_;
};

/// The median of a number over the draws of a run, and their middle 90 %; the run's own, without a
/// band, where it has fewer than two.
struct Level {
  double value = 0.0;
  std::optional<Interval> band;
};
Level level_in(const YearlyRun& run, const Measured& measured);

}  // namespace chokepoint
