#include "tools/policy/impact_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "tools/policy/words.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

Cell rule_of(const Ruling& ruling, const World& world) {
  return ruling.rule ? Cell(world.regime.rules[ruling.rule->value].name) : Cell();
}

std::size_t count(const PolicyImpact& impact, bool (ImpactRow::*is_so)() const) {
  std::size_t number = 0;
  for (const ImpactRow& row : impact.rows) number += (row.*is_so)() ? 1 : 0;
  return number;
}

// Rules that forbid nothing may still ask for something: what they cover, and what they say.
std::string covered_text(const PolicyImpact& impact, const World& world) {
  const auto covered = std::ranges::count_if(impact.rows, &ImpactRow::is_covered);
  const bool changes = std::ranges::any_of(
      impact.rows, [](const ImpactRow& row) { return row.is_caught() || row.is_freed(); });
  if (covered == 0 || changes) return "";
  std::string text = fmt::format("  covers {} of them and forbids nothing", covered);
  const auto rule = std::ranges::find(world.regime.rules, impact.what, &Rule::name);
  if (rule != world.regime.rules.end()) text += ": " + rule->title;
  return text + "\n";
}

std::string headline(const PolicyImpact& impact, const World& world) {
  std::vector<std::string> governments;
  governments.reserve(impact.governments.size());
  for (const Country government : impact.governments) governments.push_back(government.text());
  std::string text = fmt::format(
      "{} on {}, to {}: catches {}, frees {}, changes the terms of {} of {} devices and items",
      impact.what, format_date(impact.date), impact.route.to.text(),
      count(impact, &ImpactRow::is_caught), count(impact, &ImpactRow::is_freed),
      count(impact, &ImpactRow::has_other_terms), impact.rows.size());
  if (!governments.empty()) text += ", by the rules of " + name_list(governments);
  text += "\n";
  text += covered_text(impact, world);
  for (const auto& idle : impact.not_in_force) text += "  note: " + idle + "\n";
  return text;
}

std::string moves_text(const PolicyImpact& impact) {
  std::map<std::pair<Verdict, Verdict>, int> moves;
  for (const ImpactRow& row : impact.rows) {
    if (row.is_caught() || row.is_freed()) ++moves[{row.before.verdict, row.after.verdict}];
  }
  if (moves.empty()) return "";
  Table table("moves", {"without_it", "with_it", Column("things", Type::Count)});
  for (const auto& [verdicts, number] : moves) {
    table.add_row({in_words(verdicts.first), in_words(verdicts.second), number});
  }
  return "\n" + to_text(table);
}

std::string rows_text(const PolicyImpact& impact, const World& world, const std::string& title,
                      bool (ImpactRow::*is_so)() const) {
  Table table("rows", {"name", Column("first_sold", Type::Day), "without_it", "with_it",
                       "all_governments", "note", "rule_with_it"});
  for (const ImpactRow& row : impact.rows) {
    if (!(row.*is_so)()) continue;
    table.add_row({row.subject.name, row.subject.released, in_short(row.before),
                   in_short(row.after), in_short(row.overall),
                   row.not_released_yet ? "not released" : "", rule_of(row.after, world)});
  }
  return table.is_empty() ? "" : "\n" + title + "\n\n" + to_text(table);
}

std::string terms(const Ruling& ruling) {
  std::string text;
  const auto add = [&](bool is_there, const std::string& term) {
    if (is_there) text += (text.empty() ? "" : ", ") + term;
  };
  add(ruling.wait > Seconds{}, fmt::format("{:.12g} days", ruling.wait / 1_days));
  add(ruling.refusal_probability > 0.0, share_text(ruling.refusal_probability) + " refused");
  add(ruling.revenue_share > 0.0, share_text(ruling.revenue_share) + " of revenue");
  add(ruling.tariff_share > 0.0, share_text(ruling.tariff_share) + " duty");
  return text.empty() ? "none" : text;
}

std::string terms_text(const PolicyImpact& impact) {
  Table table("terms", {"name", "verdict", "terms_without_it", "terms_with_it"});
  for (const ImpactRow& row : impact.rows) {
    if (!row.has_other_terms()) continue;
    table.add_row({row.subject.name, in_short(row.after), terms(row.before), terms(row.after)});
  }
  return table.is_empty() ? "" : "\nOther terms\n\n" + to_text(table);
}

JsonValue ruling_json(const Ruling& ruling, const World* world) {
  JsonValue json = JsonValue::object();
  json.add("verdict", schema_name(ruling.verdict)).add("admitted_share", ruling.admitted_share);
  json.add("wait_days", ruling.wait / 1_days);
  json.add("refusal_probability", ruling.refusal_probability);
  json.add("revenue_share", ruling.revenue_share).add("tariff_share", ruling.tariff_share);
  if (world != nullptr) json.add("rule", to_json(rule_of(ruling, *world)));
  return json;
}

}  // namespace

std::string impact_text(const PolicyImpact& impact, const World& world) {
  return headline(impact, world) + moves_text(impact) +
         rows_text(impact, world, "Caught", &ImpactRow::is_caught) +
         rows_text(impact, world, "Freed", &ImpactRow::is_freed) + terms_text(impact);
}

std::string impact_json(const PolicyImpact& impact, const World& world,
                        const std::vector<VariantRow>& variants) {
  JsonValue rows = JsonValue::list();
  for (const ImpactRow& row : impact.rows) {
    const char* change = row.is_caught()         ? "caught"
                         : row.is_freed()        ? "freed"
                         : row.has_other_terms() ? "other terms"
                                                 : nullptr;
    if (change == nullptr) continue;
    JsonValue json = JsonValue::object();
    json.add("name", row.subject.name).add("change", change);
    json.add("before", ruling_json(row.before, nullptr))
        .add("after", ruling_json(row.after, &world));
    json.add("overall_verdict", schema_name(row.overall));
    rows.push(std::move(json.add("not_released_yet", row.not_released_yet)));
  }
  JsonValue json = JsonValue::object();
  json.add("schema", "chokepoint.policy.impact/1").add("what", impact.what);
  json.add("date", format_date(impact.date)).add("to", impact.route.to.text());
  json.add("judged", static_cast<double>(impact.rows.size()));
  json.add("caught", static_cast<double>(count(impact, &ImpactRow::is_caught)));
  json.add("freed", static_cast<double>(count(impact, &ImpactRow::is_freed)));
  json.add("other_terms", static_cast<double>(count(impact, &ImpactRow::has_other_terms)));
  json.add("not_in_force", JsonValue::list(impact.not_in_force));
  json.add("rows", rows).add("variants", variants_json(variants));
  return json.text() + "\n";
}

}  // namespace chokepoint
