#include "tools/commands/options/policy_options.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/called_program.hpp"
#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

using called::Folder;

// The way as the program understood it.
std::string checked(const std::string& arguments) {
  const Folder folder;
  return called::chokepoint(
             "policy check west_mid --on 2025-10-01 --scenario '" + kSmallPolicy + "' " + arguments,
             folder)
      .out;
}

TEST_CASE("policy options: countries and orgs may be in either case", "[policy]") {
  CHECK(has(checked("--to sg --from tw"), "west_mid from TW to SG on 2025-10-01"));
  CHECK(has(checked("--buyer 'the laboratory'"), "lab (The Laboratory)"));
}

TEST_CASE("policy options: a buyer without a name has a seat and classes", "[policy]") {
  CHECK(has(checked("--to SG --buyer-hq CN"), "unnamed, headquarters CN"));
  CHECK(has(checked("--buyer-class big_tech"), "discouraged (CN)"));
}

TEST_CASE("policy options: category, stage and packaging are part of the question", "[policy]") {
  CHECK(has(checked("--category remote-access"), "judged as    remote access"));
  CHECK(has(checked("--stage installed"), "stage        installed"));
  const std::string packaged = checked("--packager west --packaged-in TW");
  CHECK(has(packaged, "packager     west (Western Chips), headquarters US"));
  CHECK(has(packaged, "packaged     TW"));
}

}  // namespace
}  // namespace chokepoint
