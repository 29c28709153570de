#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/estimate/training/training_catalog.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// A figure that somebody published of how often runs stop or what is kept of their time, and what
/// rates and recoveries of the catalogue make of it.
struct PredictedFailures {
  std::string id, system, quantity;
  std::string use;    ///< "fit": rates were fitted to it; "validate", "projection", "claim".
  std::string bound;  ///< "at_least", "at_most"; empty: the figure itself.
  double measured = 0, predicted = 0;

  /// Predicted over measured; nothing where that is zero.
  std::optional<double> ratio() const;
  /// The same of what is not kept, of goodput; nothing for other quantities.
  std::optional<double> loss_ratio() const;
  /// Whether it is within a factor of the figure, or on the right side of a bound.
  bool is_within(double factor) const;
};

/// What "within" means, as the project is graded.
inline constexpr double kFailureFactor = 1.5;

/// Every row of scenarios/measured/failures.csv, by rates of the first reliability of `world` and
/// the recovery that the row names. Rates are of calendar days, as they were fitted: what a run
/// waits makes none fewer. Goodput is that of expected_run(), with steps of ten seconds, which
/// intervals are whole numbers of. Throws std::runtime_error where a row names what is not there.
std::vector<PredictedFailures> predicted_failures(std::string_view csv, const TrainingWorld& world);

/// All rows for people, with how many of those to be predicted are within kFailureFactor.
std::string failure_validation_text(std::string_view csv, const TrainingWorld& world);

/// All rows, predicted beside measured.
Table failure_validation_table(std::string_view csv, const TrainingWorld& world);

}  // namespace chokepoint
