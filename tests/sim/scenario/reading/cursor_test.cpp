#include "sim/scenario/reading/cursor.hpp"

#include <catch2/catch.hpp>

#include "sim/scenario/text/places.hpp"
#include "tests/sim/scenario/scenario_folder.hpp"

namespace chokepoint {
namespace {

// Of the text: where the first error that `report` makes at a cursor is placed.
template <class Report>
std::string place_of(const std::string& text, const Report& report) {
  ReadText read = read_scenario_text(text);
  REQUIRE(read.report().empty());
  Composed composed;
  composed.scenario = read.scenario;
  composed.origins = origins_of(read.scenario, std::move(read.places), {"x.textproto", 0, 0});
  Diagnostics found;
  report(Cursor(composed, found));
  REQUIRE(found.items().size() == 1);
  return shown(found.items()[0].where);
}

constexpr const char* kSitesText =
    "name: \"x\"\n"
    "sites {\n"
    "  name: \"guian\"\n"
    "  pue { value: 1.2 }\n"
    "  pools { name: \"a\" }\n"
    "  pools {\n"
    "    name: \"b\"\n"
    "    stocks { units { value: 3 } }\n"
    "  }\n"
    "}\n"
    "training_jobs { pools: \"p\" pools: \"q\" }\n";

TEST_CASE("cursor: an error stands where the field was written", "[scenario][cursor]") {
  const auto at_site = [](const std::string& field) {
    return place_of(kSitesText,
                    [&](const Cursor& root) { root.child("sites", 0).error(field, "m"); });
  };
  CHECK(at_site("name") == "x.textproto:3:3");
  CHECK(at_site("pue") == "x.textproto:4:3");
  CHECK(at_site("pue.value") == "x.textproto:4:9");
  CHECK(at_site("pools[1]") == "x.textproto:6:3");
  CHECK(at_site("pools[1].stocks[0].units.value") == "x.textproto:8:22");
}

TEST_CASE("cursor: what is not written is missed where it should stand", "[scenario][cursor]") {
  CHECK(place_of(kSitesText, [](const Cursor& root) {
          root.child("sites", 0).error("country", "m");
        }) == "x.textproto:2:1");
  CHECK(place_of(kSitesText, [](const Cursor& root) {
          root.child("sites", 0).child("power_cap_mw").error("value", "m");
        }) == "x.textproto:2:1");
  CHECK(place_of(kSitesText, [](const Cursor& root) { root.error("start", "m"); }) ==
        "x.textproto:0:0");
}

TEST_CASE("cursor: elements of a list of texts have places of their own", "[scenario][cursor]") {
  CHECK(place_of(kSitesText, [](const Cursor& root) {
          root.child("training_jobs", 0).error("pools[1]", "m");
        }) == "x.textproto:11:28");
}

TEST_CASE("cursor: paths use names, and indices where there are none", "[scenario][cursor]") {
  const ReadText read = read_scenario_text(kSitesText);
  Composed composed;
  composed.scenario = read.scenario;
  Diagnostics found;
  const Cursor root(composed, found);
  CHECK(root.path().empty());
  const Cursor pool = root.child("sites", 0).child("pools", 1);
  CHECK(pool.path() == "sites[guian].pools[b]");
  CHECK(pool.path_of("node") == "sites[guian].pools[b].node");
  CHECK(pool.child("stocks", 0).path() == "sites[guian].pools[b].stocks[0]");
  CHECK(root.path_of("sites[0].pools[1]") == "sites[guian].pools[b]");
}

TEST_CASE("cursor: without origins an error names the file", "[scenario][cursor]") {
  const Composed composed = composed_from({}, "run.trace");
  Diagnostics found;
  Cursor(composed, found).error("start", "start is missing");
  CHECK(found.items()[0].where == SourceLocation{"run.trace", 0, 0});
}

}  // namespace
}  // namespace chokepoint
