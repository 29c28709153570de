#include "tools/commands/options/policy_options.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/called_program.hpp"
#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

using called::Folder;

called::Result check(const std::string& arguments) {
  const Folder folder;
  return called::chokepoint("policy check " + arguments + " --scenario '" + kSmallPolicy + "'",
                            folder);
}

TEST_CASE("policy check: anything but free is a finding", "[policy]") {
  CHECK(check("west_mid --on 2025-04-09").exit_code == 1);
  CHECK(check("west_mid --on 2025-08-08").exit_code == 1);  // A license that was granted.
  CHECK(check("east_npu --on 2025-08-08").exit_code == 0);
  CHECK(check("--all --on 2025-08-08").exit_code == 0);
}

TEST_CASE("policy check: bare attributes are judged like a device", "[policy]") {
  const auto high = check("--tpp 4800 --on 2024-01-01");
  CHECK(high.exit_code == 1);
  CHECK(has(high.out, "license needed, presumed denial (US)"));
  const auto slow = [](const std::string& rest) {
    return check("--memory-bandwidth-gb-s 100 --on 2024-01-01 " + rest).exit_code;
  };
  CHECK(slow("--tpp 4799.9 --die-area-mm2 900") == 0);
  CHECK(slow("--tpp 4800 --no-datacenter") == 0);
  CHECK(slow("--tpp 1600 --die-area-mm2 270") == 1);  // 5.926
  CHECK(slow("--tpp 1600 --die-area-mm2 271") == 0);  // 5.904
  CHECK(check("--tpp 4800 --vendor-hq CN --on 2024-01-01").exit_code == 0);
}

TEST_CASE("policy check: what is not given is named where the verdict turns on it", "[policy]") {
  const auto unknown = check("--tpp 2000 --memory-bandwidth-gb-s 0 --on 2024-01-01");
  CHECK(unknown.exit_code == 1);
  CHECK(has(unknown.out, "cannot be told, turns on what is not given, density (--die-area-mm2)"));
}

TEST_CASE("policy check: attributes beside a name replace its own", "[policy]") {
  const auto desk = check("west_big --no-datacenter --on 2024-01-01");
  CHECK(desk.exit_code == 0);
  CHECK(has(desk.out, "Big One (changed: not for data centers)"));
}

TEST_CASE("policy check: a vendor need not be on record", "[policy]") {
  const auto other = check("--tpp 5000 --vendor amazon --on 2024-01-01");
  CHECK(other.exit_code == 1);
  CHECK(has(other.out, "vendor amazon, headquarters US"));
  CHECK(has(other.out, "no org amazon is on record"));
}

TEST_CASE("policy check: an attribute is passed on to the rules", "[policy]") {
  const auto every = check(
      "--tpp 100 --memory-bandwidth-gb-s 200 --io-bandwidth-gb-s 300 --process-node-nm 7 "
      "--transistors-bn 50 --hbm-density 2.5 --planar --has-hbm --vendor west --sold-in us "
      "--sold-in cn --type hbm3 --on 2024-01-01");
  CHECK(has(every.out, "vendor west, headquarters US"));
  for (const char* part : {"TPP 100", "memory bandwidth 200 GB/s", "I/O bandwidth 300 GB/s",
                           "process node 7 nm", "transistors 50 billion", "density 2.5 GB/s/mm2",
                           "planar transistors", "with HBM", "sold in CN, US", "hbm3"}) {
    INFO(part << " in " << every.out);
    CHECK(has(every.out, part));
  }
}

TEST_CASE("policy check: JSON and CSV name what they are", "[policy]") {
  CHECK(has(check("west_mid --on 2025-08-08 --json").out, "\"chokepoint.policy.check/1\""));
  CHECK(has(check("--all --on 2025-08-08 --json").out, "\"chokepoint.policy.table/1\""));
  CHECK(check("--all --on 2025-08-08 --csv").out.rfind("name,display,", 0) == 0);
}

TEST_CASE("policy check: it needs one thing to judge, and a day", "[policy]") {
  CHECK(check("--on 2025-08-08").exit_code == 2);
  CHECK(check("west_mid --all --on 2025-08-08").exit_code == 2);
  CHECK(check("west_mid").exit_code == 2);
  CHECK(check("west_mod --on 2025-08-08").exit_code == 2);
}

}  // namespace
}  // namespace chokepoint
