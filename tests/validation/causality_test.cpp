// A what-if changes nothing before it could: facts before the first day on which what differs can
// matter are the same, byte for byte.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "sim/scenario/compose/compose.hpp"
#include "sim/study/causes/first_effect.hpp"
#include "sim/trace/reader.hpp"
#include "tests/paths.hpp"
#include "tests/tools/called_program.hpp"

namespace chokepoint::validation {
namespace {

namespace fs = std::filesystem;

fs::path scenarios() {
  return fs::path(source_dir()) / "scenarios";
}

pb::Scenario scenario_of(const fs::path& file) {
  Diagnostics found;
  auto composed = compose(file, {}, true, found);
  INFO(file);
  REQUIRE(composed);
  return std::move(composed->scenario);
}

/// Facts of a trace before `day`, one by one, without the name of the scenario that some stand on.
class FactsBefore {
public:
  FactsBefore(const fs::path& trace, const std::string& scenario, double days)
      : reader_(trace), scenario_(scenario), until_ns_(days * 86400e9) {}

  /// The next, or "" when the day has come.
  std::string next() {
    auto fact = reader_.next();
    if (!fact || static_cast<double>(fact->time_ns) >= until_ns_) return "";
    auto* counter = fact->fact.has_counter() ? fact->fact.mutable_counter() : nullptr;
    if (counter != nullptr && counter->subject() == scenario_) counter->set_subject("");
    return std::to_string(fact->time_ns) + " " + fact->fact.ShortDebugString();
  }

private:
  TraceReader reader_;
  std::string scenario_;
  double until_ns_;
};

/// Runs of one test, each in a folder of its own.
struct Runs {
  called::Folder folder;

  fs::path trace(const fs::path& file, const std::string& name) {
    const auto result = called::chokepoint("run " + file.string() + " --quiet -o " + name, folder);
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    return folder.path() / name / "trace.pftrace";
  }
};

/// Checks that facts of both are the same before `day`; how many there were.
int compare_before(const fs::path& before, const pb::Scenario& base, const fs::path& after,
                   const pb::Scenario& what_if, Date day) {
  const double days = static_cast<double>((day - *parse_date(base.start())).count());
  FactsBefore a(before, base.name(), days), b(after, what_if.name(), days);
  for (int count = 0;; ++count) {
    const std::string of_a = a.next(), of_b = b.next();
    INFO("before " << format_date(day));
    REQUIRE(of_b == of_a);
    if (of_a.empty()) return count;
  }
}

/// What-ifs of history whose changes have no date: they hold from the start.
const std::map<std::string, std::string> kUndated = {
    {"blended_architecture", "devices[blend_x1]"},
    {"fab_yield_halved", "supply_flows[smic_7nm_after_match_to_die_ascend_910b]"},
    {"tit_for_tat", "reactions[cn_answers_scanners]"},
    {"us_levers_off", "training_jobs[deepseek_v3].pools"},
};

TEST_CASE("causality: no shipped what-if changes anything before it could", "[causality]") {
  Runs runs;
  const pb::Scenario base = scenario_of(scenarios() / "history.textproto");
  const auto before = runs.trace(scenarios() / "history.textproto", "history");
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(scenarios())) files.push_back(entry.path());
  std::ranges::sort(files);
  std::map<std::string, std::string> undated;
  int compared = 0;
  for (const fs::path& file : files) {
    if (file.extension() != ".textproto" || file.stem() == "history") continue;
    Diagnostics found;
    const auto composed = compose(file, {}, true, found);
    if (!composed || composed->base != "history") continue;
    const FirstEffect effect = first_effect(base, composed->scenario);
    if (!effect.undated.empty()) undated[file.stem()] = effect.undated.front();
    if (!effect.undated.empty() || !effect.day) continue;
    INFO(file);
    compare_before(before, base, runs.trace(file, file.stem()), composed->scenario, *effect.day);
    fs::remove_all(runs.folder.path() / file.stem());
    ++compared;
  }
  for (const auto& [name, path] : undated) UNSCOPED_INFO(name << ": " << path);
  CHECK(undated == kUndated);
  CHECK(compared >= 15);
}

/// A patch of history that changes one of its rules at random.
std::string random_patch(const pb::Scenario& base, std::mt19937& random) {
  const auto pick = [&](int most) { return static_cast<int>(random() % most); };
  const pb::Rule* rule = nullptr;
  while (rule == nullptr || rule->standing() != pb::LAW || rule->effective() < "2021-06-01") {
    rule = &base.rules(pick(base.rules_size()));
  }
  std::string changed = "enabled: false";
  if (pick(3) == 0) {
    const Date later = *parse_date(rule->effective()) + std::chrono::days{30 + pick(300)};
    if (!rule->has_ended()) changed = "effective: \"" + format_date(later) + "\"";
  }
  return "name: \"patch\"\nquestion: \"?\"\nbase: \"" +
         (scenarios() / "history.textproto").string() + "\"\nrules { name: \"" + rule->name() +
         "\" " + changed + " }\n";
}

TEST_CASE("causality: no change of a rule acts before it is known", "[causality]") {
  Runs runs;
  const pb::Scenario base = scenario_of(scenarios() / "history.textproto");
  const auto before = runs.trace(scenarios() / "history.textproto", "history");
  const bool is_whole = std::getenv("CHOKEPOINT_WHOLE") != nullptr;
  std::mt19937 random(7);
  for (int i = 0; i < (is_whole ? 60 : 6); ++i) {
    const std::string patch = random_patch(base, random);
    const fs::path file = runs.folder.path() / "patch.textproto";
    std::ofstream(file) << patch;
    const pb::Scenario what_if = scenario_of(file);
    const FirstEffect effect = first_effect(base, what_if);
    INFO(patch);
    CHECK(effect.undated.empty());
    REQUIRE(effect.day);
    compare_before(before, base, runs.trace(file, "patch"), what_if, *effect.day);
    fs::remove_all(runs.folder.path() / "patch");
  }
}

}  // namespace
}  // namespace chokepoint::validation
