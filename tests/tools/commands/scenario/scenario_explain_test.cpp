#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

using called::Folder;

void write_for_explain(const Folder& folder, const std::string& name, const std::string& text) {
  std::ofstream(folder.path() / name) << text;
}

TEST_CASE("scenario explain: columns line up under their element", "[scenario]") {
  const Folder folder;
  write_for_explain(
      folder, "a.textproto",
      "seed: 4\n"
      "orders { name: \"o\" price_usd { value: 5 source: \"s\" confidence: MEMORY } }\n"
      "orders { name: \"p\" transit_days: 7 }\n");
  CHECK(called::chokepoint("scenario explain a.textproto", folder).out ==
        "seed            4               a.textproto:1\n"
        "orders[o]\n"
        "  name          \"o\"             a.textproto:2\n"
        "  price_usd     5    MEMORY  s  a.textproto:2\n"
        "orders[p]\n"
        "  name          \"p\"             a.textproto:3\n"
        "  transit_days  7               a.textproto:3\n");
  CHECK(called::chokepoint("scenario explain a.textproto --only 'orders[p]' --set seed=5", folder)
            .out ==
        "orders[p]\n"
        "  name          \"p\"  a.textproto:3\n"
        "  transit_days  7    a.textproto:3\n");
  CHECK(called::chokepoint("scenario explain a.textproto --uncertain", folder).out ==
        "orders[o]\n"
        "  price_usd  5  MEMORY  s  a.textproto:2\n");
}

TEST_CASE("scenario explain: what differs from the base", "[scenario]") {
  const Folder folder;
  write_for_explain(folder, "a.textproto", "name: \"a\" seed: 4 orgs { name: \"o\" }\n");
  write_for_explain(folder, "b.textproto",
                    "base: \"a.textproto\"\n"
                    "remove { kind: \"org\" name: \"o\" }\n"
                    "links { name: \"l\" }\n");
  CHECK(called::chokepoint("scenario explain b.textproto --changes --set seed=5", folder).out ==
        "changed  seed      5          --set          was 4\n"
        "removed  orgs[o]              b.textproto:2  was name: \"o\"\n"
        "added    links[l]  name: \"l\"  b.textproto:3\n");
  CHECK(called::chokepoint("scenario explain b.textproto --only seed --set seed=5", folder).out ==
        "seed  5  --set  was 4\n");
}

TEST_CASE("scenario explain: a path where nothing lies is exit 2", "[scenario]") {
  const Folder folder;
  write_for_explain(folder, "a.textproto", "seed: 4\n");
  const auto explain = called::chokepoint("scenario explain a.textproto --only sites", folder);
  CHECK(explain.exit_code == 2);
  CHECK(explain.out.empty());
  CHECK(explain.err == "chokepoint: error: nothing to show in 'sites'\n");
}

TEST_CASE("scenario explain: JSON has paths, and no cell of 600 characters", "[scenario]") {
  const Folder folder;
  const auto json = called::chokepoint("scenario explain h20_never_stopped --json", folder);
  CHECK(json.exit_code == 0);
  CHECK(json.out.find("\"path\": \"rules[us_2025_04_09_bandwidth_letter].enabled\"") !=
        std::string::npos);
  std::istringstream lines(json.out);
  for (std::string line; std::getline(lines, line);) CHECK(line.size() < 620);
  CHECK(called::chokepoint("scenario explain h20_never_stopped --changes --json", folder)
            .out.find("\"kind\": \"added\"") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
