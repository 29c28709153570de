#include "sim/scenario/compose/edits.hpp"

#include <catch2/catch.hpp>

#include "sim/scenario/text/one_line.hpp"
#include "tests/sim/scenario/scenario_folder.hpp"

namespace chokepoint {
namespace {

struct Merged {
  std::string text;
  std::string errors;
  Origins origins;
};

Merged merged(const std::string& base, const std::string& patch,
              OnKnownName on_known_name = OnKnownName::Patch) {
  ReadText into = read_scenario_text(base);
  ReadText from = read_scenario_text(patch);
  REQUIRE(into.report() + from.report() == "");
  Diagnostics found;
  merge({into.scenario, into.places}, {from.scenario, from.places}, on_known_name, found);
  return {one_line(into.scenario), printed(found),
          origins_of(into.scenario, std::move(into.places), {"x.textproto", 0, 0})};
}

TEST_CASE("merge: elements meet by name, field by field", "[scenario][merge]") {
  const Merged result = merged(
      "sites { name: \"a\" country: \"CN\" pools { name: \"p\" node: \"m\" } }\nsites { name: "
      "\"b\" }",
      "sites { name: \"c\" }\n"
      "sites { name: \"a\" display: \"A\" pools { name: \"q\" } pools { name: \"p\" node: \"n\" } "
      "}");
  CHECK(result.errors.empty());
  CHECK(result.text ==
        "sites { name: \"a\" display: \"A\" country: \"CN\" pools { name: \"p\" node: \"n\" } "
        "pools { name: \"q\" } } sites { name: \"b\" } sites { name: \"c\" }");
  CHECK(result.origins.by_path().at("sites[a].country").column == 19);  // Of the base.
  CHECK(result.origins.by_path().at("sites[a].display").line == 2);     // Of the patch.
  CHECK(result.origins.by_path().at("sites[a].pools[p].node").line == 2);
  CHECK(result.origins.by_path().at("sites[c]").column == 1);
}

TEST_CASE("merge: a file that patches nothing must not meet a name", "[scenario][merge]") {
  const Merged result = merged("orgs { name: \"a\" }\norgs { name: \"b\" }",
                               "\norgs { name: \"b\" note: \"n\" }", OnKnownName::Report);
  CHECK(result.errors ==
        "x.textproto:2:8: error: two orgs are called 'b'\n"
        "  help: the first is in x.textproto:2; to change it, give this file a base\n"
        "x.textproto: 1 error; nothing was run\n");
}

TEST_CASE("merge: an explicit zero wins, an unset field does not", "[scenario][merge]") {
  CHECK(merged("seed: 4 sample_days: 7", "seed: 0").text == "seed: 0 sample_days: 7");
  CHECK(merged("rules { name: \"r\" buyer_anywhere: true reaches_abroad: true }",
               "rules { name: \"r\" buyer_anywhere: false }")
            .text == "rules { name: \"r\" buyer_anywhere: false reaches_abroad: true }");
}

TEST_CASE("merge: a figure is replaced with its source and range", "[scenario][merge]") {
  const std::string base =
      "orders { name: \"o\" price_usd { value: 5 low: 4 high: 6 source: \"s\" confidence: OFFICIAL "
      "} }";
  CHECK(merged(base, "orders { name: \"o\" price_usd { value: 9 source: \"t\" } }").text ==
        "orders { name: \"o\" price_usd { value: 9 source: \"t\" } }");
}

TEST_CASE("merge: a predicate is replaced, never widened", "[scenario][merge]") {
  const std::string base =
      "rules { name: \"r\" item { any_of { tpp_at_least: 4800 } any_of { tpp_at_least: 1600 } } "
      "buyer { orgs: \"a\" classes: \"c\" } }";
  const Merged result = merged(
      base, "rules { name: \"r\" item { any_of { tpp_at_least: 9000 } } buyer { orgs: \"b\" } }");
  CHECK(result.text ==
        "rules { name: \"r\" item { any_of { tpp_at_least: 9000 } } buyer { orgs: \"b\" } }");
  CHECK(result.origins.by_path().count("rules[r].item.any_of[1]") == 0);
}

TEST_CASE("merge: lists without names are replaced whole", "[scenario][merge]") {
  CHECK(merged("rules { name: \"r\" destinations: \"CN\" destinations: \"MO\" }",
               "rules { name: \"r\" destinations: \"RU\" }")
            .text == "rules { name: \"r\" destinations: \"RU\" }");
  CHECK(merged("supplies { name: \"s\" output { from: \"2025-01-01\" } output { } }",
               "supplies { name: \"s\" output { from: \"2026-01-01\" } }")
            .text == "supplies { name: \"s\" output { from: \"2026-01-01\" } }");
  CHECK(
      merged("rules { name: \"r\" destinations: \"CN\" }", "rules { name: \"r\" destinations: [] }")
          .text == "rules { name: \"r\" }");
}

TEST_CASE("merge: an empty list does not take named elements away", "[scenario][merge]") {
  const Merged result = merged("orgs { name: \"a\" }", "orgs: []");
  CHECK(result.text == "orgs { name: \"a\" }");
  CHECK(result.errors.find("an empty list takes nothing away from orgs") != std::string::npos);
  CHECK(merged("", "orgs: []").errors.empty());
}

TEST_CASE("merge: other messages merge field by field", "[scenario][merge]") {
  CHECK(merged("reference { device: \"d\" prompt_tokens: 5 }", "reference { prompt_tokens: 0 }")
            .text == "reference { device: \"d\" prompt_tokens: 0 }");
  CHECK(merged("", "reference { device: \"d\" }").text == "reference { device: \"d\" }");
}

TEST_CASE("merge: an empty text is remembered where it stands", "[scenario][merge]") {
  CHECK(merged("", "name: \"\"").origins.by_path().count("name") == 1);
  CHECK(merged("name: \"x\"", "name: \"\"").text == "name: \"x\"");
}

TEST_CASE("merge: elements without a name never meet", "[scenario][merge]") {
  CHECK(merged("orgs { }", "orgs { }").text == "orgs { } orgs { }");
}

TEST_CASE("check_names_differ: in every list, at every depth", "[scenario][merge]") {
  ReadText read = read_scenario_text(
      "training_jobs { name: \"j\" }\n"
      "sites { name: \"a\" pools { name: \"p\" } pools { name: \"p\" } }\n"
      "sites { name: \"b\" pools { name: \"p\" } }\n"
      "training_jobs { name: \"j\" }\n"
      "orgs { } orgs { }\n");
  Diagnostics found;
  check_names_differ({read.scenario, read.places}, found);
  CHECK(printed(found) ==
        "x.textproto:2:47: error: two pools are called 'p'\n"
        "  help: the first is in x.textproto:2\n"
        "x.textproto:4:17: error: two training jobs are called 'j'\n"
        "  help: the first is in x.textproto:1\n"
        "x.textproto: 2 errors; nothing was run\n");
}

}  // namespace
}  // namespace chokepoint
