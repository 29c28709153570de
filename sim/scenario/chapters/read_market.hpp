#pragma once

#include <string>
#include <vector>

#include "models/supply/supply_line.hpp"
#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// The paces from dates on that the list `field` of `at` holds. Reports dates that do not increase.
std::vector<Output> read_schedule(Reading& reading, const Cursor& at, const std::string& field,
                                  const google::protobuf::RepeatedPtrField<pb::Output>& written);

/// Reads `supplies`, `orders` and `market`. Requires: devices and sites are read.
void read_market(Reading& reading);

}  // namespace chokepoint
