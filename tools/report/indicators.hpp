#pragma once

#include <string>
#include <vector>

#include "sim/indicators/run_account.hpp"

namespace chokepoint {

/// One number that says something about a whole run.
struct Indicator {
  std::string name;     ///< Such as "refused".
  std::string split;    ///< What it is split by: "device", "rule", "site"; empty: the whole.
  std::string subject;  ///< Such as "nv_h20_96"; empty: the whole.
  std::string unit;     ///< Such as "packages".
  double value = 0.0;
};

/// All indicators of a run, each whole before its parts and parts by name. Parts add up to their
/// whole. Stocks are those of the last sample; substitutes count as "substitutes_delivered" alone.
std::vector<Indicator> indicators_of(const RunAccount& account);

}  // namespace chokepoint
