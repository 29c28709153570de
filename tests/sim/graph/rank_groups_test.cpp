#include "sim/graph/rank_groups.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

std::string wrong_groups(const std::string& text) {
  Diagnostics found;
  CHECK_FALSE(read_groups(text, "groups.json", found));
  REQUIRE(found.has_errors());
  return found.items().front().message;
}

TEST_CASE("rank groups: names and their ranks", "[graph]") {
  Diagnostics found;
  const auto groups = read_groups(R"({"1": [0, 8], "tp": [3]})", "groups.json", found);
  REQUIRE(groups);
  CHECK(*groups == RankGroups{{"1", {0, 8}}, {"tp", {3}}});
}

TEST_CASE("rank groups: what is wrong is told", "[graph]") {
  CHECK(wrong_groups("[1, 2]") == "is no JSON object of groups");
  CHECK(wrong_groups("") == "is no JSON object of groups");
  CHECK(wrong_groups(R"({"a": []})") == "group 'a' has no ranks");
  CHECK(wrong_groups(R"({"a": 3})") == "group 'a' has no ranks");
  CHECK(wrong_groups(R"({"a": [1.5]})") == "group 'a' has what is no rank");
  CHECK(wrong_groups(R"({"a": [-1]})") == "group 'a' has what is no rank");
  CHECK(wrong_groups(R"({"a": [2, 2]})") == "group 'a' has rank 2 twice");
}

}  // namespace
}  // namespace chokepoint
