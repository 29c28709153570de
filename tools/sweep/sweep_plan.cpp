#include "tools/sweep/sweep_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <sstream>
#include <utility>

#include "models/fingerprint.hpp"
#include "sim/files/regular_file.hpp"
#include "sim/logs/csv_line.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/sweep/draw_design.hpp"
#include "tools/console/program.hpp"
#include "tools/print/table.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPlanName = "plan.csv";
constexpr std::string_view kFixedColumns[] = {"point", "draws", "identity"};
constexpr int kHexadecimal = 16;

std::string scenario_name(std::size_t point) {
  return fmt::format("points/{:04}.binpb", point);
}

std::uint64_t identity_of(const std::string& scenario) {
  return fingerprint(scenario, fingerprint(CHOKEPOINT_VERSION));
}

// Every combination of the axes' values, the last of which changes first.
std::vector<std::vector<std::string>> combinations(const std::vector<GridAxis>& axes) {
  std::vector<std::vector<std::string>> all = {{}};
  for (const GridAxis& axis : axes) {
    std::vector<std::vector<std::string>> longer;
    for (const auto& before : all) {
      for (const std::string& value : axis.values) {
        longer.push_back(before);
        longer.back().push_back(value);
      }
    }
    all = std::move(longer);
  }
  return all;
}

// The scenario of a point in bytes, read as a run would read it; nothing after complaints.
std::optional<std::string> point_bytes(const fs::path& file, const std::vector<Assignment>& sets,
                                       Diagnostics& found) {
  Diagnostics here;
  const auto composed = compose(file, sets, true, here);
  if (composed) check_design(*composed, here);
  const bool is_sound = composed && read_world(*composed, here) && !here.has_errors();
  found.add_all(here);
  if (!is_sound) return std::nullopt;
  return composed->scenario.SerializeAsString();
}

Table plan_table(const SweepPlan& plan) {
  std::vector<Column> columns = {
      {"point", Type::Count}, {"draws", Type::Count}, {"identity", Type::Text}};
  for (const std::string& path : plan.paths) columns.emplace_back(path, Type::Text);
  Table table("plan", std::move(columns));
  for (std::size_t i = 0; i < plan.points.size(); ++i) {
    std::vector<Cell> cells = {i, plan.draws, fmt::format("{:016x}", plan.points[i].identity)};
    for (const std::string& value : plan.points[i].values) cells.emplace_back(value);
    table.add_row(std::move(cells));
  }
  return table;
}

[[noreturn]] void no_plan(const fs::path& folder) {
  throw HelpedFailure(folder.string() + " holds no plan of a sweep",
                      "make one with 'chokepoint sweep plan'");
}

template <class Number>
bool read_number(std::string_view text, Number& number, int base) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

std::optional<GridAxis> parse_axis(const std::string& text) {
  const auto assignment = parse_assignment(text);
  if (!assignment || text.find('\n') != std::string::npos) return std::nullopt;
  GridAxis axis{assignment->path, {""}};
  int depth = 0;
  bool is_quoted = false;
  for (const char c : assignment->value) {
    if (c == '"') is_quoted = !is_quoted;
    if (!is_quoted && (c == '[' || c == '{')) ++depth;
    if (!is_quoted && (c == ']' || c == '}')) --depth;
    if (c == ',' && !is_quoted && depth == 0) {
      axis.values.emplace_back();
    } else {
      axis.values.back() += c;
    }
  }
  auto sorted = axis.values;
  std::ranges::sort(sorted);
  const bool is_twice = std::ranges::adjacent_find(sorted) != sorted.end();
  if (is_twice || sorted.front().empty()) return std::nullopt;
  return axis;
}

SweepCell SweepPlan::cell(std::size_t number) const {
  const auto row = static_cast<std::size_t>(draws) + 1;
  return {number / row, static_cast<int>(number % row)};
}

std::optional<SweepPlan> plan_sweep(const fs::path& file, const std::vector<Assignment>& sets,
                                    const std::vector<GridAxis>& axes, int draws,
                                    const fs::path& folder, Diagnostics& found) {
  SweepPlan plan;
  plan.draws = draws;
  for (const GridAxis& axis : axes) plan.paths.push_back(axis.path);
  std::vector<std::string> scenarios;
  for (auto& values : combinations(axes)) {
    std::vector<Assignment> all = sets;
    for (std::size_t i = 0; i < values.size(); ++i) {
      all.push_back({plan.paths[i], values[i], "--grid"});
    }
    auto bytes = point_bytes(file, all, found);
    if (found.is_full()) break;
    if (!bytes) continue;
    plan.points.push_back({std::move(values), identity_of(*bytes)});
    scenarios.push_back(std::move(*bytes));
  }
  if (found.has_errors()) return std::nullopt;
  make_folder(folder / "points");
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    write_whole(folder / scenario_name(i), scenarios[i]);
  }
  write_whole(folder / kPlanName, to_csv(plan_table(plan)));
  return plan;
}

SweepPlan read_sweep_plan(const fs::path& folder) {
  const FileBytes file = read_whole_file(folder / kPlanName);
  if (!file.complaint.empty()) no_plan(folder);
  std::istringstream lines(file.content);
  std::string line;
  CsvLine cells;
  SweepPlan plan;
  constexpr std::size_t kFixed = std::size(kFixedColumns);
  const auto read_line = [&] { return std::getline(lines, line) && cells.split(line, ','); };
  if (!read_line() || cells.cells().size() < kFixed) no_plan(folder);
  for (std::size_t i = 0; i < cells.cells().size(); ++i) {
    const std::string_view text = cells.cells()[i].text;
    if (i < kFixed && text != kFixedColumns[i]) no_plan(folder);
    if (i >= kFixed) plan.paths.emplace_back(text);
  }
  while (read_line()) {
    SweepPoint point;
    std::size_t number = 0;
    const auto& all = cells.cells();
    const bool is_good = all.size() == kFixed + plan.paths.size() &&
                         read_number(all[0].text, number, 10) && number == plan.points.size() &&
                         read_number(all[1].text, plan.draws, 10) && plan.draws >= 0 &&
                         read_number(all[2].text, point.identity, kHexadecimal);
    if (!is_good) no_plan(folder);
    for (std::size_t i = kFixed; i < all.size(); ++i) point.values.emplace_back(all[i].text);
    plan.points.push_back(std::move(point));
  }
  if (plan.points.empty()) no_plan(folder);
  return plan;
}

Composed scenario_of(const SweepPlan& plan, std::size_t point, const fs::path& folder) {
  const fs::path path = folder / scenario_name(point);
  const std::string bytes = content_of(path);
  if (identity_of(bytes) != plan.points[point].identity) {
    throw HelpedFailure(path.string() + " is not what was planned, or was by another version",
                        "plan the sweep again: what is whole of the same scenarios stays");
  }
  pb::Scenario scenario;
  if (!scenario.ParseFromString(bytes)) {
    throw HelpedFailure(path.string() + " is no scenario", "plan the sweep again");
  }
  return composed_from(std::move(scenario), path.string());
}

}  // namespace chokepoint
