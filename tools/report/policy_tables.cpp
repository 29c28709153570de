#include "tools/report/policy_tables.hpp"

#include "tools/print/csv_table.hpp"
#include "tools/print/number_format.hpp"

namespace chokepoint {
namespace {

std::string rulings_table(const PolicyAccount& account) {
  CsvTable table({"date", "order", "device", "exporter_verdict", "exporter_rule", "exporter_clause",
                  "exporter_exception", "importer_verdict", "importer_rule", "importer_clause",
                  "importer_exception", "admitted_share", "refusal_probability", "wait_days",
                  "charged_share"});
  for (const auto& [date, ruling] : account.rulings) {
    table.add_row({format_date(date), ruling.order(), ruling.device(),
                   pb::Verdict_Name(ruling.exporter_verdict()), ruling.exporter_rule(),
                   ruling.exporter_clause(), ruling.exporter_exception(),
                   pb::Verdict_Name(ruling.importer_verdict()), ruling.importer_rule(),
                   ruling.importer_clause(), ruling.importer_exception(),
                   format_exact(ruling.admitted_share()),
                   format_exact(ruling.refusal_probability()), format_exact(ruling.wait_days()),
                   format_exact(ruling.charged_share())});
  }
  return table.text();
}

std::string licenses_table(const PolicyAccount& account) {
  CsvTable table({"month", "order", "device", "rule", "exception", "filed_packages",
                  "granted_packages", "refused_packages", "void_packages"});
  for (const auto& [key, month] : account.licenses) {
    table.add_row({key.month, key.order, key.device, key.rule, key.exception,
                   format_exact(month.filed), format_exact(month.granted),
                   format_exact(month.refused), format_exact(month.lapsed)});
  }
  return table.text();
}

std::string quotas_table(const PolicyAccount& account) {
  CsvTable table(
      {"month", "quota", "device", "drawn_packages", "waiting_packages", "left_packages"});
  for (const auto& [key, month] : account.quotas) {
    table.add_row({key.month, key.quota, key.device, format_exact(month.drawn),
                   format_exact(month.waiting), format_exact(month.left)});
  }
  return table.text();
}

std::string fees_table(const PolicyAccount& account) {
  CsvTable table({"month", "order", "government", "kind", "rule", "exception", "fee_usd"});
  for (const auto& [key, usd] : account.fees_usd) {
    table.add_row({key.month, key.order, key.government, key.kind, key.rule, key.exception,
                   format_exact(usd)});
  }
  return table.text();
}

std::string adaptations_table(const PolicyAccount& account) {
  CsvTable table({"date", "what", "subject", "device", "packages", "value_usd", "rule"});
  for (const Adaptation& row : account.adaptations) {
    table.add_row({format_date(row.date), row.what, row.subject, row.device,
                   format_exact(row.units), format_exact(row.value_usd), row.rule});
  }
  return table.text();
}

}  // namespace

std::vector<NamedTable> policy_tables(const PolicyAccount& account) {
  return {{"rulings.csv", rulings_table(account)},
          {"licenses.csv", licenses_table(account)},
          {"quotas.csv", quotas_table(account)},
          {"fees.csv", fees_table(account)},
          {"adaptations.csv", adaptations_table(account)}};
}

}  // namespace chokepoint
