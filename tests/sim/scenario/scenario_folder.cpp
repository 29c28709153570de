#include "tests/sim/scenario/scenario_folder.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "sim/scenario/text/read_text.hpp"

namespace chokepoint {

namespace fs = std::filesystem;

ScenarioFolder::ScenarioFolder(const Files& files)
    : before_(fs::current_path()),
      folder_(fs::temp_directory_path() / ("chokepoint-scenario-" + std::to_string(getpid()))) {
  for (const auto& [name, text] : files) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name, std::ios::binary) << text;
  }
  fs::current_path(folder_);
}

ScenarioFolder::~ScenarioFolder() {
  fs::current_path(before_);
  fs::remove_all(folder_);
}

std::string printed(const Diagnostics& found, const std::string& subject) {
  std::ostringstream out;
  print(out, found, subject);
  return out.str();
}

std::string compose_report(const std::string& file, const std::vector<Assignment>& sets,
                           bool must_run) {
  Diagnostics found;
  const auto composed = compose(file, sets, must_run, found);
  CHECK(composed.has_value() == !found.has_errors());
  return printed(found, file);
}

Composed composed_file(const std::string& file, const std::vector<Assignment>& sets) {
  Diagnostics found;
  auto composed = compose(file, sets, false, found);
  INFO(printed(found, file));
  REQUIRE(composed);
  return *composed;
}

std::string ReadText::report() const {
  const std::string text = printed(found);
  const auto last = text.rfind("x.textproto: ");
  return last == std::string::npos ? text : text.substr(0, last);
}

ReadText read_scenario_text(const std::string& text) {
  ReadText read;
  read.found.remember("x.textproto", text);
  read_text(text, "x.textproto", read.scenario, read.places, read.found);
  return read;
}

std::string shown(const SourceLocation& where) {
  return where.file.str() + ":" + std::to_string(where.line) + ":" + std::to_string(where.column);
}

}  // namespace chokepoint
