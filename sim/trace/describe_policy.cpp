#include "sim/trace/describe_policy.hpp"

#include <cassert>

#include "sim/trace/describe.hpp"
#include "sim/trace/naming.hpp"

namespace chokepoint {
namespace {

static_assert(static_cast<int>(Verdict::Prohibited) == pb::PROHIBITED - 1);
static_assert(static_cast<int>(LicenseOutcome::Void) == pb::DecidedFact::VOID - 1);
static_assert(static_cast<int>(ChargeKind::Tariff) == pb::FeeFact::TARIFF - 1);

constexpr double kSecondsPerDay = 86'400.0;

void tell_rule(const World& world, RuleId rule, bool began, pb::Fact& out) {
  auto& fact = *out.mutable_rule();
  fact.Clear();
  assign(*fact.mutable_name(), name_of(world, rule));
  assign(*fact.mutable_government(), world.regime.rules[rule.value].government);
  fact.set_began(began);
}

void tell_exception(const World& world, ExceptionId id, bool began, pb::Fact& out) {
  const Exception& exception = world.regime.exceptions[id.value];
  auto& fact = *out.mutable_rule();
  fact.Clear();
  assign(*fact.mutable_name(), exception.name);
  assign(*fact.mutable_government(), world.regime.rules[exception.rules[0].value].government);
  fact.set_exception(true);
  fact.set_began(began);
}

pb::HoldingGate holding_gate(Gate gate) {
  assert(gate != Gate::None);
  if (gate == Gate::Exporter) return pb::EXPORTER;
  return gate == Gate::Importer ? pb::IMPORTER : pb::BOTH;
}

pb::Verdict told_verdict(Verdict verdict) {
  return static_cast<pb::Verdict>(static_cast<int>(verdict) + 1);
}

/// The paragraph by which a rule matches a device; empty where it names none.
void assign_clause(std::string& text, const World& world, std::optional<RuleId> rule,
                   DeviceId device) {
  if (!rule) return;
  const Predicate& predicate = world.regime.rules[rule->value].item;
  assign(text, clause_of(predicate, world.device_items[device.value].item));
}

/// What facts about a quota share.
template <class Message, class Event>
void tell_quota(const Event& in, const World& world, Message& fact) {
  tell_units(in, world, fact);
  assign(*fact.mutable_quota(), name_of(world, in.quota));
}

/// What facts about a vendor's stock share.
template <class Message, class Event>
void tell_stock(const Event& in, const World& world, Message& fact) {
  fact.Clear();
  assign(*fact.mutable_supply(), name_of(world, in.supply));
  assign(*fact.mutable_device(), name_of(world, in.device));
  fact.set_units(in.units);
  fact.set_value_usd(in.value.value);
}

}  // namespace

void tell(const RuleBegan& in, const World& world, pb::Fact& out) {
  tell_rule(world, in.rule, true, out);
}
void tell(const RuleEnded& in, const World& world, pb::Fact& out) {
  tell_rule(world, in.rule, false, out);
}
void tell(const ExceptionBegan& in, const World& world, pb::Fact& out) {
  tell_exception(world, in.exception, true, out);
}
void tell(const ExceptionEnded& in, const World& world, pb::Fact& out) {
  tell_exception(world, in.exception, false, out);
}

void tell(const RulingGiven& in, const World& world, pb::Fact& out) {
  auto& fact = *out.mutable_ruling();
  fact.Clear();
  assign(*fact.mutable_order(), name_of(world, in.order));
  assign(*fact.mutable_device(), name_of(world, in.device));
  fact.set_exporter_verdict(told_verdict(in.exporter.verdict));
  assign_name(*fact.mutable_exporter_rule(), world, in.exporter.rule);
  assign_clause(*fact.mutable_exporter_clause(), world, in.exporter.rule, in.device);
  assign_name(*fact.mutable_exporter_exception(), world, in.exporter.exception);
  fact.set_importer_verdict(told_verdict(in.importer.verdict));
  assign_name(*fact.mutable_importer_rule(), world, in.importer.rule);
  assign_clause(*fact.mutable_importer_clause(), world, in.importer.rule, in.device);
  assign_name(*fact.mutable_importer_exception(), world, in.importer.exception);
  fact.set_admitted_share(in.admitted_share);
  fact.set_refusal_probability(in.refusal_probability);
  fact.set_wait_days(in.wait.value / kSecondsPerDay);
  fact.set_charged_share(in.charged_share);
}

void tell(const ShipmentRefused& in, const World& world, pb::Fact& out) {
  auto& fact = *out.mutable_refused();
  tell_units(in, world, fact);
  fact.set_gate(holding_gate(in.gate));
  if (in.exporter_rule) assign(*fact.mutable_exporter_rule(), name_of(world, *in.exporter_rule));
  if (in.importer_rule) assign(*fact.mutable_importer_rule(), name_of(world, *in.importer_rule));
  const OrgId vendor = world.devices[in.device.value].vendor;
  assign(*fact.mutable_exporter(), world.orgs[vendor.value].headquarters);
  assign(*fact.mutable_importer(), country_of(world, world.orders[in.order.value].pool));
  fact.set_on_arrival(in.on_arrival);
  fact.set_value_usd(in.value.value);
  fact.set_lost_training_h100e(in.lost.training_h100e);
  fact.set_lost_prefill_h100e(in.lost.prefill_h100e);
  fact.set_lost_decode_h100e(in.lost.decode_h100e);
  assign_path(*fact.mutable_least_certain_training(), world, in.least_certain_training);
  assign_path(*fact.mutable_least_certain_prefill(), world, in.least_certain_prefill);
  assign_path(*fact.mutable_least_certain_decode(), world, in.least_certain_decode);
}

void tell(const LicenseFiled& in, const World& world, pb::Fact& out) {
  auto& fact = *out.mutable_filed();
  tell_units(in, world, fact);
  assign(*fact.mutable_rule(), name_of(world, in.rule));
  assign_name(*fact.mutable_exception(), world, in.exception);
  fact.set_verdict(told_verdict(in.verdict));
  fact.set_until_ns(nanoseconds(in.until));
}

void tell(const LicenseDecided& in, const World& world, pb::Fact& out) {
  auto& fact = *out.mutable_decided();
  tell_units(in, world, fact);
  assign(*fact.mutable_rule(), name_of(world, in.rule));
  assign_name(*fact.mutable_exception(), world, in.exception);
  fact.set_outcome(static_cast<pb::DecidedFact::Outcome>(static_cast<int>(in.outcome) + 1));
}

void tell(const QuotaDrawn& in, const World& world, pb::Fact& out) {
  auto& fact = *out.mutable_quota_drawn();
  tell_quota(in, world, fact);
  fact.set_left(in.left);
}

void tell(const QuotaExhausted& in, const World& world, pb::Fact& out) {
  tell_quota(in, world, *out.mutable_quota_empty());
}

void tell(const FeePaid& in, const World& world, pb::Fact& out) {
  auto& fact = *out.mutable_fee();
  fact.Clear();
  assign(*fact.mutable_order(), name_of(world, in.order));
  assign(*fact.mutable_government(), in.government);
  assign(*fact.mutable_rule(), name_of(world, in.rule));
  assign_name(*fact.mutable_exception(), world, in.exception);
  fact.set_kind(static_cast<pb::FeeFact::Kind>(static_cast<int>(in.kind) + 1));
  fact.set_amount_usd(in.amount.value);
}

void tell(const DeliveryPulled& in, const World& world, pb::Fact& out) {
  auto& fact = *out.mutable_pulled();
  tell_units(in, world, fact);
  assign(*fact.mutable_rule(), name_of(world, in.rule));
  fact.set_from_ns(nanoseconds(in.from));
  fact.set_to_ns(nanoseconds(in.to));
}

void tell(const StockWrittenOff& in, const World& world, pb::Fact& out) {
  auto& fact = *out.mutable_written_off();
  tell_stock(in, world, fact);
  assign(*fact.mutable_rule(), name_of(world, in.rule));
}

void tell(const StockRestored& in, const World& world, pb::Fact& out) {
  tell_stock(in, world, *out.mutable_restored());
}

void tell(const ShipmentSeized& in, const World& world, pb::Fact& out) {
  auto& fact = *out.mutable_seized();
  tell_units(in, world, fact);
  assign(*fact.mutable_rule(), name_of(world, in.rule));
}

}  // namespace chokepoint
