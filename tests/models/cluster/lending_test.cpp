#include "models/cluster/lending.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("lending: whole nodes beyond what is needed and what stands by are lent", "[cluster]") {
  CHECK(nodes_to_lend(10.0, 4.0, 0.0) == 6);
  CHECK(nodes_to_lend(10.0, 4.0, 0.25) == 3);
  CHECK(nodes_to_lend(10.0, 0.0, 0.7) == 3);
  CHECK(nodes_to_lend(10.0, 9.0, 0.5) == 0);
  CHECK(nodes_to_lend(2.5, 1.5, 0.0) == 1);
  CHECK(nodes_to_lend(2.5, 1.6, 0.0) == 0);
  CHECK(nodes_to_lend(0.0, 0.0, 1.0) == 0);
}

TEST_CASE("lending: nodes that return serve from their date on, and can be let go before",
          "[cluster]") {
  ReturningNodes returning;
  returning.take_back(3, Seconds{10.0});
  returning.take_back(2, Seconds{20.0});
  CHECK(returning.missing(Seconds{9.0}) == 5);
  CHECK(returning.missing(Seconds{10.0}) == 2);
  CHECK(returning.missing(Seconds{20.0}) == 0);
  CHECK(returning.dates() == std::vector<Seconds>{Seconds{10.0}, Seconds{20.0}});
  returning.let_go(3);
  CHECK(returning.missing(Seconds{0.0}) == 2);
  CHECK(returning.missing(Seconds{10.0}) == 0);
  returning.arrive(Seconds{10.0});
  CHECK(returning.dates().empty());
  returning.let_go(7);
  CHECK(returning.missing(Seconds{0.0}) == 0);
}

}  // namespace
}  // namespace chokepoint
