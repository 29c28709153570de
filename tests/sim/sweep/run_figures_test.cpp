#include "sim/sweep/replicas.hpp"

#include <catch2/catch.hpp>
#include <limits>

namespace chokepoint {
namespace {

TEST_CASE("run figures: they arrive as they were sent, to the last bit", "[sweep]") {
  using limits = std::numeric_limits<double>;
  Figures figures;
  int year = 2020;
  for (const double value : {limits::max(), limits::denorm_min(), limits::infinity(),
                             -limits::infinity(), -0.5, 1.0 / 3.0, 0.0}) {
    figures[{"delivered", "offshore sites", "USD per H100e-month", year++}] = value;
  }
  figures[{"months_to_move", "", "months", 2025}] = 12.0;
  pb::RunFigures sent, arrived;
  add_yearly(figures, sent);
  REQUIRE(arrived.ParseFromString(sent.SerializeAsString()));
  CHECK(yearly_in(arrived) == figures);
}

TEST_CASE("run figures: nothing arrives as nothing", "[sweep]") {
  CHECK(yearly_in({}).empty());
}

}  // namespace
}  // namespace chokepoint
