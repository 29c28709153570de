#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/ids.hpp"
#include "models/sourced.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// A line between two places, each direction with its own bandwidth.
struct LinkSpec {
  std::string name;
  PlaceId a, b;
  Sourced<BytesPerSecond> bandwidth;
  Sourced<Seconds> latency;
};

/// The links from one place to another, in order of travel. Empty when they are the same place.
using Route = std::vector<LinkId>;

/// Sites and exchanges joined by links.
class Topology {
public:
  /// Requires: places of every link < `places`; bandwidth and latency positive.
  Topology(std::size_t places, std::vector<LinkSpec> links);

  /// The route of least total latency, by Dijkstra's algorithm; ties go to fewer links, then to
  /// lower link ids. Nothing where there is none.
  std::optional<Route> route(PlaceId from, PlaceId to) const;

private:
  std::size_t places_;
  std::vector<LinkSpec> links_;
};

}  // namespace chokepoint
