#pragma once

#include <string>
#include <vector>

#include "models/world.hpp"

namespace chokepoint {

/// What it takes to bring one model family to a stack by hand.
struct PortWork {
  std::string stack;
  double engineer_months = 0, low = 0, high = 0;
  double engineers = 0;  ///< Of a team, as buyers set on a port.
  double months = 0;     ///< That this team takes.
  Usd cost;
};

/// Of every stack whose maturing `world`, that of a study of years, describes; by name. A first
/// port: nobody learned before.
std::vector<PortWork> port_works(const World& world);

/// The one of a stack; null where there is none.
const PortWork* port_to(const std::vector<PortWork>& works, const std::string& stack);

}  // namespace chokepoint
