#include "tools/commands/options/scenario_edits.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("scenario edits: sets first, then flags that stand for one, each told by its flag",
          "[options]") {
  CHECK(scenario_edits({}, std::nullopt, "", "", {}).empty());
  const auto edits =
      scenario_edits({"seed=3", "a.b=c=d"}, 7, "2025-01-01", "2026-01-01", {"choice", "a[b].c"});
  std::string told;
  for (const Assignment& one : edits) {
    told += one.flag + " " + one.path + " " + one.value + "\n";
  }
  CHECK(told ==
        "--set seed 3\n--set a.b c=d\n--seed seed 7\n--as-of as_of \"2025-01-01\"\n"
        "--until end \"2026-01-01\"\n--saltelli saltelli_inputs [\"choice\", \"a[b].c\"]\n");
}

}  // namespace
}  // namespace chokepoint
