#include "sim/scenario/compose/compose.hpp"

#include <catch2/catch.hpp>
#include <chrono>

#include "sim/scenario/text/one_line.hpp"
#include "tests/sim/scenario/scenario_folder.hpp"

namespace chokepoint {
namespace {

TEST_CASE("assignment: splits at the first equals sign", "[scenario][compose]") {
  const auto assignment = parse_assignment("a.b=c=d");
  REQUIRE(assignment);
  CHECK(assignment->path == "a.b");
  CHECK(assignment->value == "c=d");
  CHECK(parse_assignment("a=")->value.empty());
  CHECK_FALSE(parse_assignment("a"));
  CHECK_FALSE(parse_assignment("=a"));
  CHECK_FALSE(parse_assignment(""));
}

TEST_CASE("compose: base, imports, remove, lists, set, --set, in this order",
          "[scenario][compose]") {
  const ScenarioFolder folder(Files{
      {"base.textproto",
       "name: \"base\" seed: 1 orgs { name: \"a\" note: \"base\" } orgs { name: \"b\" }\n"},
      {"more.textproto", "sample_days: 7 orgs { name: \"c\" note: \"import\" }\n"},
      {"patch.textproto",
       "name: \"patch\"\n"
       "base: \"base.textproto\"\n"
       "import: \"more.textproto\"\n"
       "orgs { name: \"c\" note: \"patch\" display: \"patch\" headquarters: \"patch\" }\n"
       "orgs { name: \"a\" display: \"new\" }\n"
       "set { path: \"orgs[c].display\" value: \"set\" }\n"
       "set { path: \"orgs[c].headquarters\" value: \"set\" }\n"
       "remove { kind: \"org\" name: \"a\" }\n"},
  });
  const Composed composed =
      composed_file("patch.textproto", {{"orgs[c].headquarters", "--set"}, {"seed", "2"}});
  CHECK(one_line(composed.scenario) ==
        "name: \"patch\" seed: 2 sample_days: 7 orgs { name: \"b\" } "
        "orgs { name: \"c\" display: \"set\" headquarters: \"--set\" note: \"patch\" } "
        "orgs { name: \"a\" display: \"new\" }");
  CHECK(composed.base == "base");
  CHECK(shown(composed.origins.by_path().at("sample_days")) == "more.textproto:1:1");
  CHECK(shown(composed.origins.by_path().at("orgs[c].note")) == "patch.textproto:4:18");
  CHECK(shown(composed.origins.by_path().at("orgs[c].display")) == "patch.textproto:6:31");
  CHECK(shown(composed.origins.by_path().at("orgs[c].headquarters")) == "--set:0:0");
}

TEST_CASE("compose: changes are against the direct base", "[scenario][compose]") {
  const ScenarioFolder folder(Files{
      {"first.textproto", "name: \"first\" seed: 1 orgs { name: \"a\" }\n"},
      {"second.textproto",
       "name: \"second\" base: \"first.textproto\" seed: 2 orgs { name: \"b\" }\n"},
      {"third.textproto",
       "name: \"third\" base: \"second.textproto\"\n"
       "remove { kind: \"org\" name: \"a\" }\n"},
  });
  const Composed composed = composed_file("third.textproto", {{"seed", "3"}});
  CHECK(composed.base == "second");
  REQUIRE(composed.changes.size() == 2);
  CHECK(composed.changes[0].path == "seed");
  CHECK(composed.changes[0].before == "2");
  CHECK(composed.changes[0].after == "3");
  CHECK(shown(composed.changes[0].where) == "--set:0:0");
  CHECK(composed.changes[1].path == "orgs[a]");
  CHECK(composed.changes[1].kind == Change::Kind::Removed);
  CHECK(shown(composed.changes[1].where) == "third.textproto:2:1");
}

TEST_CASE("compose: without a base only --set changes anything", "[scenario][compose]") {
  const ScenarioFolder folder("a.textproto", "name: \"a\" seed: 1\n");
  CHECK(composed_file("a.textproto").changes.empty());
  const Composed composed = composed_file("a.textproto", {{"seed", "2"}});
  CHECK(composed.base.empty());
  REQUIRE(composed.changes.size() == 1);
  CHECK(composed.changes[0].before == "1");
}

TEST_CASE("compose: each file is read once", "[scenario][compose]") {
  const ScenarioFolder folder(Files{
      {"catalog/orgs.textproto", "orgs { name: \"a\" }\n"},
      {"left.textproto", "import: \"catalog/orgs.textproto\" links { name: \"l\" }\n"},
      {"deep/right.textproto", "import: \"../catalog/orgs.textproto\" links { name: \"r\" }\n"},
      {"top.textproto", "import: \"left.textproto\" import: \"deep/right.textproto\"\n"},
  });
  const Composed composed = composed_file("top.textproto");
  CHECK(composed.scenario.orgs_size() == 1);
  CHECK(composed.scenario.links_size() == 2);
  CHECK(shown(composed.origins.by_path().at("orgs[a].name")) == "catalog/orgs.textproto:1:8");
}

TEST_CASE("compose: instructions are not part of what is composed", "[scenario][compose]") {
  const ScenarioFolder folder(Files{
      {"a.textproto", "name: \"a\" orgs { name: \"o\" }\n"},
      {"b.textproto",
       "base: \"a.textproto\" remove { kind: \"org\" name: \"o\" } set { path: \"seed\" value: "
       "\"1\" }\n"},
  });
  CHECK(one_line(composed_file("b.textproto").scenario) == "name: \"a\" seed: 1");
}

TEST_CASE("compose: an import that defines a name again is an error", "[scenario][compose]") {
  const ScenarioFolder folder(Files{
      {"a.textproto", "orgs { name: \"o\" }\n"},
      {"b.textproto", "import: \"a.textproto\"\norgs { name: \"o\" }\n"},
  });
  CHECK(compose_report("b.textproto") ==
        "b.textproto:2:8: error: two orgs are called 'o'\n"
        "    orgs { name: \"o\" }\n"
        "           ^\n"
        "  help: the first is in a.textproto:1; to change it, give this file a base\n"
        "b.textproto: 1 error; nothing was run\n");
}

TEST_CASE("compose: a cycle is reported at the line that closes it", "[scenario][compose]") {
  const ScenarioFolder folder(Files{
      {"a.textproto", "import: \"b.textproto\"\n"},
      {"b.textproto", "\nbase: \"./a.textproto\"\n"},
      {"self.textproto", "base: \"self.textproto\"\n"},
  });
  CHECK(compose_report("a.textproto") ==
        "b.textproto:2:1: error: 'a.textproto' needs itself: a.textproto -> b.textproto -> "
        "a.textproto\n"
        "    base: \"./a.textproto\"\n"
        "    ^\n"
        "  help: take one of these imports or bases away\n"
        "a.textproto: 1 error; nothing was run\n");
  CHECK(compose_report("self.textproto").find("self.textproto -> self.textproto") !=
        std::string::npos);
}

TEST_CASE("compose: a file that is not there is missed where it is asked for",
          "[scenario][compose]") {
  const ScenarioFolder folder("a.textproto", "import: \"sub/b.textproto\"\nimport: \"\"\n");
  CHECK(compose_report("a.textproto") ==
        "a.textproto:1:1: error: 'sub/b.textproto': no such file\n"
        "    import: \"sub/b.textproto\"\n"
        "    ^\n"
        "  help: the path is relative to the file that names it\n"
        "a.textproto:2:1: error: import is empty\n"
        "    import: \"\"\n"
        "    ^\n"
        "  help: name a file\n"
        "a.textproto: 2 errors; nothing was run\n");
  CHECK(compose_report("none.textproto") ==
        "none.textproto: error: no such file\nnone.textproto: 1 error; nothing was run\n");
}

TEST_CASE("compose: all errors of all files, and none that only follow", "[scenario][compose]") {
  const ScenarioFolder folder(Files{
      {"base.textproto", "orgs { nam: \"a\" }\n"},
      {"patch.textproto",
       "base: \"base.textproto\"\nsed: 1\nremove { kind: \"org\" name: \"a\" }\n"
       "set { path: \"orgs[a].note\" value: \"n\" }\n"},
  });
  const std::string report = compose_report("patch.textproto", {{"orgs[a].note", "x"}}, true);
  CHECK(report.find("base.textproto:1:8: error: org has no field 'nam'") != std::string::npos);
  CHECK(report.find("patch.textproto:2:1: error: scenario has no field 'sed'") !=
        std::string::npos);
  CHECK(report.find("patch.textproto: 2 errors; nothing was run") != std::string::npos);
}

TEST_CASE("compose: a wrong removal, set and --set stand together", "[scenario][compose]") {
  const ScenarioFolder folder("a.textproto",
                              "orgs { name: \"a\" }\n"
                              "remove { kind: \"org\" name: \"b\" }\n"
                              "set {\n  path: \"sed\"\n  value: \"1\"\n}\n"
                              "set { path: \"seed\" value: \"x\" }\n");
  const std::string report = compose_report("a.textproto", {{"seed", "y"}});
  CHECK(report.find("a.textproto:2:22: error: no org 'b' to remove") != std::string::npos);
  CHECK(report.find("a.textproto:4:3: error: scenario has no field 'sed'") != std::string::npos);
  CHECK(report.find("a.textproto:7:20: error: seed takes a whole number, not 'x'") !=
        std::string::npos);
  CHECK(report.find("--set: error: seed takes a whole number, not 'y' in 'seed=y'") !=
        std::string::npos);
}

TEST_CASE("compose: what a run needs is asked for when it is to run", "[scenario][compose]") {
  const ScenarioFolder folder(Files{
      {"a.textproto", "seed: 1\n"},
      {"b.textproto", "name: \"b\" question: \"q\" start: \"2025-01-01\" end: \"2026-01-01\"\n"},
      {"patch.textproto", "base: \"b.textproto\" question: \"p\"\n"},
  });
  CHECK(compose_report("a.textproto", {}, false).empty());
  const std::string report = compose_report("a.textproto", {}, true);
  for (const auto* field : {"name", "question", "start", "end"}) {
    CHECK(report.find(std::string("a.textproto: error: ") + field + " is missing") !=
          std::string::npos);
  }
  CHECK(compose_report("b.textproto", {}, true).empty());
  SECTION("a patch inherits the period, not the name") {
    CHECK(compose_report("patch.textproto", {}, true) ==
          "patch.textproto: error: name is missing\n"
          "  help: a patch has a name of its own\n"
          "patch.textproto: 1 error; nothing was run\n");
  }
}

TEST_CASE("compose: a scenario from elsewhere is taken as it is", "[scenario][compose]") {
  pb::Scenario scenario;
  scenario.set_name("n");
  const Composed composed = composed_from(scenario, "run.pftrace");
  CHECK(composed.scenario.name() == "n");
  CHECK(composed.changes.empty());
  CHECK(composed.origins.by_path().at("").file == "run.pftrace");
}

TEST_CASE("compose: twelve thousand lines take a fraction of a second", "[scenario][compose]") {
  std::string text;
  for (int i = 0; i < 2000; ++i) {
    text += "devices {\n  name: \"d" + std::to_string(i) + "\"\n  vendor: \"v\"\n  kind: GPU\n" +
            "  tdp_w { value: 400 source: \"s\" confidence: OFFICIAL }\n}\n";
  }
  const ScenarioFolder folder("big.textproto", text);
  const auto began = std::chrono::steady_clock::now();
  CHECK(composed_file("big.textproto").origins.by_path().size() == 2000 * 8 + 1);
  // 0.03 s in a release build; the bound leaves room for a build that checks everything.
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(5));
}

// Together 25 s, and 16 times that for 20,000, when a list was searched or listed for each change.
TEST_CASE("compose: as many changes as a list has elements take no longer than reading them",
          "[scenario][compose]") {
  constexpr int kElements = 5'000;
  std::string base = "name: \"x\"\n", patch = "base: \"base.textproto\"\n", removals = patch,
              sets = patch, renamings = patch;
  for (int i = 0; i < kElements; ++i) {
    const std::string name = "o" + std::to_string(i);
    base += "orgs { name: \"" + name + "\" headquarters: \"CN\" }\n";
    patch += "orgs { name: \"" + name + "\" headquarters: \"US\" }\n";
    removals += "remove { kind: \"org\" name: \"" + name + "\" }\n";
    sets += "set { path: \"orgs[" + name + "].headquarters\" value: \"US\" }\n";
    renamings += "set { path: \"orgs[" + name + "].name\" value: \"p" + name + "\" }\n";
  }
  const ScenarioFolder folder(Files{{"base.textproto", base},
                                    {"patch.textproto", patch},
                                    {"removals.textproto", removals},
                                    {"sets.textproto", sets},
                                    {"renamings.textproto", renamings}});
  const auto began = std::chrono::steady_clock::now();
  CHECK(composed_file("patch.textproto").changes.size() == kElements);
  CHECK(composed_file("removals.textproto").scenario.orgs_size() == 0);
  CHECK(composed_file("sets.textproto").changes.size() == kElements);
  CHECK(composed_file("renamings.textproto").scenario.orgs(kElements - 1).name() == "po4999");
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(15));
}

TEST_CASE("compose: many imports into one list take no longer than one of all",
          "[scenario][compose]") {
  constexpr int kImports = 5'000;
  Files files;
  std::string& all = files["all.textproto"];
  for (int i = 0; i < kImports; ++i) {
    const std::string name = "f" + std::to_string(i);
    all += "import: \"" + name + "\"\n";
    files[name] = "orgs { name: \"" + name + "\" }\n";
  }
  const ScenarioFolder folder(files);
  CHECK(composed_file("all.textproto").scenario.orgs_size() == kImports);
}

TEST_CASE("compose: an element that was renamed goes by its new name", "[scenario][compose]") {
  const ScenarioFolder folder(
      "x.textproto",
      "orgs { name: \"a\" } orgs { name: \"b\" }\n"
      "set { path: \"orgs[a].name\" value: \"c\" } set { path: \"orgs[c].note\" value: \"n\" }\n");
  const Composed composed = composed_file("x.textproto", {{"orgs[c].display", "d"}});
  CHECK(one_line(composed.scenario) ==
        "orgs { name: \"c\" display: \"d\" note: \"n\" } orgs { name: \"b\" }");
  CHECK(compose_report("x.textproto", {{"orgs[a].note", "n"}}).find("no org 'a'") !=
        std::string::npos);
}

// What a `set` wrote in one piece has no places of its own.
TEST_CASE("compose: what a set wrote as a block is patched like what stands in a file",
          "[scenario][compose]") {
  const std::string block = R"({ routes { name: \"a\" country: \"SG\" } })";
  const ScenarioFolder folder(
      Files{{"base.textproto",
             "market { } set { path: \"market.diversion\" value: \"" + block + "\" }\n"},
            {"patch.textproto",
             "base: \"base.textproto\"\n"
             "market { diversion { routes { name: \"b\" } routes { name: \"a\" country: \"MY\" } } "
             "}\n"}});
  const Composed composed = composed_file("patch.textproto");
  CHECK(one_line(composed.scenario.market()) ==
        "diversion { routes { name: \"a\" country: \"MY\" } routes { name: \"b\" } }");
  CHECK(composed.origins.by_path().at("market.diversion.routes[b]").line == 2);
}

}  // namespace
}  // namespace chokepoint
