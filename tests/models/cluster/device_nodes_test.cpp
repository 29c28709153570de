#include "models/cluster/device_nodes.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>

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

}  // namespace
}  // namespace chokepoint
