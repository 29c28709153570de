#pragma once

#include <string>
#include <vector>

#include "models/curve.hpp"
#include "models/ids.hpp"

namespace chokepoint {

/// What one package does on a model, in packages of the reference device on the same model; 0 where
/// no group of it holds the model.
struct ServedWorth {
  double prefill = 0.0, decode = 0.0;  ///< With what its stack attains: usable.
  /// If its stack attained what that of the reference does.
  double prefill_nominal = 0.0, decode_nominal = 0.0;
  bool spans_servers = false;  ///< One server of those on sale does not hold the model.
};

/// A model that buyers serve beside that of the reference.
struct ServedModel {
  std::string name;
  TransformerId model;
  Curve share;                     ///< Of the time of reference devices, in [0, 1].
  std::vector<ServedWorth> worth;  ///< By device.
};

/// Shares of `models` on a day, in their order; scaled down to 1 where they add up to more.
std::vector<double> shares_on(const std::vector<ServedModel>& models, Date day);

/// A share of a fleet's work and what one package does of it.
struct PartOfMix {
  double share = 0.0;  ///< Of the time that reference devices would spend.
  double rate = 0.0;   ///< In reference devices.
};

/// What one package of a fleet does that serves everything, in reference devices:
///
///   1 / ( (1 - sum of shares) / rest  +  sum of  share / rate )
///
/// since models come and go and all run on what is there: a device that is poor at one part spends
/// its time on it. 0 where it does some part not at all. Requires: shares >= 0 that add up to at
/// most 1, rates >= 0.
double rate_on_mix(double rest, const std::vector<PartOfMix>& parts);

}  // namespace chokepoint
