#include "tools/commands/policy_options.hpp"

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
  CHECK(check("--tpp 4799.9 --on 2024-01-01").exit_code == 0);
  CHECK(check("--tpp 4800 --no-datacenter --on 2024-01-01").exit_code == 0);
  CHECK(check("--tpp 1600 --die-area-mm2 270 --on 2024-01-01").exit_code == 1);  // 5.926
  CHECK(check("--tpp 1600 --die-area-mm2 271 --on 2024-01-01").exit_code == 0);  // 5.904
  CHECK(check("--tpp 4800 --vendor-hq CN --on 2024-01-01").exit_code == 0);
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
  CHECK(check("west_mid --tpp 5 --on 2025-08-08").exit_code == 2);
  CHECK(check("west_mid").exit_code == 2);
  CHECK(check("west_mod --on 2025-08-08").exit_code == 2);
}

}  // namespace
}  // namespace chokepoint
