#include "tools/report/reasons_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "models/calendar.hpp"
#include "tools/report/number_format.hpp"
#include "tools/report/text_table.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kReasonsWidth = 120;

/// Something that held packages back.
struct Cause {
  std::string what;
  std::string detail;
  double units = 0.0;
  double value_usd = 0.0;
};

bool is_about(const Question& question, const std::string& device) {
  return question.subject == "all" || question.subject == device;
}

std::set<std::string> devices_of(const RunAccount& run, const Question& question) {
  std::set<std::string> devices;
  for (const auto& [key, month] : run.deliveries) {
    if (is_about(question, key.device)) devices.insert(key.device);
  }
  return devices;
}

std::vector<Cause> causes_of(const RunAccount& run, const Question& question) {
  std::vector<Cause> causes;
  const auto devices = devices_of(run, question);
  std::map<std::string, Cause> by_rule;
  for (const auto& [key, refusal] : run.refusals) {
    if (key.month != question.month || devices.count(key.device) == 0) continue;
    Cause& cause = by_rule[rules_of(key)];
    cause.what = rules_of(key);
    cause.detail = "gate of " + key.gate;
    cause.units += refusal.units;
    cause.value_usd += refusal.value_usd;
  }
  causes.reserve(by_rule.size());
  for (auto& [rule, cause] : by_rule) causes.push_back(std::move(cause));
  std::map<std::string, double> shorts;
  for (const auto& [key, month] : run.deliveries) {
    if (key.month == question.month && is_about(question, key.device)) {
      shorts[key.device] += month.short_of_supply;
    }
  }
  for (const SupplyShortage& bound : run.bounds) {
    if (bound.month != question.month || devices.count(bound.device) == 0) continue;
    Cause cause;
    cause.what = "shortage of " + bound.component;
    cause.detail = bound.device + ", made " + format_value(bound.units);
    if (!bound.stage.empty()) {
      cause.detail +=
          fmt::format("; one more unit of {} is {:.3g} more", bound.stage, bound.devices_per_unit);
    }
    cause.units = shorts[bound.device];
    causes.push_back(std::move(cause));
  }
  std::stable_sort(causes.begin(), causes.end(),
                   [](const Cause& a, const Cause& b) { return a.units > b.units; });
  return causes;
}

}  // namespace

std::optional<Question> parse_question(const std::string& text) {
  const std::size_t at = text.rfind('@');
  if (at == std::string::npos || at == 0) return std::nullopt;
  std::string date = text.substr(at + 1);
  if (date.size() == 7) date += "-01";
  const auto day = parse_date(date);
  if (!day) return std::nullopt;
  return Question{text.substr(0, at), format_month(*day)};
}

std::optional<std::string> reasons_text(const RunAccount& run, const Question& question) {
  if (devices_of(run, question).empty()) return std::nullopt;
  double ordered = 0.0, delivered = 0.0;
  for (const auto& [key, month] : run.deliveries) {
    if (key.month != question.month || !is_about(question, key.device)) continue;
    ordered += month.ordered;
    delivered += month.delivered;
  }
  std::string text = fmt::format("{} in {}: {} packages ordered, {} delivered\n", question.subject,
                                 question.month, format_value(ordered), format_value(delivered));
  const auto causes = causes_of(run, question);
  if (causes.empty()) return text + "nothing held it back: nobody wanted more\n";
  TextTable table({{"held back by", TextTable::Align::Left},
                   {"packages"},
                   {"USD bn"},
                   {"detail", TextTable::Align::Left}});
  for (const Cause& cause : causes) {
    table.add_row({cause.what, cause.units > 0.0 ? format_value(cause.units) : "-",
                   cause.value_usd > 0.0 ? fmt::format("{:.2f}", cause.value_usd / 1e9) : "-",
                   cause.detail});
  }
  return text + table.text(kReasonsWidth);
}

}  // namespace chokepoint
