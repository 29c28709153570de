#include "tools/report/run_tables.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "sim/trace/counter_names.hpp"

namespace chokepoint {
namespace {

/// Paths of figures, by name.
std::string joined(const std::set<InputId>& inputs, const World& world) {
  std::set<std::string_view> paths;
  for (const InputId input : inputs) paths.insert(view_of(world, input));
  std::string text;
  for (const auto path : paths) text.append(text.empty() ? "" : " + ").append(path);
  return text;
}

Table deliveries_table(const RunAccount& account) {
  Table table("deliveries",
              {"month", "order", "device", Column("substitute", Type::YesNo), "ordered_packages",
               "short_packages", "filed_packages", "sent_packages", "delivered_packages",
               "refused_packages", "revenue_usd", "government_receipts_usd", "refused_usd"});
  for (const auto& [key, month] : account.deliveries) {
    const auto [when, order, device, substitute] = key.names(*account.world);
    table.add_row({format_month(when), order, device, substitute, month.ordered,
                   month.short_of_supply, month.filed, month.sent, month.delivered, month.refused,
                   month.revenue_usd, month.government_receipts_usd, month.refused_usd});
  }
  return table;
}

Table refusals_table(const RunAccount& account) {
  Table table("refusals", {"month", "device", "gate", "exporter_rule", "importer_rule",
                           "refused_packages", "refused_on_arrival_packages", "refused_usd",
                           "lost_training_usable_h100e", "lost_prefill_usable_h100e",
                           "lost_decode_usable_h100e", "least_certain_training_input",
                           "least_certain_prefill_input", "least_certain_decode_input"});
  for (const auto& [key, refusal] : account.refusals) {
    const World& world = *account.world;
    const auto [month, device, gate, exporter_rule, importer_rule] = key.names(world);
    table.add_row({format_month(month), device, gate, exporter_rule, importer_rule, refusal.units,
                   refusal.on_arrival, refusal.value_usd, refusal.lost.training_h100e,
                   refusal.lost.prefill_h100e, refusal.lost.decode_h100e,
                   joined(refusal.least_certain_training, world),
                   joined(refusal.least_certain_prefill, world),
                   joined(refusal.least_certain_decode, world)});
  }
  return table;
}

Table bottlenecks_table(const RunAccount& account) {
  Table table("bottlenecks", {"month", "device", "made_packages", "wanted_packages", "component",
                              "stage", Column("packages_per_unit_of_stage", Type::Real)});
  const World& world = *account.world;
  for (const SupplyBottleneck& bound : account.bottlenecks) {
    table.add_row({format_month(account.month_of(bound.time)), view_of(world, bound.device),
                   bound.units, bound.wanted, view_of(world, bound.component),
                   view_of(world, bound.stage), bound.devices_per_unit});
  }
  return table;
}

Table orders_table(const RunAccount& account) {
  Table table("orders", {"order", "device", "ordered_packages", "delivered_packages",
                         "refused_packages", "outstanding_packages"});
  for (const auto& order : account.orders) {
    table.add_row({view_of(*account.world, order.order), view_of(*account.world, order.device),
                   order.ordered, order.delivered, order.refused, order.outstanding});
  }
  return table;
}

Table stocks_table(const RunAccount& account) {
  Table table("stocks", {"device", "location", "pool", "owner", "user", "use", "status", "channel",
                         Column("packages_at_end", Type::Real)});
  for (const auto& [key, packages] : account.stocks) {
    const auto [device, location, pool, owner, user, use, status, channel] =
        key.names(*account.world);
    table.add_row({device, location, pool, owner, user, use, status, channel, packages});
  }
  return table;
}

/// A counter as a column: `name` is in units of `per_unit` of the counter's own.
struct CounterColumn {
  Counter counter;
  const char* name;
  double per_unit = 1.0;
};

/// One row per date and subject that has any of `counters`, in the order of time, then by name. A
/// counter without a sample there is not known. `subject_cells` says whose the counters are.
template <class SubjectCells>
Table counter_table(const RunAccount& account, const std::string& name,
                    const std::vector<const char*>& subject,
                    const std::vector<CounterColumn>& counters, const SubjectCells& subject_cells) {
  std::map<std::tuple<Date, std::string_view>, std::pair<CounterSampled, std::vector<Cell>>> rows;
  for (const auto& sample : account.samples) {
    for (std::size_t i = 0; i < counters.size(); ++i) {
      if (sample.counter != counters[i].counter) continue;
      const std::string_view whose = subject_name(*account.world, sample);
      auto& [first, cells] = rows[{account.day_of(sample.time), whose}];
      first = sample;
      cells.resize(counters.size());
      cells[i] = sample.value / counters[i].per_unit;
    }
  }
  std::vector<Column> columns = {"date"};
  for (const char* column : subject) columns.push_back({column});
  for (const auto& column : counters) columns.push_back({column.name, Type::Real});
  Table table(name, std::move(columns));
  for (const auto& [key, of_row] : rows) {
    const auto& [sample, cells] = of_row;
    std::vector<Cell> row = {std::get<Date>(key)};
    for (auto& cell : subject_cells(sample)) row.push_back(std::move(cell));
    row.insert(row.end(), cells.begin(), cells.end());
    table.add_row(std::move(row));
  }
  return table;
}

Table counter_table(const RunAccount& account, const std::string& name, const char* subject,
                    const std::vector<CounterColumn>& counters) {
  return counter_table(account, name, {subject}, counters, [&](const CounterSampled& of) {
    return std::vector<Cell>{subject_name(*account.world, of)};
  });
}

bool has(const RunAccount& account, Counter counter) {
  return std::ranges::any_of(account.latest,
                             [&](const auto& one) { return one.first.counter == counter; });
}

Table compute_table(const RunAccount& account) {
  const World& world = *account.world;
  const auto pool_cells = [&](const CounterSampled& sample) -> std::vector<Cell> {
    const Pool& pool = world.pools[sample.index];
    const std::string& site = name_of(world, pool.site);
    return {site, pool.name.substr(site.size() + 1), view_of(world, pool.device)};
  };
  return counter_table(account, "compute", {"site", "pool", "device"},
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

std::vector<Table> run_tables(const RunAccount& account) {
  std::vector<Table> tables = {
      deliveries_table(account),
      refusals_table(account),
      orders_table(account),
      stocks_table(account),
      bottlenecks_table(account),
      counter_table(
          account, "stacks", "stack",
          {{Counter::StackBreadth, "breadth_share"}, {Counter::StackSpeed, "speed_share"}}),
      counter_table(account, "lock_in", "run",
                    {{Counter::MonthsToMove, "months_to_move"},
                     {Counter::SharedArtefacts, "shared_artefacts_share"}}),
      compute_table(account),
      counter_table(account, "services", "service",
                    {{Counter::TokensServed, "served_tokens_since_start"},
                     {Counter::TokensUnmet, "unmet_tokens_since_start"}}),
      counter_table(account, "training", "job",
                    {{Counter::TrainingTokens, "trained_tokens_since_start"},
                     {Counter::TrainingFlops, "model_flops_since_start"}}),
      counter_table(account, "sites", "site",
                    {{Counter::SitePower, "power_mw", 1e6},
                     {Counter::SiteEnergy, "energy_since_start_gwh", kJoulesPerGwh}}),
      counter_table(account, "supplies", "supply", {{Counter::SupplyStock, "stock_packages"}}),
  };
  if (account.world->interrupted_jobs) {
    tables.push_back(counter_table(account, "goodput", "job",
                                   {{Counter::TrainingGoodput, "goodput_share_since_placed"}}));
  }
  if (has(account, Counter::LentNodeHours)) {
    tables.push_back(counter_table(account, "lending", "pool",
                                   {{Counter::LentNodeHours, "lent_node_hours_since_start"},
                                    {Counter::LentFlops, "lent_model_flops_since_start"},
                                    {Counter::GangsTakenBack, "gangs_taken_back_since_start"}}));
    tables.push_back(counter_table(account, "returns", "service",
                                   {{Counter::UnmetInReturn, "unmet_tokens_since_start"}}));
  }
  if (has(account, Counter::CostOfServing)) {
    tables.push_back(counter_table(account, "site_costs", "site",
                                   {{Counter::CostOfServing, "serving_usd_since_start"},
                                    {Counter::CostOfTraining, "training_usd_since_start"},
                                    {Counter::CostOfIdle, "idle_usd_since_start"},
                                    {Counter::TokensServedThere, "served_tokens_since_start"},
                                    {Counter::TrainingFlopsThere, "model_flops_since_start"}}));
  }
  for (auto& table : policy_tables(account.policy)) tables.push_back(std::move(table));
  return tables;
}

}  // namespace chokepoint
