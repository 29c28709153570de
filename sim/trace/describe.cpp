#include "sim/trace/describe.hpp"

#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <variant>

#include "sim/trace/counter_names.hpp"
#include "sim/trace/describe_policy.hpp"
#include "sim/trace/naming.hpp"

namespace chokepoint {
namespace {

constexpr std::array<std::string_view, 4> kStatusNames = {"legal", "licensed", "diverted",
                                                          "rented"};
constexpr std::array<std::string_view, 3> kUseNames = {"mixed", "training", "inference"};

void tell(const DeliveryDue& in, const World& world, pb::Fact& out) {
  tell_units(in, world, *out.mutable_delivery_due());
}

void tell(const DeliveryBackordered& in, const World& world, pb::Fact& out) {
  tell_units(in, world, *out.mutable_backordered());
}

void tell(const ShipmentSent& in, const World& world, pb::Fact& out) {
  auto& fact = *out.mutable_sent();
  tell_units(in, world, fact);
  fact.set_substitute(in.substitute);
  assign(*fact.mutable_pool(), name_of(world, in.pool));
  if (in.exception) {
    assign(*fact.mutable_exception(), world.regime.exceptions[in.exception->value].name);
  }
}

void tell(const ShipmentDelivered& in, const World& world, pb::Fact& out) {
  auto& fact = *out.mutable_delivered();
  tell_units(in, world, fact);
  fact.set_substitute(in.substitute);
  assign(*fact.mutable_pool(), name_of(world, in.stock.pool));
  assign(*fact.mutable_location(), country_of(world, in.stock.pool));
  assign(*fact.mutable_owner(), name_of(world, in.stock.owner));
  assign(*fact.mutable_user(), name_of(world, in.stock.user));
  assign(*fact.mutable_status(), status_name(in.stock.status));
  assign(*fact.mutable_channel(), channel_name(in.stock.channel));
  assign(*fact.mutable_use(), use_name(in.stock.use));
  fact.set_revenue_usd(in.revenue.value);
  fact.set_government_receipts_usd(in.government_receipts.value);
}

void tell(const SupplyBottleneck& in, const World& world, pb::Fact& out) {
  auto& fact = *out.mutable_bottleneck();
  fact.Clear();
  assign(*fact.mutable_supply(), world.supplies[in.supply.value].name);
  assign(*fact.mutable_device(), name_of(world, in.device));
  fact.set_units(in.units);
  assign(*fact.mutable_component(), world.supply.components[in.component.value].name);
  if (in.stage) assign(*fact.mutable_stage(), world.supply.stages[in.stage->value].name);
  fact.set_devices_per_unit(in.devices_per_unit);
  if (in.wanted) fact.set_wanted(*in.wanted);
}

void tell(const ChoiceMade& in, const World& world, pb::Fact& out) {
  auto& fact = *out.mutable_choice();
  fact.Clear();
  assign(*fact.mutable_order(), name_of(world, in.order));
  assign(*fact.mutable_device(), name_of(world, in.device));
  fact.set_work(static_cast<pb::ChoiceFact::Work>(static_cast<int>(in.work) + 1));
  fact.set_bought(in.bought);
  fact.set_refused(in.refused);
  fact.set_not_there(in.not_there);
  fact.set_spent_usd(in.spent.value);
  fact.set_roof_h100e(in.roof);
  fact.set_useful_h100e(in.useful_rate);
  fact.set_monthly_cost_usd(in.monthly_cost.value);
  fact.set_preference(in.preference);
}

void tell(const OrderClosed& in, const World& world, pb::Fact& out) {
  auto& fact = *out.mutable_order_closed();
  fact.Clear();
  assign(*fact.mutable_order(), name_of(world, in.order));
  assign(*fact.mutable_device(), name_of(world, in.device));
  fact.set_ordered(in.ordered);
  fact.set_delivered(in.delivered);
  fact.set_refused(in.refused);
  fact.set_outstanding(in.outstanding);
}

pb::JobFact& tell_job(const World& world, JobId job, pb::JobFact::What what, pb::Fact& out) {
  auto& fact = *out.mutable_job();
  fact.Clear();
  assign(*fact.mutable_job(), name_of(world, job));
  fact.set_what(what);
  return fact;
}

void tell(const JobQueued& in, const World& world, pb::Fact& out) {
  tell_job(world, in.job, pb::JobFact::QUEUED, out);
}

void tell(const JobPlaced& in, const World& world, pb::Fact& out) {
  auto& fact = tell_job(world, in.job, pb::JobFact::PLACED, out);
  assign(*fact.mutable_pool(), name_of(world, in.pool));
  fact.set_nodes(static_cast<std::uint32_t>(in.nodes));
  fact.set_tokens_per_s(in.throughput.value);
}

void tell(const SegmentBegan& in, const World& world, pb::Fact& out) {
  tell_job(world, in.job, pb::JobFact::SEGMENT_BEGAN, out);
}

void tell(const SegmentEnded& in, const World& world, pb::Fact& out) {
  tell_job(world, in.job, pb::JobFact::SEGMENT_ENDED, out).set_tokens(in.tokens.value);
}

template <class Event>
void tell_checkpoint(const Event& in, bool arrived, const World& world, pb::Fact& out) {
  auto& fact = *out.mutable_checkpoint();
  fact.Clear();
  assign(*fact.mutable_job(), name_of(world, in.job));
  assign(*fact.mutable_from(), name_of(world, in.from));
  assign(*fact.mutable_to(), name_of(world, in.to));
  fact.set_bytes(in.size.value);
  fact.set_arrived(arrived);
}

void tell(const CheckpointSent& in, const World& world, pb::Fact& out) {
  tell_checkpoint(in, false, world, out);
}
void tell(const CheckpointArrived& in, const World& world, pb::Fact& out) {
  tell_checkpoint(in, true, world, out);
}

void tell(const JobFinished& in, const World& world, pb::Fact& out) {
  tell_job(world, in.job, pb::JobFact::FINISHED, out);
}

void tell(const JobUnfinished& in, const World& world, pb::Fact& out) {
  tell_job(world, in.job, pb::JobFact::UNFINISHED, out).set_tokens(in.done.value);
}

void tell(const WindowServed& in, const World& world, pb::Fact& out) {
  auto& fact = *out.mutable_window();
  fact.Clear();
  assign(*fact.mutable_service(), world.services[in.service.value].name);
  fact.set_length_s(in.length.value);
  fact.set_demand_tokens(in.demand.value);
  fact.set_capacity_tokens(in.capacity.value);
  fact.set_served_tokens(in.served.value);
  fact.set_unmet_tokens(in.unmet.value);
}

const std::string& subject_name(const World& world, CounterSubject subject, std::uint32_t index) {
  switch (subject) {
    case CounterSubject::Supply:
      return world.supplies[index].name;
    case CounterSubject::Pool:
      return world.pools[index].name;
    case CounterSubject::Site:
      return world.sites[index].name;
    case CounterSubject::Service:
      return world.services[index].name;
    case CounterSubject::Stack:
      return world.stacks[index].name;
    case CounterSubject::Run:
      return world.name;
    case CounterSubject::Job:
      break;
  }
  return world.training_jobs[index].name;
}

void tell(const CounterSampled& in, const World& world, pb::Fact& out) {
  auto& fact = *out.mutable_counter();
  fact.Clear();
  assign(*fact.mutable_counter(), counter_name(in.counter));
  assign(*fact.mutable_unit(), counter_unit(in.counter));
  assign(*fact.mutable_subject(), subject_name(world, counter_subject(in.counter), in.index));
  fact.set_value(in.value);
}

void tell(const RunEnded&, const World&, pb::Fact& out) {
  out.mutable_end();
}

}  // namespace

void describe(const TraceEvent& event, const World& world, pb::Fact& fact) {
  std::visit([&](const auto& in) { tell(in, world, fact); }, event);
}

std::uint64_t nanoseconds(Seconds time) {
  assert(time.value >= 0.0);
  return static_cast<std::uint64_t>(std::llround(time.value * 1e9));
}

std::string_view status_name(LegalStatus status) {
  return kStatusNames[static_cast<std::size_t>(status)];
}

std::string_view channel_name(Channel channel) {
  return channel == Channel::Merchant ? "merchant" : "captive";
}

std::string_view use_name(ChipUse use) {
  return kUseNames[static_cast<std::size_t>(use)];
}

}  // namespace chokepoint
