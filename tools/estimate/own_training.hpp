#pragma once

#include <string>
#include <vector>

#include "chokepoint/v1/scenario.pb.h"
#include "models/world.hpp"
#include "sim/measure/logs/measurements.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// The training step of one device, fitted to own runs: which share of the rate of matrix products
/// a whole step keeps (OperatorClass::TrainingStep of its stack).
struct OwnStep {
  DeviceId device;
  double before = 0, after = 0;    ///< Fractions; after is the median over runs.
  double least = 0, greatest = 0;  ///< Of a run.
  /// What it may be: least and greatest, and of fewer than three runs at least as far from the
  /// median, as a ratio, as the catalogue's range is from its figure.
  double low = 0, high = 0;
  std::vector<double> fractions;  ///< One a run, in their order.
  /// Medians; see own_training_text.
  double error_before = 0, error_after = 0, error_left_out = 0;
};

/// Fits devices one by one. The rate of training_throughput() is in proportion to the fraction, so
/// that each run gives one, before * measured / predicted, and the median is the fit. Complains
/// where a model or device is not of the catalogue or lacks what the model of steps needs, and
/// where a fraction is not within (0, 1]; nothing is fitted then.
std::vector<OwnStep> fit_own_training(const std::vector<LoggedTraining>& runs, const World& world,
                                      Diagnostics& found);

/// What the fit found, for people. Errors are medians over runs of |predicted / measured - 1| in
/// tokens a second, before, after, and with each run by the median of the others.
std::string own_training_text(const std::vector<OwnStep>& steps, const World& world);

/// The fit as scenario text that patches the catalogue at `base`. `catalog` is the catalogue
/// composed: an entry that it has for a device is changed, else one is added to the device's stack.
std::string own_training_overlay(const std::vector<OwnStep>& steps, const World& world,
                                 const pb::Scenario& catalog, const std::string& base,
                                 const std::string& files);

}  // namespace chokepoint
