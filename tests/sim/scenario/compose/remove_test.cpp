#include "sim/scenario/compose/edits.hpp"

#include <catch2/catch.hpp>

#include "sim/scenario/text/one_line.hpp"
#include "tests/sim/scenario/scenario_folder.hpp"

namespace chokepoint {
namespace {

constexpr const char* kRulesText =
    "rules { name: \"a\" } rules { name: \"b\" } rules { name: \"c\" }\n"
    "supplies { name: \"s\" }\n"
    "sites { name: \"x\" pools { name: \"p\" stocks { name: \"t\" } } pools { name: \"q\" } }\n"
    "sites { name: \"y\" pools { name: \"p\" } }\n";

struct Removed {
  std::string path;  ///< Or the report.
  pb::Scenario scenario;
  Origins origins;
};

Removed removed(const std::string& kind, const std::string& name) {
  ReadText read = read_scenario_text(kRulesText);
  pb::Remove removal;
  removal.set_kind(kind);
  removal.set_name(name);
  Diagnostics found;
  const auto path = remove_element({read.scenario, read.places}, removal,
                                   {{"kind", 0, 0}, {"name", 0, 0}}, found);
  const std::string report = printed(found);
  CHECK(path.has_value() == report.empty());
  return {path ? *path : report.substr(0, report.rfind("x.textproto: ")), read.scenario,
          origins_of(read.scenario, std::move(read.places), {"x.textproto", 0, 0})};
}

TEST_CASE("remove: takes one element and leaves the others in order", "[scenario][remove]") {
  const Removed result = removed("rule", "b");
  CHECK(result.path == "rules[b]");
  REQUIRE(result.scenario.rules_size() == 2);
  CHECK(result.scenario.rules(0).name() == "a");
  CHECK(result.scenario.rules(1).name() == "c");
  CHECK(result.origins.by_path().at("rules[c]").column == 41);
  CHECK(result.origins.by_path().count("rules[b]") == 0);
}

TEST_CASE("remove: kinds in the singular and in the plural", "[scenario][remove]") {
  CHECK(removed("rules", "a").path == "rules[a]");
  CHECK(removed("supply", "s").path == "supplies[s]");
  CHECK(removed("supplies", "s").path == "supplies[s]");
}

TEST_CASE("remove: what is nested goes by the names around it", "[scenario][remove]") {
  const Removed pool = removed("pool", "y/p");
  CHECK(pool.path == "sites[y].pools[p]");
  CHECK(pool.scenario.sites(0).pools_size() == 2);
  CHECK(pool.scenario.sites(1).pools_size() == 0);
  CHECK(removed("stock", "x/p/t").path == "sites[x].pools[p].stocks[t]");
}

TEST_CASE("remove: an unknown kind or name says what was perhaps meant", "[scenario][remove]") {
  CHECK(removed("ruel", "a").path ==
        "kind: error: nothing is of kind 'ruel'\n  help: did you mean 'rule'?\n");
  CHECK(removed("", "a").path.rfind("kind: error: this removal has no kind\n", 0) == 0);
  CHECK(removed("pool", "x/pp").path ==
        "name: error: no pool 'x/pp' to remove\n  help: did you mean 'x/p'?\n");
  CHECK(removed("pool", "p").path ==
        "name: error: no pool 'p' to remove\n  help: known: x/p, x/q, y/p\n");
}

TEST_CASE("remove: removals themselves are no kind", "[scenario][remove]") {
  CHECK(removed("remove", "a").path.rfind("kind: error: nothing is of kind 'remove'\n", 0) == 0);
}

}  // namespace
}  // namespace chokepoint
