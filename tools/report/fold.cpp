#include "tools/report/fold.hpp"

#include <chrono>
#include <stdexcept>

#include "sim/trace/counter_names.hpp"

namespace chokepoint {
namespace {

std::string gate_of(const pb::RefusedFact& fact) {
  switch (fact.gate()) {
    case pb::EXPORTER:
      return fact.exporter();
    case pb::IMPORTER:
      return fact.importer();
    default:
      return fact.exporter() + "+" + fact.importer();
  }
}

std::optional<double> wanted_of(const pb::BottleneckFact& fact) {
  return fact.has_wanted() ? std::optional(fact.wanted()) : std::nullopt;
}

void insert_path(std::set<std::string>& paths, const std::string& path) {
  if (!path.empty()) paths.insert(path);
}

}  // namespace

std::string rules_of(const RefusalKey& key) {
  const bool both = !key.exporter_rule.empty() && !key.importer_rule.empty();
  return key.exporter_rule + (both ? " + " : "") + key.importer_rule;
}

double RunAccount::latest_sum(Counter counter) const {
  const std::string name(counter_name(counter));
  double sum = 0.0;
  for (auto it = latest.lower_bound({name, ""}); it != latest.end(); ++it) {
    if (it->first.first != name) break;
    sum += it->second;
  }
  return sum;
}

Fold::Fold(pb::Manifest manifest) {
  const auto epoch = parse_moment(manifest.epoch());
  if (!epoch) throw std::runtime_error("manifest has no epoch but '" + manifest.epoch() + "'");
  epoch_ = *epoch;
  account_.stocks = initial_stocks(manifest.scenario());
  account_.manifest = std::move(manifest);
}

Date Fold::date_of(std::uint64_t time_ns) const {
  return std::chrono::floor<std::chrono::days>(
      epoch_ + std::chrono::nanoseconds(static_cast<std::int64_t>(time_ns)));
}

void Fold::add(const TimedFact& timed) {
  ++account_.facts;
  const Date date = date_of(timed.time_ns);
  const std::string month = format_month(date);
  const pb::Fact& fact = timed.fact;
  const auto delivery = [&](const auto& of, bool substitute) -> DeliveryMonth& {
    return account_.deliveries[{month, of.order(), of.device(), substitute}];
  };

  add_policy(fact, date, account_.policy);
  switch (fact.fact_case()) {
    case pb::Fact::kDeliveryDue:
      delivery(fact.delivery_due(), false).ordered += fact.delivery_due().units();
      break;
    case pb::Fact::kRefused:
      delivery(fact.refused(), false).refused += fact.refused().units();
      delivery(fact.refused(), false).refused_usd += fact.refused().value_usd();
      add_refused(fact.refused(), month);
      break;
    case pb::Fact::kFiled:
      delivery(fact.filed(), false).filed += fact.filed().units();
      break;
    case pb::Fact::kBackordered:
      delivery(fact.backordered(), false).short_of_supply += fact.backordered().units();
      break;
    case pb::Fact::kSent:
      delivery(fact.sent(), fact.sent().substitute()).sent += fact.sent().units();
      break;
    case pb::Fact::kDelivered: {
      auto& arrived = delivery(fact.delivered(), fact.delivered().substitute());
      arrived.delivered += fact.delivered().units();
      arrived.revenue_usd += fact.delivered().revenue_usd();
      arrived.government_receipts_usd += fact.delivered().government_receipts_usd();
      add_delivery(fact.delivered(), account_.stocks);
      break;
    }
    case pb::Fact::kOrderClosed:
      account_.orders.push_back(fact.order_closed());
      break;
    case pb::Fact::kBottleneck:
      account_.bounds.push_back({month, fact.bottleneck().device(), fact.bottleneck().component(),
                                 fact.bottleneck().stage(), fact.bottleneck().units(),
                                 fact.bottleneck().devices_per_unit(),
                                 wanted_of(fact.bottleneck())});
      break;
    case pb::Fact::kCounter:
      add_sample(fact.counter(), date);
      break;
    default:
      break;  // Rules, jobs and windows are in the trace; no indicator counts them.
  }
}

void Fold::add_refused(const pb::RefusedFact& fact, const std::string& month) {
  auto& refused = account_.refusals[{month, fact.device(), gate_of(fact), fact.exporter_rule(),
                                     fact.importer_rule()}];
  refused.units += fact.units();
  if (fact.on_arrival()) refused.on_arrival += fact.units();
  refused.value_usd += fact.value_usd();
  refused.lost_training_h100e += fact.lost_training_h100e();
  refused.lost_prefill_h100e += fact.lost_prefill_h100e();
  refused.lost_decode_h100e += fact.lost_decode_h100e();
  insert_path(refused.least_certain_training, fact.least_certain_training());
  insert_path(refused.least_certain_prefill, fact.least_certain_prefill());
  insert_path(refused.least_certain_decode, fact.least_certain_decode());
}

void Fold::add_sample(const pb::CounterFact& fact, Date date) {
  account_.samples.push_back({date, fact.counter(), fact.subject(), fact.value()});
  account_.latest[{fact.counter(), fact.subject()}] = fact.value();
}

RunAccount read_run(const std::filesystem::path& trace) {
  TraceReader reader(trace);
  Fold fold(reader.manifest());
  while (const auto fact = reader.next()) fold.add(*fact);
  RunAccount account = fold.account();
  account.directory = trace.parent_path();
  account.truncated = reader.truncated();
  return account;
}

}  // namespace chokepoint
