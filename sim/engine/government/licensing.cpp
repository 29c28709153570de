#include "sim/engine/government/licensing.hpp"

#include <algorithm>

#include "models/policy/review.hpp"

namespace chokepoint {

namespace {

/// An exception is applied for once, whatever number of rules it softens.
bool is_for(const Application& application, const Requirement& requirement) {
  if (application.exception != requirement.exception) return false;
  return requirement.exception || application.rule == requirement.rule;
}

}  // namespace

Licensing::Status Licensing::review(PendingDelivery& pending) const {
  const Order& order = world_.orders[pending.key.order.value];
  const auto requirements = regulator_.terms(goods_of(order)).requirements;
  drop(pending, requirements);
  for (const Requirement& requirement : requirements) {
    const bool is_filed = std::ranges::any_of(
        pending.applications,
        [&](const Application& application) { return is_for(application, requirement); });
    if (!is_filed) file(pending, requirement);
  }

  Status status;
  for (Application& application : pending.applications) {
    if (application.until > agenda_.now()) {
      status.open_until =
          std::min(status.open_until.value_or(application.until), application.until);
      continue;
    }
    if (!application.is_told) {
      tell(pending, application,
           application.refused ? LicenseOutcome::Refused : LicenseOutcome::Granted);
    }
    application.is_told = true;
    if (application.refused && !status.refused_by) status.refused_by = application.rule;
  }
  return status;
}

void Licensing::withdraw(const PendingDelivery& pending) const {
  for (const Application& application : pending.applications) {
    if (!application.is_told) tell(pending, application, LicenseOutcome::Void);
  }
}

void Licensing::drop(PendingDelivery& pending, const std::vector<Requirement>& requirements) const {
  std::erase_if(pending.applications, [&](const Application& application) {
    const bool is_needed = std::ranges::any_of(requirements, [&](const Requirement& requirement) {
      return is_for(application, requirement);
    });
    if (!is_needed && !application.is_told) tell(pending, application, LicenseOutcome::Void);
    return !is_needed;
  });
}

void Licensing::file(PendingDelivery& pending, const Requirement& requirement) const {
  RandomStream stream(world_.seed, stream_of(pending.key, requirement.rule));
  const Decision decision = draw(requirement.review, world_.inputs, stream);
  const Application application{requirement.rule, requirement.exception, requirement.verdict,
                                agenda_.now() + decision.time, decision.refused};
  pending.applications.push_back(application);
  const DeviceId device = world_.orders[pending.key.order.value].device;
  trace_.record(LicenseFiled{agenda_.now(), pending.key.order, device, pending.units,
                             application.rule, application.exception, requirement.verdict,
                             application.until});
}

void Licensing::tell(const PendingDelivery& pending, const Application& application,
                     LicenseOutcome outcome) const {
  const DeviceId device = world_.orders[pending.key.order.value].device;
  trace_.record(LicenseDecided{agenda_.now(), pending.key.order, device, pending.units,
                               application.rule, application.exception, outcome});
}

std::string Licensing::stream_of(const PendingKey& key, RuleId rule) const {
  std::string name = "license/";
  name.append(world_.orders[key.order.value].name).append("/");
  name.append(std::to_string(key.delivery));
  if (key.part > 0) name.append(".").append(std::to_string(key.part));
  return name.append("/").append(world_.regime.rules[rule.value].name);
}

}  // namespace chokepoint
