#include "tools/network/network_designs.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/paths.hpp"

namespace chokepoint {
namespace {

constexpr const char* kColumns =
    "name,shape,leaf_ports,oversubscription,spread,scaleup_hop_us,card_hop_us,switch_hop_us,"
    "scaleup_attained,scaleout_attained,source,confidence,note\n";

TEST_CASE("network designs: those that ship are sound and have sources", "[network]") {
  Diagnostics found;
  const auto designs = load_network_designs(source_dir(), found);
  CHECK_FALSE(found.has_errors());
  REQUIRE(designs.size() >= 5);
  CHECK(designs.front().name == "rail_optimised");
  CHECK(designs.front().scaleout.card_hop.value == Approx(14e-6));
  for (const NetworkDesign& design : designs) {
    INFO(design.name);
    CHECK_FALSE(design.source.empty());
    CHECK(network_complaint(
              {{{8, 8, 8, ScaleupShape::Switched, 1_GBps, 1_GBps, 0}}, design.scaleout, {}})
              .empty());
  }
}

TEST_CASE("network designs: every mistake is told with its line", "[network]") {
  Diagnostics found;
  read_network_designs(std::string(kColumns) +
                           "a,rails,32,1,destination,3,14,0.5,0.8,0.8,s,official,n\n"
                           "a,ring,0,0.5,both,3,x,0,2,0.8,s,official,n\n",
                       "networks.csv", found);
  std::vector<std::string> messages;
  for (const Diagnostic& item : found.items()) {
    CHECK(item.where.line == 3);
    messages.push_back(item.message);
  }
  CHECK(messages == std::vector<std::string>{
                        "shape is 'ring'", "spread is 'both'", "leaf_ports is '0'",
                        "oversubscription is '0.5'", "card_hop_us is 'x'", "switch_hop_us is '0'",
                        "scaleup_attained is '2'", "a second network is called 'a'"});
}

TEST_CASE("network designs: an empty table is none", "[network]") {
  Diagnostics found;
  CHECK(read_network_designs(kColumns, "networks.csv", found).empty());
  CHECK(found.errors() == 1);
}

}  // namespace
}  // namespace chokepoint
