#include "sim/engine/trade/order_book.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("order book: what is neither delivered nor refused is outstanding",
          "[engine][order_book]") {
  const World world = small_world();
  MemorySink sink;
  OrderBook book(world, sink);
  book.of(kOrder).ordered = 100.0;
  book.of(kOrder).delivered = 30.0;
  TwoGateRuling ruling;
  ruling.gate = Gate::Exporter;
  book.refuse({kOrder, 20.0, Usd{10e3}, InputId{0}, ruling, false}, 5_s);
  CHECK(book.of(kOrder).unspent == Usd{200e3});
  book.close(9_s);
  REQUIRE(sink.events.size() == 2);
  const auto closed = only<OrderClosed>(sink.events).at(0);
  CHECK(closed.refused == 20.0);
  CHECK(closed.outstanding == 50.0);
  CHECK(closed.time == 9_s);
}

}  // namespace
}  // namespace chokepoint
