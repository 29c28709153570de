#include "sim/logs/whole_log.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/logs/log_file.hpp"

namespace chokepoint {
namespace {

TEST_CASE("whole log: all of it, or why not", "[logs]") {
  const LogFolder folder;
  Diagnostics found;
  const std::string text(200'000, 'x');
  CHECK(whole_log(folder.file("log", text), found) == text);
  CHECK_FALSE(found.has_errors());
  CHECK_FALSE(whole_log(folder.path() / "none", found));
  CHECK(found.items()[0].message == "no such file");
}

}  // namespace
}  // namespace chokepoint
