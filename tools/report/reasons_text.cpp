#include "tools/report/why.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "tools/print/number_format.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kMonthSize = 7;

/// Something that held packages back.
struct Cause {
  std::string what;
  std::string detail;
  double units = 0.0;
  double value_usd = 0.0;
};

bool is_about(const Question& question, const RunAccount& run, DeviceId device) {
  return question.subject == "all" || question.subject == name_of(*run.world, device);
}

std::set<DeviceId> devices_of(const RunAccount& run, const Question& question) {
  std::set<DeviceId> devices;
  for (const auto& [key, month] : run.deliveries) {
    if (is_about(question, run, key.device)) devices.insert(key.device);
  }
  return devices;
}

bool is_in_period(const Question& question, Date month) {
  return format_month(month).starts_with(question.period);
}

std::vector<Cause> refusals_of(const RunAccount& run, const Question& question,
                               const std::set<DeviceId>& devices) {
  std::map<std::string, Cause> by_rule;
  for (const auto& [key, refusal] : run.refusals) {
    if (!is_in_period(question, key.month) || devices.count(key.device) == 0) continue;
    const std::string rules = rules_of(key, *run.world);
    Cause& cause = by_rule[rules];
    cause.what = rules;
    cause.detail = "gate of " + key.gate();
    cause.units += refusal.units;
    cause.value_usd += refusal.value_usd;
  }
  std::vector<Cause> causes;
  causes.reserve(by_rule.size());
  for (auto& [rule, cause] : by_rule) causes.push_back(std::move(cause));
  return causes;
}

/// One thing that bound the making of a device in some months.
struct Shortage {
  double made = 0.0, short_units = 0.0, most_per_unit = 0.0;
  int months = 0;
};

std::string detail_of(const Question& question, std::string_view device, std::string_view stage,
                      const Shortage& shortage) {
  const bool is_month = question.period.size() == kMonthSize;
  std::string text = fmt::format("{}, made {}", device, format_value(shortage.made));
  if (!is_month) {
    text += fmt::format(" in {} {}", shortage.months, shortage.months == 1 ? "month" : "months");
  }
  if (stage.empty()) return text;
  return fmt::format("{}; one more unit of {} is {}{:.3g} more", text, stage,
                     is_month ? "" : "up to ", shortage.most_per_unit);
}

std::vector<Cause> shortages_of(const RunAccount& run, const Question& question,
                                const std::set<DeviceId>& devices) {
  std::map<std::pair<DeviceId, Date>, double> short_of_supply;  // By month.
  for (const auto& [key, month] : run.deliveries) {
    if (!is_in_period(question, key.month) || !is_about(question, run, key.device)) continue;
    short_of_supply[{key.device, key.month}] += month.short_of_supply;
  }
  // By component, device and stage, as they come.
  using Key = std::tuple<ComponentId, DeviceId, std::optional<StageId>>;
  std::vector<Key> keys;
  std::map<Key, Shortage> shortages;
  for (const SupplyBottleneck& bound : run.bottlenecks) {
    const Date month = run.month_of(bound.time);
    if (!is_in_period(question, month) || devices.count(bound.device) == 0) continue;
    const Key key{bound.component, bound.device, bound.stage};
    const auto [at, is_new] = shortages.try_emplace(key);
    if (is_new) keys.push_back(key);
    Shortage& shortage = at->second;
    shortage.made += bound.units;
    shortage.short_units += short_of_supply[{bound.device, month}];
    shortage.most_per_unit = std::max(shortage.most_per_unit, bound.devices_per_unit);
    ++shortage.months;
  }
  const World& world = *run.world;
  std::vector<Cause> causes;
  for (const auto& key : keys) {
    const auto& [component, device, stage] = key;
    const Shortage& shortage = shortages[key];
    causes.push_back({fmt::format("shortage of {}", view_of(world, component)),
                      detail_of(question, view_of(world, device), view_of(world, stage), shortage),
                      shortage.short_units, 0.0});
  }
  return causes;
}

std::vector<Cause> causes_of(const RunAccount& run, const Question& question) {
  const auto devices = devices_of(run, question);
  auto causes = refusals_of(run, question, devices);
  const auto shortages = shortages_of(run, question, devices);
  causes.insert(causes.end(), shortages.begin(), shortages.end());
  std::ranges::stable_sort(causes, std::greater{}, &Cause::units);
  return causes;
}

/// What was ordered and delivered in the period.
struct OrderedAndDelivered {
  double ordered = 0.0, delivered = 0.0;
};

OrderedAndDelivered packages_in(const RunAccount& run, const Question& question) {
  OrderedAndDelivered sums;
  for (const auto& [key, month] : run.deliveries) {
    if (!is_in_period(question, key.month) || !is_about(question, run, key.device)) continue;
    sums.ordered += month.ordered;
    sums.delivered += month.delivered;
  }
  return sums;
}

Table causes_table(const std::vector<Cause>& causes) {
  Table table("held_back", {"held_back_by", Column("packages", Type::Real),
                            Column("held_back_usd", "USD bn", format_billions), "detail"});
  for (const Cause& cause : causes) {
    table.add_row({cause.what, cause.units > 0.0 ? Cell(cause.units) : Cell(),
                   cause.value_usd > 0.0 ? Cell(cause.value_usd) : Cell(), cause.detail});
  }
  return table;
}

}  // namespace

std::optional<std::string> reasons_text(const RunAccount& run, const Question& question) {
  if (devices_of(run, question).empty()) return std::nullopt;
  const auto [ordered, delivered] = packages_in(run, question);
  std::string text = fmt::format("{} in {}: {} packages ordered, {} delivered\n", question.subject,
                                 question.period, format_value(ordered), format_value(delivered));
  const auto causes = causes_of(run, question);
  if (causes.empty()) return text + "nothing held it back: nobody wanted more\n";
  return text + to_text(causes_table(causes));
}

std::optional<JsonValue> reasons_json(const RunAccount& run, const Question& question) {
  if (devices_of(run, question).empty()) return std::nullopt;
  const auto [ordered, delivered] = packages_in(run, question);
  return JsonValue::object()
      .add("schema", "chokepoint.why/1")
      .add("of", question.subject)
      .add("period", question.period)
      .add("ordered_packages", ordered)
      .add("delivered_packages", delivered)
      .add("held_back", to_json(causes_table(causes_of(run, question))));
}

}  // namespace chokepoint
