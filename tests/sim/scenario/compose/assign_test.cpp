#include "sim/scenario/compose/edits.hpp"

#include <catch2/catch.hpp>

#include "sim/scenario/text/one_line.hpp"
#include "tests/sim/scenario/scenario_folder.hpp"

namespace chokepoint {
namespace {

constexpr const char* kOrdersText =
    "orders {\n"
    "  name: \"h20\"\n"
    "  price_usd {\n"
    "    value: 5 low: 4 high: 6 shape: NORMAL source: \"s\" confidence: REPORTED\n"
    "    alternatives { value: 7 }\n"
    "  }\n"
    "}\n"
    "rules { name: \"r\" verdict: PROHIBITED destinations: \"CN\" }\n"
    "supplies { name: \"l\" output { from: \"2025-01-01\" } output { from: \"2025-02-01\" } }\n";

struct Assigned {
  pb::Scenario scenario;
  Origins origins;
  std::string errors;
};

Assigned assigned(const std::string& path, const std::string& value) {
  ReadText read = read_scenario_text(kOrdersText);
  REQUIRE(read.report().empty());
  Diagnostics found;
  const SourceLocation argument{"--set", 0, 0};
  assign({read.scenario, read.places}, {path, value}, {argument, argument, true}, found);
  const std::string all = printed(found);
  return {read.scenario, origins_of(read.scenario, std::move(read.places), {"x.textproto", 0, 0}),
          all.substr(0, all.rfind("x.textproto: "))};
}

TEST_CASE("assign: a number inside a figure is all that changes", "[scenario][assign]") {
  const Assigned result = assigned("orders[h20].price_usd.value", "9.5");
  CHECK(result.errors.empty());
  CHECK(one_line(result.scenario.orders(0).price_usd()) ==
        "value: 9.5 low: 4 high: 6 shape: NORMAL source: \"s\" confidence: REPORTED "
        "alternatives { value: 7 }");
  CHECK(result.origins.by_path().at("orders[h20].price_usd.value").file == "--set");
  CHECK(result.origins.by_path().at("orders[h20].price_usd.low").file == "x.textproto");
}

TEST_CASE("assign: a figure takes a bare number and loses what was said of the old",
          "[scenario][assign]") {
  const Assigned result = assigned("orders[h20].price_usd", "9.5");
  CHECK(result.errors.empty());
  CHECK(one_line(result.scenario.orders(0).price_usd()) ==
        "value: 9.5 source: \"s\" confidence: REPORTED");
  CHECK(result.origins.by_path().count("orders[h20].price_usd.low") == 0);
}

TEST_CASE("assign: a figure takes a block and is replaced", "[scenario][assign]") {
  CHECK(one_line(assigned("orders[h20].price_usd", "{ value: 1 source: \"t\" }")
                     .scenario.orders(0)
                     .price_usd()) == "value: 1 source: \"t\"");
}

TEST_CASE("assign: texts with and without quotes, enumerators by name", "[scenario][assign]") {
  CHECK(assigned("rules[r].effective", "2025-07-01").scenario.rules(0).effective() == "2025-07-01");
  CHECK(assigned("rules[r].effective", "\"2025-07-01\"").scenario.rules(0).effective() ==
        "2025-07-01");
  CHECK(assigned("rules[r].verdict", "FREE").scenario.rules(0).verdict() == pb::FREE);
  CHECK(assigned("seed", "12").scenario.seed() == 12);
}

TEST_CASE("assign: a list without names is set as a whole", "[scenario][assign]") {
  const auto rule = [](const std::string& value) {
    return one_line(assigned("rules[r].destinations", value).scenario.rules(0));
  };
  CHECK(rule("[\"RU\", \"IR\"]") ==
        "name: \"r\" destinations: \"RU\" destinations: \"IR\" verdict: PROHIBITED");
  CHECK(rule("[]") == "name: \"r\" verdict: PROHIBITED");
  CHECK(assigned("rules[r].destinations", "[\"RU\", \"IR\"]")
            .origins.by_path()
            .count("rules[r].destinations[1]") == 1);
}

TEST_CASE("assign: an element without a name goes by its index", "[scenario][assign]") {
  const Assigned result = assigned("supplies[l].output[1].from", "2025-03-01");
  CHECK(result.scenario.supplies(0).output(1).from() == "2025-03-01");
  CHECK(result.origins.by_path().at("supplies[l].output[1].from").file == "--set");
}

TEST_CASE("assign: a message that was not there is made", "[scenario][assign]") {
  const Assigned result = assigned("reference.device", "nv_h100");
  CHECK(result.errors.empty());
  CHECK(result.scenario.reference().device() == "nv_h100");
  CHECK(result.origins.by_path().at("reference").file == "--set");
}

TEST_CASE("assign: a wrong path says what was perhaps meant", "[scenario][assign]") {
  CHECK(assigned("orders[h20].price_us", "1").errors ==
        "--set: error: order has no field 'price_us' in 'orders[h20].price_us=1'\n"
        "  help: did you mean 'price_usd'?\n");
  CHECK(assigned("orders[h21].price_usd", "1").errors ==
        "--set: error: no order 'h21' in 'orders[h21].price_usd=1'\n"
        "  help: did you mean 'h20'?\n");
  CHECK(assigned("supplies[l].output[2].from", "x")
            .errors.rfind("--set: error: no output '2' in", 0) == 0);
  CHECK(assigned("orders.price_usd", "1").errors ==
        "--set: error: orders is a list in 'orders.price_usd=1'\n"
        "  help: say which order: orders[NAME] of h20\n");
}

TEST_CASE("assign: a path that is not one value is refused", "[scenario][assign]") {
  const auto problem = [](const std::string& path, const std::string& value) {
    const std::string errors = assigned(path, value).errors;
    return errors.substr(0, errors.find(" in '"));
  };
  CHECK(problem("orders[h20", "1") == "--set: error: 'orders[h20' is no path");
  CHECK(problem("orders", "[]") == "--set: error: orders is a list of named elements");
  CHECK(problem("orders[h20]", "{}") == "--set: error: orders[h20] is more than one value");
  CHECK(problem("seed.value", "1") == "--set: error: seed is a whole number and has no fields");
  CHECK(problem("reference[a].device", "d") == "--set: error: reference is no list");
  CHECK(problem("seed[0]", "1") == "--set: error: seed is no list");
  CHECK(problem("rules[r].destinations[0]", "RU") ==
        "--set: error: destinations is set as a whole");
  CHECK(problem("reference", "nv_h100") ==
        "--set: error: reference takes a block in braces, not 'nv_h100'");
}

TEST_CASE("assign: a wrong value is refused and nothing is smuggled in", "[scenario][assign]") {
  const auto problem = [](const std::string& path, const std::string& value) {
    const Assigned result = assigned(path, value);
    CHECK(result.scenario.name().empty());
    return result.errors.substr(0, result.errors.find(" in '"));
  };
  CHECK(problem("seed", "1 name: 'x'") == "--set: error: '1 name: 'x'' is more than one value");
  CHECK(problem("seed", "x") == "--set: error: seed takes a whole number, not 'x'");
  CHECK(problem("seed", "") == "--set: error: seed has no value");
  CHECK(problem("sample_days", "nan") ==
        "--set: error: sample_days is nan, must be a finite number");
  CHECK(problem("rules[r].verdict", "PROHIBITTED").rfind("--set: error: verdict takes one of", 0) ==
        0);
  CHECK(problem("orders[h20].price_usd", "cheap") ==
        "--set: error: value takes a number, not 'cheap'");
  CHECK(problem("question", "\xFF") == "--set: error: the value is not UTF-8");
}

TEST_CASE("assign: the instructions of files cannot be set", "[scenario][assign]") {
  const std::string field = GENERATE(as<std::string>(), "import", "base", "set", "remove");
  CHECK(assigned(field, "[]").errors.find("is not part of the world") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
