// What the shipped catalogue says of links holds together, for every server.

#include <catch2/catch.hpp>
#include <sstream>
#include <string>

#include "models/world.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "tests/paths.hpp"

namespace chokepoint::validation {
namespace {

/// The catalogue with the servers that the history adds.
World shipped_hardware() {
  const std::string file = source_dir() + "/scenarios/history.textproto";
  Diagnostics found;
  const auto composed = compose(file, {}, false, found);
  auto world = composed ? read_catalog(*composed, found) : std::nullopt;
  std::ostringstream wrong;
  print(wrong, found, file);
  INFO(wrong.str());
  REQUIRE(world);
  return *std::move(world);
}

TEST_CASE("links: every server has links and a domain, each with its source",
          "[validation][hardware]") {
  const World world = shipped_hardware();
  REQUIRE(world.nodes.size() >= 57);
  for (const NodeSpec& node : world.nodes) {
    INFO(node.name);
    REQUIRE(node.links.scaleup);
    CHECK(node.links.scaleup->value > BytesPerSecond{});
    CHECK(node.links.scaleup->input);
    REQUIRE(node.links.domain);
    CHECK(node.links.domain->value >= 1);
    CHECK(node.links.domain->input);
    // Links that join packages join more than one.
    if (node.links.shape) CHECK(node.links.domain->value > 1);
  }
}

TEST_CASE("links: nothing measured is faster than its links", "[validation][hardware]") {
  int measured = 0;
  for (const NodeSpec& node : shipped_hardware().nodes) {
    INFO(node.name);
    if (node.measured_allreduce) {
      CHECK(node.measured_allreduce->value <= node.links.scaleup->value);
      ++measured;
    }
    if (node.measured_internode) {
      REQUIRE(node.links.scaleout);
      CHECK(node.measured_internode->value <=
            static_cast<double>(node.devices_per_node) * node.links.scaleout->value);
    }
  }
  CHECK(measured >= 4);
}

}  // namespace
}  // namespace chokepoint::validation
