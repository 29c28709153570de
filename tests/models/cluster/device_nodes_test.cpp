#include "models/cluster/device_nodes.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <map>
#include <set>

namespace chokepoint {
namespace {

TEST_CASE("law: no device is given twice, and none is lost", "[cluster][law]") {
  CHECK(rc::check([] {
    const int count = *rc::gen::inRange(1, 12), per_node = *rc::gen::inRange(1, 9);
    DeviceNodes nodes(count, per_node);
    std::vector<std::vector<NodeShare>> held;
    for (int step = 0; step < 60; ++step) {
      const bool takes = nodes.free() > 0 && (held.empty() || *rc::gen::inRange(0, 2) == 0);
      if (takes) {
        const int devices = *rc::gen::inRange(1, nodes.free() + 1);
        held.push_back(nodes.take(devices));
        int taken = 0;
        for (const NodeShare& share : held.back()) taken += share.devices;
        RC_ASSERT(taken == devices);
      } else if (!held.empty()) {
        nodes.give(held.back());
        held.pop_back();
      }
      std::map<int, int> used;
      int all = 0;
      for (const auto& gang : held) {
        for (const NodeShare& share : gang) {
          used[share.node] += share.devices;
          all += share.devices;
          RC_ASSERT(share.node >= 0 && share.node < count && share.devices > 0);
        }
      }
      for (const auto& [node, devices] : used) RC_ASSERT(devices <= per_node);
      RC_ASSERT(nodes.free() == count * per_node - all);
      RC_ASSERT(nodes.stranded() >= 0 && nodes.stranded() <= nodes.free());
    }
  }));
}

TEST_CASE("device nodes: gangs take whole nodes, and parts go where they leave least",
          "[cluster]") {
  DeviceNodes nodes(4, 8);
  CHECK(nodes.take(16) == std::vector<NodeShare>{{0, 8}, {1, 8}});
  CHECK(nodes.take(3) == std::vector<NodeShare>{{2, 3}});
  CHECK(nodes.take(6) == std::vector<NodeShare>{{3, 6}});
  CHECK(nodes.take(2) == std::vector<NodeShare>{{3, 2}});
  CHECK(nodes.stranded() == 5);
  nodes.give({{0, 8}});
  CHECK(nodes.take(10) == std::vector<NodeShare>{{0, 8}, {2, 2}});
}

TEST_CASE("law: by domain a gang stands in the fewest that hold it, and leaves least of the last",
          "[cluster][law]") {
  CHECK(rc::check([] {
    const int count = *rc::gen::inRange(1, 13), per_node = *rc::gen::inRange(1, 5);
    const int per_domain = *rc::gen::inRange(1, 5);
    DeviceNodes nodes(count, per_node, NodePlacement::Domain, per_domain);
    std::vector<int> free(static_cast<std::size_t>(count), per_node);  // The reference's own.
    std::vector<std::vector<NodeShare>> held;
    for (int step = 0; step < 40; ++step) {
      if (nodes.free() > 0 && (held.empty() || *rc::gen::inRange(0, 3) > 0)) {
        const int devices = *rc::gen::inRange(1, nodes.free() + 1);
        std::vector<int> of_domain(static_cast<std::size_t>((count + per_domain - 1) / per_domain));
        int most_of_node = 0;
        for (int node = 0; node < count; ++node) {
          const int here = free[static_cast<std::size_t>(node)];
          of_domain[static_cast<std::size_t>(node / per_domain)] += here;
          most_of_node = std::max(most_of_node, here);
        }
        auto sorted = of_domain;
        std::ranges::sort(sorted, std::greater<>());
        int fewest = 0, sum = 0;
        while (sum < devices) sum += sorted[static_cast<std::size_t>(fewest++)];
        int least_left = count * per_node;
        for (const int one : of_domain) {
          if (one >= devices) least_left = std::min(least_left, one - devices);
        }
        held.push_back(nodes.take(devices));
        std::map<int, int> used;
        std::set<int> of_nodes;
        for (const NodeShare& share : held.back()) {
          used[share.node / per_domain] += share.devices;
          of_nodes.insert(share.node);
          free[static_cast<std::size_t>(share.node)] -= share.devices;
        }
        RC_ASSERT(static_cast<int>(used.size()) == fewest);
        if (devices <= most_of_node) RC_ASSERT(of_nodes.size() == 1);
        if (fewest == 1 && devices > most_of_node) {
          const auto [domain, taken] = *used.begin();
          RC_ASSERT(of_domain[static_cast<std::size_t>(domain)] - taken == least_left);
        }
      } else if (!held.empty()) {
        for (const NodeShare& share : held.back()) {
          free[static_cast<std::size_t>(share.node)] += share.devices;
        }
        nodes.give(held.back());
        held.pop_back();
      }
    }
  }));
}

TEST_CASE("device nodes: spread takes the emptiest nodes, and domains are filled one by one",
          "[cluster]") {
  DeviceNodes spread(3, 8, NodePlacement::Spread);
  CHECK(spread.take(3) == std::vector<NodeShare>{{0, 3}});
  CHECK(spread.take(3) == std::vector<NodeShare>{{1, 3}});
  CHECK(spread.take(10) == std::vector<NodeShare>{{2, 8}, {0, 2}});
  DeviceNodes domain(4, 8, NodePlacement::Domain, 2);
  CHECK(domain.take(8) == std::vector<NodeShare>{{0, 8}});
  CHECK(domain.take(16) == std::vector<NodeShare>{{2, 8}, {3, 8}});
  CHECK(domain.take(3) == std::vector<NodeShare>{{1, 3}});
  for (const NodePlacement one :
       {NodePlacement::Packed, NodePlacement::Spread, NodePlacement::Domain}) {
    CHECK(node_placement_named(name(one)) == one);
  }
  CHECK_FALSE(node_placement_named("tight"));
}

}  // namespace
}  // namespace chokepoint
