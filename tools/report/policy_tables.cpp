#include "tools/report/run_tables.hpp"

#include <optional>
#include <string_view>

#include "sim/trace/fields/numbers.hpp"
#include "sim/trace/nanoseconds.hpp"

namespace chokepoint {
namespace {

/// What an adaptation is called, whose it is, what it is worth where that is told, and the rule
/// that it answers.
struct AdaptationWords {
  const char* what;
  std::string_view subject;
  Usd value;
  std::optional<RuleId> rule;
};

AdaptationWords words_of(const DeliveryPulled& in, const World& world) {
  return {"brought_forward", view_of(world, in.order), Usd{}, in.rule};
}
AdaptationWords words_of(const StockWrittenOff& in, const World& world) {
  return {"written_off", view_of(world, in.supply), in.value, in.rule};
}
AdaptationWords words_of(const StockRestored& in, const World& world) {
  return {"restored", view_of(world, in.supply), in.value, std::nullopt};
}
AdaptationWords words_of(const ShipmentSeized& in, const World& world) {
  return {"seized", view_of(world, in.order), Usd{}, in.rule};
}

/// As the schema has it, such as "PRESUMED_DENIAL".
std::string verdict_name(Verdict verdict) {
  return pb::Verdict_Name(static_cast<int>(verdict) + numbers(verdict).first);
}

Table rulings_table(const PolicyAccount& account) {
  Table table("rulings",
              {"date", "order", "device", "exporter_verdict", "exporter_rule", "exporter_clause",
               "exporter_exception", "importer_verdict", "importer_rule", "importer_clause",
               "importer_exception", "admitted_share", Column("refusal_probability", Type::Real),
               "wait_days", "charged_share"});
  const World& world = *account.world;
  for (const RulingGiven& ruling : account.rulings) {
    std::vector<Cell> row = {day_of(world.start, ruling.time), view_of(world, ruling.order),
                             view_of(world, ruling.device)};
    for (const GateRuling& gate : {ruling.exporter, ruling.importer}) {
      row.insert(row.end(),
                 {verdict_name(gate.verdict), view_of(world, gate.rule),
                  clause(world, gate.rule, ruling.device), view_of(world, gate.exception)});
    }
    row.insert(row.end(), {ruling.admitted_share, ruling.refusal_probability, ruling.wait / 1_days,
                           ruling.charged_share});
    table.add_row(std::move(row));
  }
  return table;
}

Table licenses_table(const PolicyAccount& account) {
  Table table("licenses", {"month", "order", "device", "rule", "exception", "filed_packages",
                           "granted_packages", "refused_packages", "void_packages"});
  for (const auto& [key, month] : account.licenses) {
    const auto [when, order, device, rule, exception] = key.names(*account.world);
    table.add_row({format_month(when), order, device, rule, exception, month.filed, month.granted,
                   month.refused, month.lapsed});
  }
  return table;
}

Table quotas_table(const PolicyAccount& account) {
  Table table("quotas",
              {"month", "quota", "device", "drawn_packages", "waiting_packages", "left_packages"});
  for (const auto& [key, month] : account.quotas) {
    const auto [when, quota, device] = key.names(*account.world);
    table.add_row({format_month(when), quota, device, month.drawn, month.waiting, month.left});
  }
  return table;
}

Table fees_table(const PolicyAccount& account) {
  Table table("fees", {"month", "order", "government", "kind", "rule", "exception", "fee_usd"});
  for (const auto& [key, usd] : account.fees_usd) {
    const auto [month, order, government, kind, rule, exception] = key.names(*account.world);
    table.add_row({format_month(month), order, government, kind, rule, exception, usd});
  }
  return table;
}

Table adaptations_table(const PolicyAccount& account) {
  Table table("adaptations", {"date", "what", "subject", "device", Column("packages", Type::Real),
                              "value_usd", "rule"});
  const World& world = *account.world;
  for (const Adaptation& adaptation : account.adaptations) {
    const auto& [what, subject, value, rule] =
        std::visit([&](const auto& in) { return words_of(in, world); }, adaptation);
    std::visit(
        [&](const auto& in) {
          table.add_row({day_of(world.start, in.time), what, subject, view_of(world, in.device),
                         in.units, value.value, view_of(world, rule)});
        },
        adaptation);
  }
  return table;
}

}  // namespace

std::vector<Table> policy_tables(const PolicyAccount& account) {
  return {rulings_table(account), licenses_table(account), quotas_table(account),
          fees_table(account), adaptations_table(account)};
}

}  // namespace chokepoint
