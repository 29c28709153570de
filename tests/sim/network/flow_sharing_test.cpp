// Contention on three small fabrics, with max-min fair shares worked out by hand: the link whose
// equal shares are least fixes the rates of its flows; these are taken off every link, and so on.

#include <catch2/catch.hpp>

#include "tests/models/network/small_networks.hpp"
#include "tests/sim/network/played.hpp"

namespace chokepoint {
namespace {

FlowJob flow(std::uint32_t from, std::uint32_t to, double bytes) {
  return {{{Seconds{}, {{from, to, Bytes{bytes}}}}}, false};
}

NetworkLink wire(std::uint32_t a, std::uint32_t b, double bandwidth) {
  return {a, b, BytesPerSecond{bandwidth}, Seconds{1}, LinkKind::Uplink};
}

// One switch, 12 bytes a second on every link. Three flows, 0 -> 2, 1 -> 2 and 1 -> 3, of 60, 60
// and 120 bytes:
//   into 2 and out of 1 there are two flows each: 6 for all three.
//   at 10 the first two have ended; the third has 60 left and the links alone: 12, until 15.
TEST_CASE("flow sharing: two into one and two out of one on a switch", "[network][flows]") {
  const NetworkGraph four(4, 1, {wire(0, 4, 12), wire(1, 4, 12), wire(2, 4, 12), wire(3, 4, 12)});
  const auto ends = ends_of(four, {flow(0, 2, 60), flow(1, 2, 60), flow(1, 3, 120)});
  CHECK(ends[0] == Approx(10));
  CHECK(ends[1] == Approx(10));
  CHECK(ends[2] == Approx(15));
}

// The parking lot: switches 4, 5, 6 in a row, devices 0 and 1 at the first, 2 at the second, 3 at
// the last. Between 4 and 5 pass 10 bytes a second, between 5 and 6 pass 16; devices have 100.
// Flows: 0 -> 3 of 50 bytes, 1 -> 2 of 100, 2 -> 3 of 110.
//   first link: 10 / 2 = 5, second: 16 / 2 = 8. So the first two get 5, the third 16 - 5 = 11.
//   at 10 the first and the third have ended; the second has 50 left: 10 a second, until 15.
TEST_CASE("flow sharing: a long way yields where it is narrow, and leaves the rest",
          "[network][flows]") {
  const NetworkGraph lot(4, 3,
                         {wire(0, 4, 100), wire(1, 4, 100), wire(2, 5, 100), wire(3, 6, 100),
                          wire(4, 5, 10), wire(5, 6, 16)});
  const auto ends = ends_of(lot, {flow(0, 3, 50), flow(1, 2, 100), flow(2, 3, 110)});
  CHECK(ends[0] == Approx(10));
  CHECK(ends[1] == Approx(15));
  CHECK(ends[2] == Approx(10));
}

// Two leaves of four devices with one spine: cards of 12, uplinks of 24. Devices 0 to 3 at leaf 8,
// 4 to 7 at leaf 9. Flows of 120 bytes: 0 -> 4, 1 -> 5, 2 -> 6, 3 -> 7 over the uplink, and 0 -> 1.
//   uplink: 24 / 4 = 6; card of 0: 12 / 2 = 6. All five get 6 and end at 20.
// With two flows of 0 to 1 the card of 0 gives 4 to each of three; the uplink leaves (24 - 4) / 3 =
// 6 2/3 to each of the others, which end at 18. Then 0 -> 4 stays at 4 until all three end at 30.
TEST_CASE("flow sharing: a card and an uplink of a narrow tree", "[network][flows]") {
  std::vector<NetworkLink> links;
  for (std::uint32_t i = 0; i < 8; ++i) links.push_back(wire(i, 8 + i / 4, 12));
  links.push_back(wire(8, 10, 24));
  links.push_back(wire(9, 10, 24));
  const NetworkGraph tree(8, 3, links);
  std::vector<FlowJob> jobs = {flow(0, 4, 120), flow(1, 5, 120), flow(2, 6, 120), flow(3, 7, 120),
                               flow(0, 1, 120)};
  for (const double end : ends_of(tree, jobs)) CHECK(end == Approx(20));
  jobs.push_back(flow(0, 1, 120));
  const auto ends = ends_of(tree, jobs);
  CHECK(ends[0] == Approx(30));
  for (const std::size_t other : {1U, 2U, 3U}) CHECK(ends[other] == Approx(18));
  CHECK(ends[4] == Approx(30));
  CHECK(ends[5] == Approx(30));
}

TEST_CASE("flow sharing: two jobs that saturate a link take twice as long, others do not",
          "[network][flows]") {
  const ClusterNetwork network(two_sites(64));
  const NetworkGraph& all = network.graph();
  const auto over_line = [&](std::uint32_t first) {
    return FlowJob{flows_over(network, some_devices(8, first, 8), CollectiveKind::AllToAll, 80_GB),
                   false};
  };
  const double alone = end_of(all, {over_line(0)});
  for (const double end : ends_of(all, {over_line(0), over_line(1)})) {
    CHECK(end == Approx(2 * alone).epsilon(0.01));
  }
  const auto at_home = [&](std::uint32_t first) {
    return FlowJob{flows_over(network, some_devices(4, first, 8), CollectiveKind::AllToAll, 80_GB),
                   false};
  };
  const double in_one = end_of(all, {at_home(0)});
  for (const double end : ends_of(all, {at_home(0), at_home(1)})) CHECK(end == Approx(in_one));
}

TEST_CASE("flow sharing: company never helps, and a faster link never slows one that is alone",
          "[network][flows]") {
  CHECK(rc::check([] {
    const auto number = *rc::gen::inRange<std::size_t>(0, std::size(kNetworkKinds));
    ClusterNetworkSpec spec = kNetworkKinds[number].spec(32);
    const auto kind = *rc::gen::elementOf(
        std::vector<CollectiveKind>(std::begin(kCollectiveKinds), std::end(kCollectiveKinds)));
    const Bytes bytes{std::pow(10.0, any::between(5, 10))};
    const auto job = [&](const ClusterNetwork& network, std::uint32_t first, std::uint32_t stride,
                         bool repeats) {
      return FlowJob{flows_over(network, some_devices(4, first, stride), kind, bytes), repeats};
    };
    const ClusterNetwork network(spec);
    const double alone = end_of(network.graph(), {job(network, 0, 8, false)});
    const double beside =
        end_of(network.graph(), {job(network, 0, 8, false), job(network, 2, 1, true)});
    RC_ASSERT(beside >= alone * (1 - 1e-9));
    spec.groups[0].scaleup = spec.groups[0].scaleup * any::between(1, 3);
    spec.groups[0].scaleout = spec.groups[0].scaleout * any::between(1, 3);
    const ClusterNetwork faster(spec);
    RC_ASSERT(end_of(faster.graph(), {job(faster, 0, 8, false)}) <= alone * (1 + 1e-9));
  }));
}

}  // namespace
}  // namespace chokepoint
