#pragma once

#include "chokepoint/v1/facts.pb.h"
#include "models/policy/terms.hpp"
#include "models/software/maturity.hpp"
#include "sim/trace/event/gangs.hpp"
#include "sim/trace/event/policy.hpp"
#include "sim/trace/event/requests.hpp"
#include "sim/trace/event/runs.hpp"
#include "sim/trace/event/steps.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// Numbers that the schema gives to an enumeration: that of its first value, which is 0 where the
/// schema calls it unspecified, and that of its last.
struct Numbers {
  int first = 0;
  int last = 0;
};

constexpr Numbers numbers(Verdict) {
  return {pb::FREE, pb::PROHIBITED};
}
constexpr Numbers numbers(Gate) {
  return {pb::HOLDING_GATE_UNSPECIFIED, pb::BOTH};
}
constexpr Numbers numbers(LicenseOutcome) {
  return {pb::DecidedFact::GRANTED, pb::DecidedFact::VOID};
}
constexpr Numbers numbers(ChargeKind) {
  return {pb::FeeFact::SHARE, pb::FeeFact::TARIFF};
}
constexpr Numbers numbers(WorkKind) {
  return {pb::ChoiceFact::TRAINING, pb::ChoiceFact::DECODE};
}
constexpr Numbers numbers(RequestPhase) {
  return {pb::RequestFact::QUEUED, pb::RequestFact::DECODE};
}
constexpr Numbers numbers(ReplicaGauge) {
  return {pb::ReplicaFact::QUEUE, pb::ReplicaFact::KV};
}
constexpr Numbers numbers(RunPhase) {
  return {pb::RunPhaseFact::RESTART, pb::RunPhaseFact::PLANNED};
}
constexpr Numbers numbers(FailureScope) {
  return {pb::DEVICES, pb::STORAGE};
}
constexpr Numbers numbers(HoldEnd) {
  return {pb::HeldFact::FINISHED, pb::HeldFact::GIVEN_UP};
}
constexpr Numbers numbers(StepPass) {
  return {pb::PASS_FORWARD, pb::PASS_NONE};
}
constexpr Numbers numbers(StepBusy) {
  return {pb::OperationFact::NOTHING, pb::OperationFact::HOST};
}
constexpr Numbers numbers(StepExchange) {
  return {pb::ExchangeFact::ALL_REDUCE, pb::ExchangeFact::RECEIVE};
}

static_assert(static_cast<int>(Verdict::Prohibited) == pb::PROHIBITED - pb::FREE);
static_assert(static_cast<int>(Gate::Both) == pb::BOTH);
static_assert(static_cast<int>(LicenseOutcome::Void) == pb::DecidedFact::VOID - 1);
static_assert(static_cast<int>(ChargeKind::Tariff) == pb::FeeFact::TARIFF - 1);
static_assert(static_cast<int>(RequestPhase::Decode) == pb::RequestFact::DECODE - 1);
static_assert(static_cast<int>(ReplicaGauge::Kv) == pb::ReplicaFact::KV - 1);
static_assert(static_cast<int>(RunPhase::Planned) == pb::RunPhaseFact::PLANNED - 1);
static_assert(static_cast<int>(FailureScope::Storage) == pb::STORAGE - 1);
static_assert(static_cast<int>(HoldEnd::GivenUp) == pb::HeldFact::GIVEN_UP - 1);
static_assert(static_cast<int>(StepPass::None) == pb::PASS_NONE - 1);
static_assert(static_cast<int>(StepBusy::Host) == pb::OperationFact::HOST - 1);
static_assert(static_cast<int>(StepExchange::Receive) == pb::ExchangeFact::RECEIVE - 1);
static_assert(static_cast<int>(WorkKind::Decode) == pb::ChoiceFact::DECODE - 1);

}  // namespace chokepoint
