#include "tests/tools/report/made_runs.hpp"

#include "models/calendar.hpp"

namespace chokepoint::made {
namespace {

TimedFact timed(const std::string& date) {
  TimedFact fact;
  fact.time_ns = at(date);
  return fact;
}

pb::Rule rule(const std::string& name, const std::string& government, const std::string& title) {
  pb::Rule rule;
  rule.set_name(name);
  rule.set_government(government);
  rule.set_title(title);
  return rule;
}

void add_device(const std::string& name, const std::string& vendor, pb::Scenario& scenario) {
  auto& device = *scenario.add_devices();
  device.set_name(name);
  device.set_vendor(vendor);
  auto& node = *scenario.add_nodes();
  node.set_name(name + "_server");
  node.set_device(name);
  auto& pool = *scenario.mutable_sites(0)->add_pools();
  pool.set_name(name);
  pool.set_node(name + "_server");
}

}  // namespace

std::uint64_t at(const std::string& date) {
  const auto days = parse_date(date).value() - parse_date("2025-01-01").value();
  return static_cast<std::uint64_t>(days.count()) * 86'400'000'000'000ULL;
}

TimedFact due(const std::string& date, double units, const std::string& device,
              const std::string& order) {
  TimedFact made = timed(date);
  auto& fact = *made.fact.mutable_delivery_due();
  fact.set_order(order);
  fact.set_device(device);
  fact.set_units(units);
  return made;
}

TimedFact delivered(const std::string& date, double units, const std::string& device,
                    bool substitute, const std::string& order) {
  TimedFact made = timed(date);
  auto& fact = *made.fact.mutable_delivered();
  fact.set_order(order);
  fact.set_substitute(substitute);
  fact.set_device(device);
  fact.set_units(units);
  return made;
}

TimedFact paid(const std::string& date, double units, double revenue_usd, double receipts_usd) {
  TimedFact made = delivered(date, units);
  auto& fact = *made.fact.mutable_delivered();
  fact.set_revenue_usd(revenue_usd);
  fact.set_government_receipts_usd(receipts_usd);
  return made;
}

TimedFact short_of_supply(const std::string& date, double units, const std::string& device) {
  TimedFact made = timed(date);
  auto& fact = *made.fact.mutable_backordered();
  fact.set_order("h20_national");
  fact.set_device(device);
  fact.set_units(units);
  return made;
}

TimedFact closed(const std::string& date, double ordered, double delivered, double refused,
                 double outstanding) {
  TimedFact made = timed(date);
  auto& fact = *made.fact.mutable_order_closed();
  fact.set_order("h20_national");
  fact.set_device("h20");
  fact.set_ordered(ordered);
  fact.set_delivered(delivered);
  fact.set_refused(refused);
  fact.set_outstanding(outstanding);
  return made;
}

TimedFact sampled(const std::string& date, const std::string& counter, const std::string& subject,
                  double value) {
  TimedFact made = timed(date);
  auto& fact = *made.fact.mutable_counter();
  fact.set_counter(counter);
  fact.set_subject(subject);
  fact.set_value(value);
  return made;
}

TimedFact refused(const std::string& date, double units, pb::HoldingGate gate,
                  const std::string& device) {
  TimedFact made = timed(date);
  auto& fact = *made.fact.mutable_refused();
  fact.set_order("h20_national");
  fact.set_device(device);
  fact.set_units(units);
  fact.set_gate(gate);
  fact.set_exporter("US");
  fact.set_importer("CN");
  if (gate != pb::IMPORTER) fact.set_exporter_rule("letter");
  if (gate != pb::EXPORTER) fact.set_importer_rule("guidance");
  fact.set_value_usd(units * 12'000.0);
  fact.set_lost_training_h100e(units * 0.5);
  fact.set_lost_prefill_h100e(units * 0.25);
  fact.set_lost_decode_h100e(units);
  fact.set_least_certain_training("peak");
  fact.set_least_certain_prefill("peak");
  fact.set_least_certain_decode("bandwidth");
  return made;
}

pb::Manifest manifest(const std::string& scenario, pb::RefusedBudget refused_budget) {
  pb::Manifest manifest;
  manifest.set_epoch("2025-01-01");
  manifest.set_seed(1);
  auto& made = *manifest.mutable_scenario();
  made.set_name(scenario);
  made.set_question("What if?");
  made.set_start("2025-01-01");
  made.set_end("2026-01-01");
  made.mutable_market()->set_refused_budget(refused_budget);
  made.add_sites()->set_name("north");
  add_device("h20", "nvidia", made);
  add_device("910c", "huawei", made);
  *made.add_rules() = rule("letter", "US", "Letter on bandwidth.");
  *made.add_rules() = rule("guidance", "CN", "Window guidance.");
  auto& job = *made.add_training_jobs();
  job.set_name("pretrain");
  job.mutable_tokens_bn()->set_value(1000.0);
  return manifest;
}

RunAccount account(const pb::Manifest& manifest, const std::vector<TimedFact>& facts) {
  Fold fold(manifest);
  for (const auto& fact : facts) fold.add(fact);
  return fold.account();
}

std::vector<TimedFact> two_months() {
  return {due("2025-03-15", 1000),      delivered("2025-03-22", 600),
          delivered("2025-04-02", 400), due("2025-04-15", 1000),
          refused("2025-04-15", 1000),  closed("2025-12-31", 2000, 1000, 1000, 0)};
}

}  // namespace chokepoint::made
