#include "sim/scenario/text/place_index.hpp"

#include <catch2/catch.hpp>

#include "sim/scenario/text/path.hpp"
#include "tests/sim/scenario/scenario_folder.hpp"

namespace chokepoint {
namespace {

const google::protobuf::FieldDescriptor& orgs_list() {
  return *pb::Scenario::descriptor()->FindFieldByName("orgs");
}

// Enough of them that places are searched by the index.
std::string orgs_text() {
  std::string text;
  for (int i = 0; i < 20; ++i) {
    text += i % 5 == 0 ? "orgs { }\n" : "orgs { name: \"o" + std::to_string(i) + "\" }\n";
  }
  return text + "orgs { name: \"3\" } orgs { name: \"o7\" }\n";
}

// The law: for every key the index and a look at each element say the same.
void check_every_key(ReadText& read) {
  std::vector<std::string> keys = {"", "none", "-1", "00", "22"};
  for (int i = 0; i < 22; ++i) {
    keys.push_back(std::to_string(i));
    keys.push_back("o" + std::to_string(i));
  }
  for (const auto& key : keys) {
    CAPTURE(key);
    CHECK(find_element({read.scenario, read.places}, orgs_list(), key) ==
          index_of(read.scenario, orgs_list(), key));
  }
}

TEST_CASE("place index: finds what a look at each element finds, whatever happened in between",
          "[scenario][places]") {
  ReadText read = read_scenario_text(orgs_text());
  const Located located{read.scenario, read.places};
  check_every_key(read);
  for (const int gone : {19, 7, 0, 3}) {
    erase_element(located, orgs_list(), gone);
    check_every_key(read);
  }
  read.scenario.add_orgs()->set_name("o1");  // A second one of the name.
  element_place(read.places, orgs_list(), read.scenario.orgs_size() - 1, {"y", 1, 1});
  check_every_key(read);
  read.scenario.mutable_orgs(0)->set_name("o12");
  renamed_element(located, orgs_list(), 0, "o1");
  check_every_key(read);
  CHECK(find_named(located, orgs_list(), "o1") == read.scenario.orgs_size() - 1);
}

TEST_CASE("place index: places stay with their elements", "[scenario][places]") {
  ReadText read = read_scenario_text(orgs_text());
  erase_element({read.scenario, read.places}, orgs_list(), 1);
  erase_element({read.scenario, read.places}, orgs_list(), 4);
  CHECK(find_place(read.places, orgs_list(), 0)->where.line == 1);
  CHECK(find_place(read.places, orgs_list(), 1)->where.line == 3);
  CHECK(find_place(read.places, orgs_list(), 4)->where.line == 7);
  CHECK(find_place(read.places, orgs_list(), 20) == nullptr);
  const auto origins = origins_of(read.scenario, std::move(read.places), {"x", 0, 0});
  CHECK(origins.by_path().at("orgs[o2]").line == 3);
  CHECK(origins.by_path().at("orgs[o19]").line == 20);
  CHECK(origins.by_path().count("orgs[o1]") == 0);
  forget(read.places, orgs_list());
  CHECK(find_place(read.places, orgs_list(), 0) == nullptr);
}

}  // namespace
}  // namespace chokepoint
