#include "sim/indicators/ledger.hpp"

#include <limits>
#include <variant>

namespace chokepoint {

namespace {

constexpr Seconds kMoment{1.0};  // What is told on the first of January is of the year before.

}  // namespace

void Ledger::record(const TraceEvent& event) {
  if (const auto* delivered = std::get_if<ShipmentDelivered>(&event)) {
    add(*delivered);
  } else if (const auto* refused = std::get_if<ShipmentRefused>(&event)) {
    add(*refused);
  } else if (const auto* fee = std::get_if<FeePaid>(&event)) {
    receipts_[{fee->government, year_of(fee->time)}] += fee->amount;
  } else if (const auto* choice = std::get_if<ChoiceMade>(&event)) {
    choices_.emplace_back(year_of(choice->time - kMoment), *choice);
  } else if (const auto* sample = std::get_if<CounterSampled>(&event)) {
    close_year(year_of(sample->time - kMoment), *sample);
  }
}

void Ledger::close_year(int year, const CounterSampled& sample) {
  auto& latest = latest_[static_cast<std::size_t>(sample.counter)];
  if (sample.index >= latest.size()) latest.resize(sample.index + 1);
  auto& [of, value] = latest[sample.index];
  if (value == nullptr || of != year) {
    of = year;
    value = &samples_[{sample.counter, sample.index, year}];
  }
  *value = sample.value;
}

Ledger::SamplesOf Ledger::samples_of(Counter counter) const {
  const auto after = static_cast<Counter>(static_cast<int>(counter) + 1);
  constexpr int kBefore = std::numeric_limits<int>::min();
  return {samples_.lower_bound({counter, 0, kBefore}), samples_.lower_bound({after, 0, kBefore})};
}

double Ledger::sample_or(Counter counter, std::uint32_t subject, int year, double absent) const {
  const auto found = samples_.find({counter, subject, year});
  return found == samples_.end() ? absent : found->second;
}

void Ledger::add(const ShipmentDelivered& fact) {
  const Order& order = world_.orders[fact.order.value];
  LedgerRow row;
  row.month = first_of_month(world_.calendar().date_at(fact.time));
  row.device = fact.device;
  row.vendor = world_.ultimate_parent(world_.devices[fact.device.value].vendor);
  row.buyer = order.buyer;
  row.user = order.user;
  row.buyer_headquarters = world_.home_of(order.buyer);
  row.site_country = world_.sites[world_.pools[fact.stock.pool.value].site.value].country;
  row.status = fact.stock.status;
  row.channel = fact.stock.channel;
  row.units = fact.units;
  row.value = fact.revenue;
  rows_.push_back(row);
}

void Ledger::add(const ShipmentRefused& fact) {
  const int year = year_of(fact.time);
  const auto rule = fact.exporter_rule ? fact.exporter_rule : fact.importer_rule;
  Refusal& refusal = refusals_[{*rule, year}];
  refusal.units += fact.units;
  refusal.value += fact.value;
}

int Ledger::year_of(Seconds time) {
  if (!asked_ || asked_->first != time) {
    const Date date = world_.calendar().date_at(std::max(time, Seconds{}));
    asked_.emplace(time, chokepoint::year_of(date));
  }
  return asked_->second;
}

}  // namespace chokepoint
