#include "tools/graph/operator_costs.hpp"

#include "tests/tools/estimate/training/shipped_training.hpp"
#include "tests/tools/fleet/shipped_cluster.hpp"

namespace chokepoint {
namespace {

const RankPlacement& two_servers() {
  static const RankPlacement placement(shipped_cluster("hgx_h100"), shipped_training());
  return placement;
}

Operator exchange(ExchangeKind kind, double bytes, const std::string& group = "") {
  Operator one;
  one.kind = OperatorKind::Collective;
  one.collective = kind;
  one.bytes = Bytes{bytes};
  one.group = group;
  return one;
}

TEST_CASE("operator costs: computing takes as long as work or bytes at least", "[graph]") {
  const OperatorCosts costs(two_servers(), {}, 16);
  const RankPool& pool = two_servers().pool_of(0);
  Operator one;
  one.kind = OperatorKind::Compute;
  for (const double operations : {0.0, 1e9, 1e12}) {
    for (const double bytes : {0.0, 1e6, 1e9}) {
      one.operations = Flops{operations}, one.bytes = Bytes{bytes};
      const Seconds work = one.operations / pool.products, moved = one.bytes / pool.stream;
      CHECK(costs.time(0, one, false) >= std::max(work, moved));
      CHECK(costs.time(0, one, false) <= work + moved);
    }
  }
  one = {};
  one.kind = OperatorKind::Compute;
  one.recorded = 3_s;
  CHECK(costs.time(0, one, false) == 3_s);
  one.operations = Flops{1e9};
  CHECK(costs.time(0, one, false) < 1_s);
  CHECK(costs.time(0, one, true) == 3_s);
}

TEST_CASE("operator costs: an all-reduce is a reduce-scatter and a gather of its parts",
          "[graph]") {
  const OperatorCosts costs(two_servers(), {{"pair", {0, 1}}, {"far", {0, 8}}}, 16);
  const double bytes = 1e9;
  for (const std::string group : {"", "pair", "far"}) {
    INFO(group);
    const double ranks = group.empty() ? 16 : 2;
    const auto time = [&](ExchangeKind kind, double size) {
      return costs.time(0, exchange(kind, size, group), false).value;
    };
    const double gather = time(ExchangeKind::AllGather, bytes / ranks);
    CHECK(gather == Approx(time(ExchangeKind::ReduceScatter, bytes)));
    CHECK(time(ExchangeKind::AllReduce, bytes) == Approx(2 * gather).epsilon(0.05));
  }
  CHECK(costs.time(0, exchange(ExchangeKind::AllReduce, bytes, "far"), false) >
        costs.time(0, exchange(ExchangeKind::AllReduce, bytes, "pair"), false));
}

TEST_CASE("operator costs: alone there is nothing to exchange", "[graph]") {
  const OperatorCosts costs(two_servers(), {{"one", {3}}}, 16);
  for (const auto kind : {ExchangeKind::AllReduce, ExchangeKind::AllToAll, ExchangeKind::Barrier,
                          ExchangeKind::Gather}) {
    CHECK(costs.time(3, exchange(kind, 1e9, "one"), false) == 0_s);
    CHECK(costs.time(3, exchange(kind, 1e9), false) > 0_s);
  }
}

TEST_CASE("operator costs: a message to another server takes longer", "[graph]") {
  const OperatorCosts costs(two_servers(), {}, 16);
  Operator one;
  one.kind = OperatorKind::Send;
  one.bytes = Bytes{1e9};
  const auto to = [&](int peer) {
    one.peer = peer;
    return costs.time(0, one, false);
  };
  CHECK(to(0) == 0_s);
  CHECK(to(1) > 0_s);
  CHECK(to(8) > to(1));
}

}  // namespace
}  // namespace chokepoint
