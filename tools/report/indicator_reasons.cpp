#include "tools/report/why.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <utility>

#include "sim/study/causes/period_ledger.hpp"
#include "sim/sweep/information_set.hpp"
#include "sim/trace/recall.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kWidthOfReasons = 150;
constexpr std::size_t kDevicesNamed = 2;
constexpr std::size_t kObstaclesShown = 20;

constexpr const char* kReadingOfReasons =
    "of a shortage: the scarcest stage, how many packages one more unit of it would have made, and "
    "rules behind it\n";

std::optional<double> figure_in(const Figures& figures, const YearlyKey& key) {
  const auto found = figures.find(key);
  return found == figures.end() ? std::nullopt : std::optional(found->second);
}

std::string amount_text(const std::optional<double>& value, const std::string& unit) {
  if (!value) return "nothing";
  if (unit == "share" || unit == "index") return fmt::format("{:.3f} ({})", *value, unit);
  if (unit == "USD") return fmt::format("{:.2f} bn USD", *value / 1e9);
  return fmt::format("{} {}", format_value(*value), unit);
}

/// "nv_h20_96 120,000, nv_l20 400, 3 more", those of which most are missing first.
std::string devices_text(const std::map<std::string, Lost>& lost) {
  std::vector<std::pair<double, std::string>> sized;
  sized.reserve(lost.size());
  for (const auto& [device, of_device] : lost) sized.emplace_back(of_device.packages, device);
  std::ranges::stable_sort(sized, std::greater{}, [](const auto& pair) { return pair.first; });
  std::string text;
  for (std::size_t i = 0; i < std::min(kDevicesNamed, sized.size()); ++i) {
    text += i == 0 ? "" : ", ";
    text += sized[i].second;
    if (sized[i].first >= 1.0) text += fmt::format(" {}", format_value(std::round(sized[i].first)));
  }
  if (sized.size() <= kDevicesNamed) return text;
  return fmt::format("{}, {} more", text, sized.size() - kDevicesNamed);
}

std::string shortage_detail(const Obstacle& shortage) {
  std::string text;
  if (!shortage.stage.empty()) {
    text = fmt::format("{}, {:.3g} per unit", shortage.stage, shortage.devices_per_unit);
  }
  if (shortage.rules.empty()) return text;
  return fmt::format("{}{}{}", text, text.empty() ? "" : "; ",
                     shortage.rules.size() == 1 ? *shortage.rules.begin()
                                                : fmt::format("{} rules", shortage.rules.size()));
}

struct ObstacleWords {
  std::string what, detail;
};

ObstacleWords words_of_obstacle(const Obstacle& obstacle, const World& world) {
  switch (obstacle.kind) {
    case Obstacle::Kind::Rule:
      return {obstacle.name, fmt::format("gate of {}", obstacle.gate)};
    case Obstacle::Kind::Access:
      return {obstacle.name, fmt::format("gate of {}, use from afar", obstacle.gate)};
    case Obstacle::Kind::Quota:
      return {fmt::format("quota {}", obstacle.name), "waited"};
    case Obstacle::Kind::Shortage:
      return {fmt::format("shortage of {}", obstacle.name), shortage_detail(obstacle)};
    case Obstacle::Kind::Power:
      break;
  }
  double cap_mw = 0.0;
  for (const Site& site : world.sites) {
    if (site.name == obstacle.name) cap_mw = site.power_cap.value.value / 1e6;
  }
  return {fmt::format("power of {}", obstacle.name),
          fmt::format("cap of {} MW", format_value(cap_mw))};
}

std::string obstacles_table(const std::vector<Obstacle>& obstacles, const World& world) {
  Table table("held_back", {"held_back_by", Column("packages", Type::Real),
                            Column("held_back_usd", "USD bn", format_billions), "of", "detail"});
  for (std::size_t i = 0; i < std::min(kObstaclesShown, obstacles.size()); ++i) {
    const auto [what, detail] = words_of_obstacle(obstacles[i], world);
    const Lost lost = obstacles[i].all_lost();
    const double packages = std::round(lost.packages);
    table.add_row({what, packages > 0.0 ? Cell(packages) : Cell(),
                   lost.usd > 0.0 ? Cell(lost.usd) : Cell(), devices_text(obstacles[i].lost),
                   detail});
  }
  std::string text = to_text(table);
  if (obstacles.size() <= kObstaclesShown) return text;
  return fmt::format("{}{} more held back less\n", text, obstacles.size() - kObstaclesShown);
}

std::string rules_text(const std::vector<Obstacle>& obstacles, const World& world) {
  std::set<std::string> named;
  for (const Obstacle& obstacle : obstacles) {
    named.insert(obstacle.rules.begin(), obstacle.rules.end());
  }
  std::string text;
  for (const Rule& rule : world.regime.rules) {
    if (named.count(rule.name) == 0) continue;
    text += paragraph(fmt::format("{} ({}): {} [{}]", rule.name, rule.government.text(), rule.title,
                                  rule.citation),
                      kWidthOfReasons, 0, 2);
  }
  return text;
}

}  // namespace

World world_of_run(const std::filesystem::path& trace) {
  return world_from(composed_from(TraceReader(trace).manifest().scenario(), trace.string()), {});
}

std::variant<IndicatorReasons, NoAnswer> indicator_reasons(const std::filesystem::path& trace,
                                                           const Figures& yearly,
                                                           const World& world,
                                                           const IndicatorQuestion& question) {
  const auto resolved = resolve(question.what, question.period, yearly);
  if (const auto* none = std::get_if<NoAnswer>(&resolved)) return *none;
  const YearlyKey key = std::get<YearlyKey>(resolved);
  if (const auto none = no_answer_outside(world, question.period)) return *none;
  PeriodLedger in_period(world, question.period);
  PeriodLedger before_it(world, period_before(question.period));
  ObstacleFinder finder(world, scope_of(world, key), question.period);
  Tee tee({&in_period, &before_it, &finder});
  TraceReader reader(trace);
  retell(reader, WorldNames(world), tee);

  IndicatorReasons reasons;
  reasons.key = key;
  reasons.period = question.period;
  reasons.obstacles = finder.obstacles();
  YearlyKey earlier = key;
  const Period before = period_before(question.period);
  earlier.year = year_of(before.from);
  const bool is_year = question.period.is_year;
  reasons.value = figure_in(is_year ? yearly : in_period.figures(), key);
  reasons.before = figure_in(is_year ? yearly : before_it.figures(), earlier);
  return reasons;
}

std::string indicator_reasons_text(const IndicatorReasons& reasons, const World& world) {
  const YearlyKey& key = reasons.key;
  std::string text =
      fmt::format("{}{}{}, {}: {} ({}: {})\n", key.indicator, key.subject.empty() ? "" : " ",
                  key.subject, reasons.period.text, amount_text(reasons.value, key.unit),
                  period_before(reasons.period).text, amount_text(reasons.before, key.unit));
  if (reasons.obstacles.empty()) return text + "nothing held its devices back\n";
  text += obstacles_table(reasons.obstacles, world);
  text += kReadingOfReasons;
  const std::string rules = rules_text(reasons.obstacles, world);
  return rules.empty() ? text : fmt::format("{}\n{}", text, rules);
}

JsonValue indicator_reasons_json(const IndicatorReasons& reasons, const World& world) {
  JsonValue list = JsonValue::list();
  for (const Obstacle& obstacle : reasons.obstacles) {
    const auto [what, detail] = words_of_obstacle(obstacle, world);
    const Lost lost = obstacle.all_lost();
    JsonValue devices = JsonValue::list();
    for (const auto& [device, of_device] : obstacle.lost) {
      devices.push(JsonValue::object()
                       .add("device", device)
                       .add("packages", of_device.packages)
                       .add("usd", of_device.usd));
    }
    list.push(JsonValue::object()
                  .add("held_back_by", what)
                  .add("packages", lost.packages)
                  .add("usd", lost.usd)
                  .add("detail", detail)
                  .add("rules", JsonValue::list({obstacle.rules.begin(), obstacle.rules.end()}))
                  .add("devices", std::move(devices)));
  }
  return JsonValue::object()
      .add("schema", "chokepoint.why/1")
      .add("indicator", reasons.key.indicator)
      .add("subject", reasons.key.subject)
      .add("unit", reasons.key.unit)
      .add("period", reasons.period.text)
      .add("value", reasons.value)
      .add("before", reasons.before)
      .add("held_back", std::move(list));
}

}  // namespace chokepoint
