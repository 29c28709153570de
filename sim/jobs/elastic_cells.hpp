#pragma once

#include <optional>
#include <string>
#include <utility>

#include "sim/jobs/job_columns.hpp"

namespace chokepoint {

/// What a log says of a job that takes more or fewer devices than it asked for.
struct ElasticCells {
  double min_devices = 1, max_devices = 1, serial_share = 0;
};

/// What is wrong with these where a job asks for `devices`, and whose cell: they must be whole, 1
/// <= min <= devices <= max, and the share in [0, 1). Nothing where all is well.
std::optional<std::pair<JobRole, std::string>> elastic_complaint(const ElasticCells& cells,
                                                                 int devices);

}  // namespace chokepoint
