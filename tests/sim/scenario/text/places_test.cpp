#include "sim/scenario/text/places.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/scenario_folder.hpp"

namespace chokepoint {
namespace {

const google::protobuf::FieldDescriptor& orgs() {
  return *pb::Scenario::descriptor()->FindFieldByName("orgs");
}

constexpr const char* kOrgsText =
    "orgs { name: \"a\" }\nseed: 4\norgs {\n  name: \"b\"\n  classes: [\"x\", \"y\"]\n}\n";

TEST_CASE("places: every value and message has its origin by path", "[scenario][places]") {
  ReadText read = read_scenario_text(kOrgsText);
  const Origins found = origins_of(read.scenario, std::move(read.places), {"x", 0, 0});
  std::map<std::string, std::string> origins;
  for (const auto& [path, where] : found.by_path()) {
    origins[path] = std::to_string(where.line) + ":" + std::to_string(where.column);
  }
  CHECK(origins == std::map<std::string, std::string>{{"", "0:0"},
                                                      {"seed", "2:1"},
                                                      {"orgs[a]", "1:1"},
                                                      {"orgs[a].name", "1:8"},
                                                      {"orgs[b]", "3:1"},
                                                      {"orgs[b].name", "4:3"},
                                                      {"orgs[b].classes[0]", "5:13"},
                                                      {"orgs[b].classes[1]", "5:18"}});
}

TEST_CASE("places: forgetting an element moves the others up", "[scenario][places]") {
  ReadText read = read_scenario_text(kOrgsText);
  REQUIRE(find_place(read.places, orgs(), 1)->where.line == 3);
  forget_element(read.places, orgs(), 0);
  CHECK(find_place(read.places, orgs(), 0)->where.line == 3);
  CHECK(find_place(read.places, orgs(), 1) == nullptr);
  forget_element(read.places, orgs(), 5);
  CHECK(find_place(read.places, orgs(), 0) != nullptr);
  forget(read.places, orgs());
  CHECK(find_place(read.places, orgs(), 0) == nullptr);
}

TEST_CASE("places: an element of which nobody said where it was written is where it is asked from",
          "[scenario][places]") {
  ReadText read = read_scenario_text(kOrgsText);
  CHECK(&element_place(read.places, orgs(), 1, {"y", 7, 8}) == find_place(read.places, orgs(), 1));
  CHECK(shown(element_place(read.places, orgs(), 3, {"y", 7, 8}).where) == "y:7:8");
  CHECK(find_place(read.places, orgs(), 1)->where.line == 3);
  CHECK(shown(find_place(read.places, orgs(), 2)->where) == "y:7:8");
  CHECK(find_place(read.places, orgs(), 4) == nullptr);
}

TEST_CASE("places: what is overwritten has one place, the new one", "[scenario][places]") {
  ReadText read = read_scenario_text("reference { device: \"a\" }\n");
  const auto& reference = *pb::Scenario::descriptor()->FindFieldByName("reference");
  const Places& place = overwrite(read.places, reference, {"y", 7, 8});
  CHECK(shown(place.where) == "y:7:8");
  CHECK(place.inside.empty());
  CHECK(read.places.inside.size() == 1);
}

TEST_CASE("places: a list without elements is known by its own path", "[scenario][places]") {
  ReadText read = read_scenario_text("orgs { name: \"a\" classes: [] }\n");
  const auto origins = origins_of(read.scenario, std::move(read.places), {"x", 0, 0});
  CHECK(origins.by_path().at("orgs[a].classes").column == 18);
}

}  // namespace
}  // namespace chokepoint
