#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "models/network/cluster_network.hpp"
#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

/// How servers are joined, as scenarios/catalog/networks.csv has it.
struct NetworkDesign {
  std::string name;
  ScaleoutDesign scaleout;
  double scaleup_attained = 1.0;   ///< Of datasheet bandwidth, in (0, 1], where nobody measured it.
  double scaleout_attained = 1.0;  ///< The same of network cards.
  std::string source, note;
};

/// The rows of the table below `root`, in their order; what is wrong with it is in `found`, by
/// line.
std::vector<NetworkDesign> load_network_designs(const std::filesystem::path& root,
                                                Diagnostics& found);

/// The rows of such a table, which `file` names in complaints.
std::vector<NetworkDesign> read_network_designs(const std::string& csv, const std::string& file,
                                                Diagnostics& found);

}  // namespace chokepoint
