// Levers of the ecosystem move what they must, the right way: steps of levers.csv, one after the
// other. CHOKEPOINT_WHOLE takes all five steps of each lever, else every other one.

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "sim/scenario/compose/compose.hpp"
#include "tests/paths.hpp"
#include "tests/tools/called_program.hpp"
#include "tests/validation/figures.hpp"

namespace chokepoint::validation {
namespace {

namespace fs = std::filesystem;

// Of a sum over years: packages are whole and markets round them.
constexpr double kRounding = 2e-3;

const pb::Scenario& history() {
  static const pb::Scenario scenario = [] {
    Diagnostics found;
    auto composed =
        compose(fs::path(source_dir()) / "scenarios/history.textproto", {}, true, found);
    REQUIRE(composed);
    return std::move(composed->scenario);
  }();
  return scenario;
}

std::string figure(double value) {
  std::ostringstream text;
  text << "{ value: " << value << " source: \"scenario_prior\" confidence: ESTIMATED }";
  return text.str();
}

std::string factors(const std::string& of, double value) {
  return of + " { factors { on: \"2021-01-01\" value " + figure(value) + " } }";
}

/// What a patch of history says for one step of a lever.
std::string patch_of(const std::string& lever, double step) {
  std::string text;
  if (lever == "factor of supply_stages[smic_7nm].yield.ceiling") {
    return "supply_stages { name: \"smic_7nm\" yield { start " + figure(0.1 * step) + " ceiling " +
           figure(step) + " } }\n";
  }
  if (lever == "factors of supply_stages[hbm2e_traders].spare_units") {
    return "supply_stages { name: \"hbm2e_traders\" " + factors("spare_units", step) + " }\n";
  }
  if (lever == "factors of buyers/cn_ budget_usd_bn_per_year") {
    for (const pb::Buyer& buyer : history().buyers()) {
      if (buyer.site().rfind("cn_", 0) != 0) continue;
      // They have factors of their own from 2023 on, which are replaced alike.
      text += "buyers { name: \"" + buyer.name() + "\" " +
              factors("budget_usd_bn_per_year", 1.4 * step) + " }\n";
    }
    return text;
  }
  if (lever == "factor of grey_routes seizure_probability") {
    for (const pb::GreyRoute& route : history().grey_routes()) {
      text += "grey_routes { name: \"" + route.name() + "\" seizure_probability " + figure(step) +
              " }\n";
    }
    return text;
  }
  REQUIRE(lever == "factors of maturities effort");
  for (const pb::StackMaturity& stack : history().maturities()) {
    if (stack.name() == "cuda" || stack.name() == "rocm") continue;
    const bool is_later = stack.measured_on() > "2025-01-01";
    const std::string day = is_later ? stack.measured_on() : "2025-01-01";
    const Date before = *parse_date(day) - std::chrono::days{1};
    text += "maturities { name: \"" + stack.name() + "\" effort { factors { on: \"" +
            format_date(before) + "\" value " + figure(1.0) + " } factors { on: \"" + day +
            "\" value " + figure(step) + " } } }\n";
  }
  return text;
}

/// The sum of an indicator over years, of tables/yearly.csv.
double sum_of(const fs::path& yearly, const std::string& indicator, int first, int last) {
  double sum = 0.0;
  for (const auto& row : rows_of(yearly)) {
    const int year = std::stoi(row.at("year"));
    if (year < first || year > last) continue;
    const std::string &name = row.at("indicator"), &subject = row.at("subject");
    const double value = std::stod(row.at("value"));
    const bool is_mainland = subject.rfind("mainland/", 0) == 0;
    const bool is_foreign = subject == "mainland/nvidia" || subject == "mainland/amd";
    if (indicator == "domestic packages" && name == "delivered" && is_mainland && !is_foreign)
      sum += value;
    if (indicator == "Huawei packages" && name == "delivered" && subject == "mainland/huawei")
      sum += value;
    if (indicator == "diverted packages" && name == "pathway" && subject == "diverted")
      sum += value;
    if (indicator == "usable compute of NPUs" && name == "kind_coverage_prefill" &&
        subject == "npu")
      sum += value;
  }
  return sum;
}

TEST_CASE("levers: each moves what it must, the right way", "[levers]") {
  const bool is_whole = std::getenv("CHOKEPOINT_WHOLE") != nullptr;
  for (const auto& row : rows_of(fs::path(source_dir()) / "tests/validation/levers.csv")) {
    std::istringstream steps(row.at("steps"));
    const std::string& whole = row.at("indicator");
    const auto blank = whole.rfind(' ');
    const std::string indicator = whole.substr(0, blank);
    const int first = std::stoi(whole.substr(blank + 1, 4));
    const int last = std::stoi(whole.substr(blank + 6, 4));
    std::vector<double> values;
    int number = 0;
    for (double step = 0.0; steps >> step; ++number) {
      if (!is_whole && number % 2 == 1) continue;
      const called::Folder folder;
      std::ofstream(folder.path() / "patch.textproto")
          << "name: \"patch\"\nquestion: \"?\"\nbase: \"" << source_dir()
          << "/scenarios/history.textproto\"\n"
          << patch_of(row.at("path"), step);
      const auto run = called::chokepoint("run patch.textproto --quiet -o run", folder);
      INFO(row.at("lever") << ", step " << step << ": " << run.err);
      REQUIRE(run.exit_code == 0);
      values.push_back(sum_of(folder.path() / "run/tables/yearly.csv", indicator, first, last));
    }
    const std::string& sign = row.at("sign");
    const bool is_up = sign.find("up") != std::string::npos;
    const bool is_strict = sign.rfind("strictly", 0) == 0;
    for (std::size_t i = 1; i < values.size(); ++i) {
      const double more = is_up ? values[i] - values[i - 1] : values[i - 1] - values[i];
      INFO(row.at("lever") << ": " << values[i - 1] << " then " << values[i]);
      CHECK(more >= -kRounding * values[i - 1]);
    }
    INFO(row.at("lever") << ": " << values.front() << " to " << values.back());
    if (is_strict) CHECK((is_up ? values.back() > values.front() : values.back() < values.front()));
  }
}

}  // namespace
}  // namespace chokepoint::validation
