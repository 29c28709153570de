#include "sim/indicators/run_account.hpp"

#include "sim/trace/nanoseconds.hpp"

namespace chokepoint {
namespace {

std::string joined(std::string_view first, const char* separator, std::string_view second) {
  const bool is_both = !first.empty() && !second.empty();
  return std::string(first).append(is_both ? separator : "").append(second);
}

}  // namespace

std::string RefusalKey::gate() const {
  return joined(exporter ? text_of(*exporter) : "", "+", importer ? text_of(*importer) : "");
}

std::string rules_of(const RefusalKey& key, const World& world) {
  return joined(view_of(world, key.exporter_rule), " + ", view_of(world, key.importer_rule));
}

RunAccount::RunAccount(const World& of) : world(&of), policy(of), stocks(initial_stocks(of)) {}

void RunAccount::record(const TraceEvent& event) {
  policy.record(event);
  std::visit(
      [this](const auto& in) {
        if constexpr (requires { add(in); }) add(in);
      },
      event);
}

double RunAccount::latest_sum(Counter counter) const {
  double sum = 0.0;
  for (const auto& [key, value] : latest) {
    if (key.counter == counter) sum += value;
  }
  return sum;
}

Date RunAccount::day_of(Seconds time) const {
  return chokepoint::day_of(world->start, time);
}

template <class Event>
DeliveryMonth& RunAccount::delivery(const Event& in, bool substitute) {
  return deliveries[{month_of(in.time), in.order, in.device, substitute}];
}

void RunAccount::add(const DeliveryDue& in) {
  delivery(in).ordered += in.units;
}

void RunAccount::add(const ShipmentRefused& in) {
  DeliveryMonth& month = delivery(in);
  month.refused += in.units;
  month.refused_usd += in.value.value;
  RefusalKey key{month_of(in.time), in.device, {}, {}, in.exporter_rule, in.importer_rule};
  if (in.gate != Gate::Importer) key.exporter = exporter_of(*world, in.device);
  if (in.gate != Gate::Exporter) key.importer = importer_of(*world, in.order);
  RefusalMonth& refused = refusals[key];
  refused.units += in.units;
  if (in.on_arrival) refused.on_arrival += in.units;
  refused.value_usd += in.value.value;
  refused.lost.training_h100e += in.lost.training_h100e;
  refused.lost.prefill_h100e += in.lost.prefill_h100e;
  refused.lost.decode_h100e += in.lost.decode_h100e;
  if (in.least_certain_training) refused.least_certain_training.insert(*in.least_certain_training);
  if (in.least_certain_prefill) refused.least_certain_prefill.insert(*in.least_certain_prefill);
  if (in.least_certain_decode) refused.least_certain_decode.insert(*in.least_certain_decode);
}

void RunAccount::add(const LicenseFiled& in) {
  delivery(in).filed += in.units;
}

void RunAccount::add(const DeliveryBackordered& in) {
  delivery(in).short_of_supply += in.units;
}

void RunAccount::add(const ShipmentSent& in) {
  delivery(in, in.substitute).sent += in.units;
}

void RunAccount::add(const ShipmentDelivered& in) {
  DeliveryMonth& month = delivery(in, in.substitute);
  month.delivered += in.units;
  month.revenue_usd += in.revenue.value;
  month.government_receipts_usd += in.government_receipts.value;
  add_delivery(in, stocks);
}

void RunAccount::add(const CounterSampled& in) {
  samples.push_back(in);
  latest[{in.counter, in.index}] = in.value;
}

}  // namespace chokepoint
