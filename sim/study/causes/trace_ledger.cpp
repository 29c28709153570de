#include "sim/study/causes/trace_ledger.hpp"

#include <array>

#include "sim/indicators/yearly.hpp"
#include "sim/trace/counter_names.hpp"
#include "sim/trace/describe.hpp"

namespace chokepoint {

namespace {

constexpr std::array kStatuses = {LegalStatus::Legal, LegalStatus::Licensed, LegalStatus::Diverted,
                                  LegalStatus::Rented};
constexpr double kNanosecond = 1e-9;
constexpr Seconds kMoment{1.0};  // As in a run's own ledger.

template <class List>
std::map<std::string, std::uint32_t> ids_of_names(const List& list) {
  std::map<std::string, std::uint32_t> ids;
  for (std::uint32_t i = 0; i < list.size(); ++i) ids.emplace(list[i].name, i);
  return ids;
}

template <class Id>
std::optional<Id> id_in(const std::map<std::string, std::uint32_t>& ids, const std::string& name) {
  const auto found = ids.find(name);
  return found == ids.end() ? std::nullopt : std::optional(Id{found->second});
}

std::optional<OrgId> org_named(const World& world, const std::string& name) {
  for (std::uint32_t i = 0; i < world.orgs.size(); ++i) {
    if (world.orgs[i].name == name) return OrgId{i};
  }
  return std::nullopt;
}

LegalStatus status_named(const std::string& name) {
  for (const LegalStatus status : kStatuses) {
    if (status_name(status) == name) return status;
  }
  return LegalStatus::Legal;
}

}  // namespace

TraceNames::TraceNames(const World& world)
    : orders_(ids_of_names(world.orders)),
      devices_(ids_of_names(world.devices)),
      pools_(ids_of_names(world.pools)),
      sites_(ids_of_names(world.sites)),
      supplies_(ids_of_names(world.supplies)),
      stacks_(ids_of_names(world.stacks)),
      rules_(ids_of_names(world.regime.rules)),
      services_(ids_of_names(world.services)),
      jobs_(ids_of_names(world.training_jobs)) {}

std::optional<OrderId> TraceNames::order(const std::string& name) const {
  return id_in<OrderId>(orders_, name);
}
std::optional<DeviceId> TraceNames::device(const std::string& name) const {
  return id_in<DeviceId>(devices_, name);
}
std::optional<PoolId> TraceNames::pool(const std::string& name) const {
  return id_in<PoolId>(pools_, name);
}
std::optional<SiteId> TraceNames::site(const std::string& name) const {
  return id_in<SiteId>(sites_, name);
}
std::optional<SupplyId> TraceNames::supply(const std::string& name) const {
  return id_in<SupplyId>(supplies_, name);
}
std::optional<StackId> TraceNames::stack(const std::string& name) const {
  return id_in<StackId>(stacks_, name);
}
std::optional<RuleId> TraceNames::rule(const std::string& name) const {
  return id_in<RuleId>(rules_, name);
}
std::optional<ServiceId> TraceNames::service(const std::string& name) const {
  return id_in<ServiceId>(services_, name);
}
std::optional<JobId> TraceNames::job(const std::string& name) const {
  return id_in<JobId>(jobs_, name);
}

Seconds time_of(const TimedFact& fact) {
  return Seconds{static_cast<double>(fact.time_ns) * kNanosecond};
}

TraceLedger::TraceLedger(const World& world, const TraceNames& names, const Period& period)
    : world_(world),
      names_(names),
      from_(world.calendar().at(period.from)),
      until_(world.calendar().at(period.until)),
      year_(year_of(period.from)),
      ledger_(world) {
  for (const Counter counter : kCounters) {
    counters_.emplace(std::string(counter_name(counter)), counter);
  }
}

void TraceLedger::add(const TimedFact& timed) {
  const Seconds time = time_of(timed);
  const bool is_sample = timed.fact.has_counter();
  const bool is_of_time_before = is_sample || timed.fact.has_choice();
  const Seconds counts_at = is_of_time_before ? time - kMoment : time;
  if (counts_at >= until_) return;
  if (counts_at < from_) {
    // The last before the period is to it what the end of a year is to the next.
    const auto sample = is_sample ? sample_of(timed.fact.counter(), time) : std::nullopt;
    if (sample) ledger_.close_year(year_ - 1, *sample);
    return;
  }
  if (is_sample) {
    if (const auto sample = sample_of(timed.fact.counter(), time)) ledger_.record(*sample);
  }
  if (timed.fact.has_choice()) add(timed.fact.choice(), time);
  if (timed.fact.has_fee()) add(timed.fact.fee(), time);
  if (timed.fact.has_delivered()) add(timed.fact.delivered(), time);
  if (timed.fact.has_refused()) add(timed.fact.refused(), time);
}

void TraceLedger::add(const pb::DeliveredFact& fact, Seconds time) {
  const auto order = names_.order(fact.order());
  const auto device = names_.device(fact.device());
  const auto pool = names_.pool(fact.pool());
  const auto owner = org_named(world_, fact.owner()), user = org_named(world_, fact.user());
  if (!order || !device || !pool || !owner || !user) return;
  ShipmentDelivered delivered;
  delivered.time = time;
  delivered.order = *order;
  delivered.substitute = fact.substitute();
  delivered.device = *device;
  delivered.units = fact.units();
  delivered.stock.pool = *pool;
  delivered.stock.owner = *owner;
  delivered.stock.user = *user;
  delivered.stock.status = status_named(fact.status());
  delivered.stock.channel =
      fact.channel() == channel_name(Channel::Captive) ? Channel::Captive : Channel::Merchant;
  delivered.revenue = Usd{fact.revenue_usd()};
  delivered.government_receipts = Usd{fact.government_receipts_usd()};
  ledger_.record(delivered);
}

void TraceLedger::add(const pb::RefusedFact& fact, Seconds time) {
  const auto order = names_.order(fact.order());
  const auto device = names_.device(fact.device());
  ShipmentRefused refused;
  refused.exporter_rule = names_.rule(fact.exporter_rule());
  refused.importer_rule = names_.rule(fact.importer_rule());
  if (!order || !device || (!refused.exporter_rule && !refused.importer_rule)) return;
  refused.time = time;
  refused.order = *order;
  refused.device = *device;
  refused.units = fact.units();
  refused.value = Usd{fact.value_usd()};
  ledger_.record(refused);
}

void TraceLedger::add(const pb::ChoiceFact& fact, Seconds time) {
  const auto order = names_.order(fact.order());
  const auto device = names_.device(fact.device());
  if (!order || !device || fact.work() == pb::ChoiceFact::WORK_UNSPECIFIED) return;
  ChoiceMade weighed;
  weighed.time = time;
  weighed.order = *order;
  weighed.device = *device;
  weighed.work = static_cast<WorkKind>(fact.work() - 1);
  weighed.bought = fact.bought();
  weighed.refused = fact.refused();
  weighed.not_there = fact.not_there();
  weighed.spent = Usd{fact.spent_usd()};
  weighed.roof = fact.roof_h100e();
  weighed.useful_rate = fact.useful_h100e();
  weighed.monthly_cost = Usd{fact.monthly_cost_usd()};
  weighed.preference = fact.preference();
  ledger_.record(weighed);
}

void TraceLedger::add(const pb::FeeFact& fact, Seconds time) {
  const auto order = names_.order(fact.order());
  const auto rule = names_.rule(fact.rule());
  if (!order || !rule || fact.government().size() != 2) return;
  FeePaid fee;
  fee.time = time;
  fee.order = *order;
  fee.government = Country(fact.government());
  fee.rule = *rule;
  fee.amount = Usd{fact.amount_usd()};
  ledger_.record(fee);
}

std::optional<CounterSampled> TraceLedger::sample_of(const pb::CounterFact& fact,
                                                     Seconds time) const {
  const auto counter = counters_.find(fact.counter());
  if (counter == counters_.end()) return std::nullopt;
  const auto subject = subject_of(counter->second, fact.subject());
  if (!subject) return std::nullopt;
  return CounterSampled{time, counter->second, *subject, fact.value()};
}

std::optional<std::uint32_t> TraceLedger::subject_of(Counter counter,
                                                     const std::string& name) const {
  const auto value = [](const auto& id) {
    return id ? std::optional(id->value) : std::optional<std::uint32_t>();
  };
  switch (counter_subject(counter)) {
    case CounterSubject::Pool:
      return value(names_.pool(name));
    case CounterSubject::Site:
      return value(names_.site(name));
    case CounterSubject::Stack:
      return value(names_.stack(name));
    case CounterSubject::Service:
      return value(names_.service(name));
    case CounterSubject::Job:
      return value(names_.job(name));
    case CounterSubject::Run:
      return 0;
    case CounterSubject::Supply:
      return value(names_.supply(name));
  }
  return std::nullopt;
}

Figures TraceLedger::figures() const {
  Figures figures = yearly_figures(world_, ledger_);
  std::erase_if(figures, [this](const auto& figure) { return figure.first.year != year_; });
  return figures;
}

}  // namespace chokepoint
