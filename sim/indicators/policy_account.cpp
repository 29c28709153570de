#include "sim/indicators/policy_account.hpp"

#include "sim/trace/nanoseconds.hpp"

namespace chokepoint {

Date PolicyAccount::month_of(Seconds time) const {
  return first_of_month(day_of(world->start, time));
}

template <class Event>
LicenseMonth& PolicyAccount::license(const Event& in) {
  return licenses[{month_of(in.time), in.order, in.device, in.rule, in.exception}];
}

template <class Event>
QuotaMonth& PolicyAccount::quota(const Event& in) {
  return quotas[{month_of(in.time), in.quota, in.device}];
}

void PolicyAccount::record(const TraceEvent& event) {
  std::visit(
      [this]<class Event>(const Event& in) {
        if constexpr (std::is_same_v<Event, RulingGiven>) {
          rulings.push_back(in);
        } else if constexpr (std::is_same_v<Event, LicenseFiled>) {
          license(in).filed += in.units;
        } else if constexpr (std::is_same_v<Event, LicenseDecided>) {
          LicenseMonth& month = license(in);
          if (in.outcome == LicenseOutcome::Granted) month.granted += in.units;
          if (in.outcome == LicenseOutcome::Refused) month.refused += in.units;
          if (in.outcome == LicenseOutcome::Void) month.lapsed += in.units;
        } else if constexpr (std::is_same_v<Event, QuotaDrawn>) {
          quota(in).drawn += in.units;
          quota(in).left = in.left;
        } else if constexpr (std::is_same_v<Event, QuotaExhausted>) {
          quota(in).waiting += in.units;
        } else if constexpr (std::is_same_v<Event, FeePaid>) {
          fees_usd[{month_of(in.time), in.order, in.government, in.kind, in.rule, in.exception}] +=
              in.amount.value;
        } else if constexpr (std::is_constructible_v<Adaptation, Event>) {
          adaptations.emplace_back(in);
        }
      },
      event);
}

}  // namespace chokepoint
