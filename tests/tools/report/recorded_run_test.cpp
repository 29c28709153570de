#include "tools/report/recorded_run.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("recorded run: a trace that is not there is named", "[report][run]") {
  CHECK_THROWS_WITH(read_run("/nonexistent/trace.pftrace"),
                    Catch::Contains("/nonexistent/trace.pftrace"));
}

}  // namespace
}  // namespace chokepoint
