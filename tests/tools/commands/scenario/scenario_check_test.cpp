#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

using called::Folder;

void write_for_check(const Folder& folder, const std::string& name, const std::string& text) {
  std::ofstream(folder.path() / name) << text;
}

TEST_CASE("scenario check: a right file is one line that counts", "[scenario]") {
  const Folder folder;
  const auto check = called::chokepoint("scenario check h20_2025", folder);
  INFO(check.err);
  CHECK(check.exit_code == 0);
  CHECK(check.err.empty());
  CHECK(check.out.find("h20_2025.textproto: ok (") != std::string::npos);
  CHECK(check.out.find(" devices, ") != std::string::npos);
  CHECK(std::count(check.out.begin(), check.out.end(), '\n') == 1);
}

TEST_CASE("scenario check: a catalogue needs no question and no period", "[scenario]") {
  const Folder folder;
  const auto check = called::chokepoint("scenario check catalog/catalog", folder);
  INFO(check.err);
  CHECK(check.exit_code == 0);
}

TEST_CASE("scenario check: a wrong file is exit 3 and says nothing on stdout", "[scenario]") {
  const Folder folder;
  write_for_check(folder, "bad.textproto", "name: \"bad\"\nsed: 4\n");
  const auto check = called::chokepoint("scenario check bad.textproto", folder);
  CHECK(check.exit_code == 3);
  CHECK(check.out.empty());
  CHECK(check.err.rfind("bad.textproto:2:1: error: scenario has no field 'sed'\n", 0) == 0);
}

TEST_CASE("scenario check: what does nothing is a warning, and with --strict an error",
          "[scenario]") {
  const Folder folder;
  std::ofstream(folder.path() / "x.textproto")
      << "name: \"x\" question: \"What if?\" base: \"h20_2025\"\n"
         "rules { name: \"us_2025_04_09_bandwidth_letter\" enabled: false effective: "
         "\"2025-05-01\" "
         "}\n";
  const auto warned = called::chokepoint("scenario check x.textproto", folder);
  CHECK(warned.exit_code == 0);
  CHECK(warned.err.find("is off: it does nothing") != std::string::npos);
  CHECK(warned.err.find("1 warning") != std::string::npos);
  CHECK(called::chokepoint("scenario check x.textproto --strict", folder).exit_code == 3);
  const auto json = called::chokepoint("scenario check x.textproto --strict --json", folder);
  CHECK(json.exit_code == 3);
  CHECK(json.out.find("\"severity\": \"warning\"") != std::string::npos);
  CHECK(called::chokepoint("run x.textproto -q --strict -o out", folder).exit_code == 3);
}

}  // namespace
}  // namespace chokepoint
