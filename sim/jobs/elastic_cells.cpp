#include "sim/jobs/elastic_cells.hpp"

#include <cmath>

namespace chokepoint {

std::optional<std::pair<JobRole, std::string>> elastic_complaint(const ElasticCells& cells,
                                                                 int devices) {
  const auto is_whole = [](double number) { return std::fmod(number, 1.0) == 0; };
  const std::string asked = std::to_string(devices);
  if (cells.min_devices < 1 || cells.min_devices > devices || !is_whole(cells.min_devices)) {
    return {{JobRole::MinDevices,
             "min_devices is no whole number from 1 to the job's devices, " + asked}};
  }
  if (cells.max_devices < devices || !is_whole(cells.max_devices)) {
    return {{JobRole::MaxDevices,
             "max_devices is no whole number, or below the job's devices, " + asked}};
  }
  if (cells.serial_share >= 1) {
    return {{JobRole::SerialShare, "serial_share is no share from 0 to less than 1"}};
  }
  return std::nullopt;
}

}  // namespace chokepoint
