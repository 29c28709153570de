#include "tools/report/recorded_run.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("recorded run: a folder without a trace is no run and is named", "[report][run]") {
  CHECK_THROWS_WITH(read_run("/nonexistent/run"),
                    "/nonexistent/run holds no run: it has no trace.pftrace");
}

}  // namespace
}  // namespace chokepoint
