#include "tools/report/run_tables.hpp"

#include <map>
#include <set>
#include <utility>

#include "sim/trace/counter_names.hpp"
#include "tools/print/csv_table.hpp"
#include "tools/print/number_format.hpp"
#include "tools/report/inventory.hpp"
#include "tools/report/policy_tables.hpp"

namespace chokepoint {
namespace {

std::string joined(const std::set<std::string>& parts) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : " + ") + part;
  return text;
}

std::string deliveries_table(const RunAccount& account) {
  CsvTable table({"month", "order", "device", "substitute", "ordered_packages", "short_packages",
                  "filed_packages", "sent_packages", "delivered_packages", "refused_packages",
                  "revenue_usd", "government_receipts_usd", "refused_usd"});
  for (const auto& [key, month] : account.deliveries) {
    table.add_row({key.month, key.order, key.device, key.substitute ? "true" : "false",
                   format_exact(month.ordered), format_exact(month.short_of_supply),
                   format_exact(month.filed), format_exact(month.sent),
                   format_exact(month.delivered), format_exact(month.refused),
                   format_exact(month.revenue_usd), format_exact(month.government_receipts_usd),
                   format_exact(month.refused_usd)});
  }
  return table.text();
}

std::string refusals_table(const RunAccount& account) {
  CsvTable table({"month", "device", "gate", "exporter_rule", "importer_rule", "refused_packages",
                  "refused_on_arrival_packages", "refused_usd", "lost_training_usable_h100e",
                  "lost_prefill_usable_h100e", "lost_decode_usable_h100e",
                  "least_certain_training_input", "least_certain_prefill_input",
                  "least_certain_decode_input"});
  for (const auto& [key, refusal] : account.refusals) {
    table.add_row({key.month, key.device, key.gate, key.exporter_rule, key.importer_rule,
                   format_exact(refusal.units), format_exact(refusal.on_arrival),
                   format_exact(refusal.value_usd), format_exact(refusal.lost_training_h100e),
                   format_exact(refusal.lost_prefill_h100e),
                   format_exact(refusal.lost_decode_h100e), joined(refusal.least_certain_training),
                   joined(refusal.least_certain_prefill), joined(refusal.least_certain_decode)});
  }
  return table.text();
}

std::string bottlenecks_table(const RunAccount& account) {
  CsvTable table({"month", "device", "made_packages", "wanted_packages", "component", "stage",
                  "packages_per_unit_of_stage"});
  for (const SupplyShortage& bound : account.bounds) {
    table.add_row({bound.month, bound.device, format_exact(bound.units),
                   bound.wanted ? format_exact(*bound.wanted) : "", bound.component, bound.stage,
                   format_exact(bound.devices_per_unit)});
  }
  return table.text();
}

std::string orders_table(const RunAccount& account) {
  CsvTable table({"order", "device", "ordered_packages", "delivered_packages", "refused_packages",
                  "outstanding_packages"});
  for (const auto& order : account.orders) {
    table.add_row({order.order(), order.device(), format_exact(order.ordered()),
                   format_exact(order.delivered()), format_exact(order.refused()),
                   format_exact(order.outstanding())});
  }
  return table.text();
}

std::string stocks_table(const RunAccount& account) {
  CsvTable table({"device", "location", "pool", "owner", "user", "use", "status", "channel",
                  "packages_at_end"});
  for (const auto& [key, packages] : account.stocks) {
    table.add_row({key.device, key.location, key.pool, key.owner, key.user, key.use, key.status,
                   key.channel, format_exact(packages)});
  }
  return table.text();
}

/// A counter as a column: `header` is in units of `per_unit` of the counter's own.
struct CounterColumn {
  Counter counter;
  const char* header;
  double per_unit = 1.0;
};

/// One row per date and subject that has any of `columns`, in the order of time, then by name. A
/// counter without a sample there leaves its cell empty. `subject_cells` replaces the subject.
template <class SubjectCells>
std::string counter_table(const RunAccount& account, std::vector<std::string> subject_header,
                          const std::vector<CounterColumn>& columns,
                          const SubjectCells& subject_cells) {
  std::map<std::pair<Date, std::string>, std::vector<std::string>> rows;
  for (const auto& sample : account.samples) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (sample.counter != counter_name(columns[i].counter)) continue;
      auto& cells = rows[{sample.date, sample.subject}];
      cells.resize(columns.size());
      cells[i] = format_exact(sample.value / columns[i].per_unit);
    }
  }
  std::vector<std::string> header = {"date"};
  header.insert(header.end(), subject_header.begin(), subject_header.end());
  for (const auto& column : columns) header.emplace_back(column.header);
  CsvTable table(header);
  for (const auto& [key, cells] : rows) {
    std::vector<std::string> row = {format_date(key.first)};
    for (auto& cell : subject_cells(key.second)) row.push_back(std::move(cell));
    row.insert(row.end(), cells.begin(), cells.end());
    table.add_row(row);
  }
  return table.text();
}

std::vector<std::string> subject_cell(const std::string& subject) {
  return {subject};
}

std::string compute_table(const RunAccount& account) {
  const Inventory inventory = take_inventory(account.manifest.scenario());
  const auto pool_cells = [&](const std::string& subject) -> std::vector<std::string> {
    const auto found = inventory.pools.find(subject);
    if (found == inventory.pools.end()) return {"", subject, ""};
    return {found->second.site, found->second.pool, found->second.device};
  };
  return counter_table(account, {"site", "pool", "device"},
                       {{Counter::DevicesInstalled, "installed_packages"},
                        {Counter::DevicesPowered, "powered_packages"},
                        {Counter::Tpp, "installed_tpp"},
                        {Counter::H100ePeak, "installed_peak_h100e"},
                        {Counter::H100eTraining, "training_usable_h100e"},
                        {Counter::H100ePrefill, "prefill_usable_h100e"},
                        {Counter::H100eDecode, "decode_usable_h100e"},
                        {Counter::H100eTrainingNominal, "training_nominal_h100e"},
                        {Counter::H100ePrefillNominal, "prefill_nominal_h100e"},
                        {Counter::H100eDecodeNominal, "decode_nominal_h100e"}},
                       pool_cells);
}

}  // namespace

std::vector<NamedTable> run_tables(const RunAccount& account) {
  std::vector<NamedTable> tables = {
      {"deliveries.csv", deliveries_table(account)},
      {"refusals.csv", refusals_table(account)},
      {"orders.csv", orders_table(account)},
      {"stocks.csv", stocks_table(account)},
      {"bottlenecks.csv", bottlenecks_table(account)},
      {"stacks.csv", counter_table(account, {"stack"},
                                   {{Counter::StackBreadth, "breadth_share"},
                                    {Counter::StackSpeed, "speed_share"}},
                                   subject_cell)},
      {"lock_in.csv", counter_table(account, {"run"},
                                    {{Counter::MonthsToMove, "months_to_move"},
                                     {Counter::SharedArtefacts, "shared_artefacts_share"}},
                                    subject_cell)},
      {"compute.csv", compute_table(account)},
      {"services.csv", counter_table(account, {"service"},
                                     {{Counter::TokensServed, "served_tokens_since_start"},
                                      {Counter::TokensUnmet, "unmet_tokens_since_start"}},
                                     subject_cell)},
      {"training.csv", counter_table(account, {"job"},
                                     {{Counter::TrainingTokens, "trained_tokens_since_start"},
                                      {Counter::TrainingFlops, "model_flops_since_start"}},
                                     subject_cell)},
      {"sites.csv", counter_table(account, {"site"},
                                  {{Counter::SitePower, "power_mw", 1e6},
                                   {Counter::SiteEnergy, "energy_since_start_gwh", 3.6e12}},
                                  subject_cell)},
      {"supplies.csv", counter_table(account, {"supply"},
                                     {{Counter::SupplyStock, "stock_packages"}}, subject_cell)},
  };
  for (auto& table : policy_tables(account.policy)) tables.push_back(std::move(table));
  return tables;
}

}  // namespace chokepoint
