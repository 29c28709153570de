#pragma once

#include <map>
#include <string>

#include "chokepoint/v1/scenario.pb.h"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// Where a pool stands and what it is made of.
struct PoolEntry {
  std::string site;
  std::string pool;  ///< Without its site.
  std::string device;
};

/// What a composed scenario says of the names that facts carry.
struct Inventory {
  std::map<std::string, PoolEntry> pools;     ///< By "site/pool".
  std::map<std::string, std::string> vendor;  ///< By device.
  std::map<std::string, double> job_tokens;   ///< To train on, by job.
};

/// Names and sums of `scenario`.
Inventory take_inventory(const pb::Scenario& scenario);

}  // namespace chokepoint
