#include "sim/engine/licensing.hpp"

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

Licensing::Standing Licensing::review(Parcel& parcel) const {
  const Order& order = world_.orders[parcel.key.order.value];
  const auto requirements = regulator_.terms(consignment_of(order)).requirements;
  drop(parcel, requirements);
  for (const Requirement& requirement : requirements) {
    const bool is_filed = std::any_of(
        parcel.applications.begin(), parcel.applications.end(),
        [&](const Application& application) { return is_for(application, requirement); });
    if (!is_filed) file(parcel, requirement);
  }

  Standing standing;
  for (Application& application : parcel.applications) {
    if (application.until > agenda_.now()) {
      standing.open_until =
          std::min(standing.open_until.value_or(application.until), application.until);
      continue;
    }
    if (!application.is_told) {
      tell(parcel, application,
           application.refused ? LicenseOutcome::Refused : LicenseOutcome::Granted);
    }
    application.is_told = true;
    if (application.refused && !standing.refused_by) standing.refused_by = application.rule;
  }
  return standing;
}

void Licensing::withdraw(const Parcel& parcel) const {
  for (const Application& application : parcel.applications) {
    if (!application.is_told) tell(parcel, application, LicenseOutcome::Void);
  }
}

void Licensing::drop(Parcel& parcel, const std::vector<Requirement>& requirements) const {
  std::erase_if(parcel.applications, [&](const Application& application) {
    const bool is_needed = std::any_of(
        requirements.begin(), requirements.end(),
        [&](const Requirement& requirement) { return is_for(application, requirement); });
    if (!is_needed && !application.is_told) tell(parcel, application, LicenseOutcome::Void);
    return !is_needed;
  });
}

void Licensing::file(Parcel& parcel, const Requirement& requirement) const {
  RandomStream stream(world_.seed, stream_of(parcel.key, requirement.rule));
  const Decision decision = draw(requirement.review, world_.inputs, stream);
  const Application application{requirement.rule, requirement.exception, requirement.verdict,
                                agenda_.now() + decision.time, decision.refused};
  parcel.applications.push_back(application);
  const DeviceId device = world_.orders[parcel.key.order.value].device;
  trace_.record(LicenseFiled{agenda_.now(), parcel.key.order, device, parcel.units,
                             application.rule, application.exception, requirement.verdict,
                             application.until});
}

void Licensing::tell(const Parcel& parcel, const Application& application,
                     LicenseOutcome outcome) const {
  const DeviceId device = world_.orders[parcel.key.order.value].device;
  trace_.record(LicenseDecided{agenda_.now(), parcel.key.order, device, parcel.units,
                               application.rule, application.exception, outcome});
}

std::string Licensing::stream_of(const ParcelKey& key, RuleId rule) const {
  std::string name = "license/";
  name.append(world_.orders[key.order.value].name).append("/");
  name.append(std::to_string(key.delivery));
  if (key.part > 0) name.append(".").append(std::to_string(key.part));
  return name.append("/").append(world_.regime.rules[rule.value].name);
}

}  // namespace chokepoint
