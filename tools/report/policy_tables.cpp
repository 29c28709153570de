#include "tools/report/policy_tables.hpp"

namespace chokepoint {
namespace {

Table rulings_table(const PolicyAccount& account) {
  Table table("rulings",
              {"date", "order", "device", "exporter_verdict", "exporter_rule", "exporter_clause",
               "exporter_exception", "importer_verdict", "importer_rule", "importer_clause",
               "importer_exception", "admitted_share", Column("refusal_probability", Type::Real),
               "wait_days", "charged_share"});
  for (const auto& [date, ruling] : account.rulings) {
    table.add_row({date, ruling.order(), ruling.device(),
                   pb::Verdict_Name(ruling.exporter_verdict()), ruling.exporter_rule(),
                   ruling.exporter_clause(), ruling.exporter_exception(),
                   pb::Verdict_Name(ruling.importer_verdict()), ruling.importer_rule(),
                   ruling.importer_clause(), ruling.importer_exception(), ruling.admitted_share(),
                   ruling.refusal_probability(), ruling.wait_days(), ruling.charged_share()});
  }
  return table;
}

Table licenses_table(const PolicyAccount& account) {
  Table table("licenses", {"month", "order", "device", "rule", "exception", "filed_packages",
                           "granted_packages", "refused_packages", "void_packages"});
  for (const auto& [key, month] : account.licenses) {
    table.add_row({key.month, key.order, key.device, key.rule, key.exception, month.filed,
                   month.granted, month.refused, month.lapsed});
  }
  return table;
}

Table quotas_table(const PolicyAccount& account) {
  Table table("quotas",
              {"month", "quota", "device", "drawn_packages", "waiting_packages", "left_packages"});
  for (const auto& [key, month] : account.quotas) {
    table.add_row({key.month, key.quota, key.device, month.drawn, month.waiting, month.left});
  }
  return table;
}

Table fees_table(const PolicyAccount& account) {
  Table table("fees", {"month", "order", "government", "kind", "rule", "exception", "fee_usd"});
  for (const auto& [key, usd] : account.fees_usd) {
    table.add_row({key.month, key.order, key.government, key.kind, key.rule, key.exception, usd});
  }
  return table;
}

Table adaptations_table(const PolicyAccount& account) {
  Table table("adaptations", {"date", "what", "subject", "device", Column("packages", Type::Real),
                              "value_usd", "rule"});
  for (const Adaptation& row : account.adaptations) {
    table.add_row(
        {row.date, row.what, row.subject, row.device, row.units, row.value_usd, row.rule});
  }
  return table;
}

}  // namespace

std::vector<Table> policy_tables(const PolicyAccount& account) {
  return {rulings_table(account), licenses_table(account), quotas_table(account),
          fees_table(account), adaptations_table(account)};
}

}  // namespace chokepoint
