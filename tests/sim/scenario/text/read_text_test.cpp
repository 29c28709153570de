#include "sim/scenario/text/read_text.hpp"

#include <google/protobuf/text_format.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/paths.hpp"
#include "tests/sim/scenario/scenario_folder.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

TEST_CASE("read_text: agrees with protobuf's own reader on every shipped file",
          "[scenario][read_text]") {
  int files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(source_dir() + "/scenarios")) {
    if (entry.path().extension() != ".textproto") continue;
    std::ifstream in(entry.path());
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    INFO(entry.path().string());
    pb::Scenario theirs;
    if (!google::protobuf::TextFormat::ParseFromString(text, &theirs)) continue;
    const ReadText ours = read_scenario_text(text);
    INFO(ours.report());
    CHECK_FALSE(ours.found.has_errors());
    CHECK((ours.scenario.SerializeAsString() == theirs.SerializeAsString()));
    ++files;
  }
  CHECK(files > 0);
}

TEST_CASE("read_text: all ways of writing a block and a list", "[scenario][read_text]") {
  const ReadText read = read_scenario_text(
      "orgs: { name: \"a\", classes: [\"x\", \"y\"]; classes: \"z\" }\n"
      "orgs < name: \"b\" >  # A comment.\n"
      "orgs: [{ name: \"c\" }, { name: \"d\" }]\n"
      "links: []\n");
  CHECK(read.report().empty());
  REQUIRE(read.scenario.orgs_size() == 4);
  CHECK(read.scenario.orgs(0).classes_size() == 3);
  CHECK(read.scenario.orgs(3).name() == "d");
}

TEST_CASE("read_text: every error is reported, and what is right is kept",
          "[scenario][read_text]") {
  const ReadText read = read_scenario_text(
      "name: \"x\"\n"
      "devices {\n"
      "  nme: \"a\"\n"
      "  kind: NPUU\n"
      "  tdp_w: 400\n"
      "  die_count { value: 2 }\n"
      "}\n"
      "seed: -1\n"
      "question: \"q\"\n");
  CHECK(read.report() ==
        "x.textproto:3:3: error: device has no field 'nme'\n"
        "      nme: \"a\"\n"
        "      ^\n"
        "  help: did you mean 'name'?\n"
        "x.textproto:4:9: error: kind takes one of NPU, PPU, DSA, GPU, not 'NPUU'\n"
        "      kind: NPUU\n"
        "            ^\n"
        "  help: did you mean 'NPU'?\n"
        "x.textproto:5:10: error: tdp_w takes a block in braces, not '400'\n"
        "      tdp_w: 400\n"
        "             ^\n"
        "  help: write tdp_w { value: ... source: \"...\" confidence: ... }\n"
        "x.textproto:8:7: error: seed is -1, must not be negative\n"
        "    seed: -1\n"
        "          ^\n");
  CHECK(read.scenario.question() == "q");
  CHECK(read.scenario.devices(0).die_count().value() == 2.0);
}

// The errors of a text as "line:column message".
std::vector<std::string> errors(const std::string& text) {
  std::vector<std::string> all;
  const ReadText read = read_scenario_text(text);
  for (const auto& item : read.found.items()) {
    all.push_back(std::to_string(item.where.line) + ":" + std::to_string(item.where.column) + " " +
                  item.message);
  }
  return all;
}

using Errors = std::vector<std::string>;

TEST_CASE("read_text: a field that is written twice names the first", "[scenario][read_text]") {
  const ReadText read = read_scenario_text("seed: 1\nreference { }\nseed: 2\nreference { }\n");
  REQUIRE(read.found.items().size() == 2);
  CHECK(read.found.items()[0].message == "seed is written twice");
  CHECK(read.found.items()[0].help == "it was first in line 1");
  CHECK(read.found.items()[1].message == "reference is written twice");
  CHECK(read.scenario.seed() == 1);
}

TEST_CASE("read_text: brackets that do not match", "[scenario][read_text]") {
  CHECK(errors("orgs {\n  name: \"a\"\n") == Errors{"1:1 'orgs' is never closed"});
  CHECK(errors("seed: 1\n}\nname: \"x\"\n") == Errors{"2:1 '}' closes nothing"});
  CHECK(errors("orgs { classes: [\"a\"\n note: \"b\" }\n") ==
        Errors{"1:17 the list 'classes' is never closed"});
  CHECK(errors("orgs { classes: [\"a\" ; \"b\"]\n note: \"b\" }\n") ==
        Errors{"1:22 the list 'classes' has no ',' here"});
}

TEST_CASE("read_text: what is between fields is reported once a stretch", "[scenario][read_text]") {
  CHECK(errors("= = =\n7 7 8\nname: \"x\"\nsed: { { } }\n") ==
        Errors{"1:1 a field's name was expected, not '='", "4:1 scenario has no field 'sed'"});
  CHECK(errors("seed 4\nname: \"x\"\n") == Errors{"1:6 ':' is missing behind seed"});
  CHECK(errors("seed\nname: \"x\"\n") == Errors{"1:1 ':' is missing behind seed"});
}

TEST_CASE("read_text: at most 64 blocks stand in each other", "[scenario][read_text]") {
  const auto nested = [](int depth) {
    std::string text = "rules { item ";  // Two, and one for every predicate inside.
    for (int i = 2; i < depth; ++i) text += "{ any_of ";
    text += "{ }";
    for (int i = 2; i < depth; ++i) text += " }";
    return text + " }\nname: \"x\"\n";
  };
  CHECK(errors(nested(64)).empty());
  const auto deep = errors(nested(65));
  REQUIRE(deep.size() == 1);
  CHECK(deep[0].find("more than 64 blocks in each other") != std::string::npos);
  const ReadText deepest = read_scenario_text(nested(200'000));
  CHECK(deepest.found.items().size() == 1);
  CHECK(deepest.scenario.name() == "x");
}

TEST_CASE("read_text: no text crashes it or loops", "[scenario][read_text]") {
  const std::string whole =
      "name: \"x\" orgs { name: \"a\" classes: [\"b\", \"c\"] }\n"
      "devices: [{ kind: NPU tdp_w { value: -1.5e3 } }, < note: 'n' >]\nseed: 4\n";
  std::size_t errors_seen = 0;
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    errors_seen += read_scenario_text(whole.substr(0, cut)).found.items().size();
    for (const char other : {'{', '}', '[', ']', '"', ':', '-', '<', '\n', '9'}) {
      std::string changed = whole;
      changed[cut] = other;
      errors_seen += read_scenario_text(changed).found.items().size();
    }
  }
  CHECK(errors_seen > whole.size());
}

TEST_CASE("read_text: counts every value, and stops at one too many with those before",
          "[scenario][read_text]") {
  const std::string text = "name: \"x\" orgs { name: \"a\" classes: [\"p\", \"q\"] } links: []\n";
  for (const std::size_t spare : {5U, 6U}) {
    ReadText read;
    const auto values = read_text(text, "x.textproto", read.scenario, read.places, read.found,
                                  {0, kMostValues - spare});
    CHECK(values == 5);
    CHECK_FALSE(read.found.has_errors());
  }
  ReadText read;
  const auto values =
      read_text(text, "x.textproto", read.scenario, read.places, read.found, {0, kMostValues - 4});
  CHECK(values == 4);
  CHECK(read.report() ==
        "x.textproto:1:43: error: more than 1000000 values in all\n"
        "  help: every figure, text and block counts, in all files together: leave out what the "
        "question does not need\n");
}

TEST_CASE("read_text: a name has at most 200 bytes, other texts as many as they like",
          "[scenario][read_text]") {
  const auto report = [](const std::string& field, std::size_t size) {
    return read_scenario_text("orgs { " + field + ": \"" + std::string(size, 'x') + "\" }")
        .report();
  };
  CHECK(report("name", 200).empty());
  CHECK(report("note", 201).empty());
  CHECK(report("name", 201).find(":1:14: error: name is 201 bytes long, more than 200\n") !=
        std::string::npos);
}

}  // namespace
}  // namespace chokepoint
