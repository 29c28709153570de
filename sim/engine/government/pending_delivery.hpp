#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

#include "models/calendar.hpp"
#include "models/ids.hpp"
#include "models/policy/rule.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// One application or notice for a pending delivery, and how it ends.
struct Application {
  RuleId rule;                           ///< That asks for it,
  std::optional<ExceptionId> exception;  ///< or that this softens.
  Verdict verdict = Verdict::Free;       ///< Under which it is decided.
  Seconds until;                         ///< When it is decided.
  bool refused = false;                  ///< Drawn when it is filed, known when it is decided.
  bool is_told = false;                  ///< The decision is in the trace.
};

/// Which delivery of which order is pending. Keys sort as the queue does: first come, first served,
/// by date, then by order.
struct PendingKey {
  Date due;
  OrderId order;
  std::uint32_t delivery = 0;  ///< Index among the deliveries of the order in the run.
  std::uint32_t part = 0;      ///< 0: the delivery itself; others: what of it was brought forward.
  auto operator<=>(const PendingKey&) const = default;
};

/// Units of one delivery that are due and have not left.
struct PendingDelivery {
  PendingKey key;
  double units = 0.0;
  Usd price;                    ///< Of one package.
  InputId input;                ///< Figure behind the units.
  double admitted_share = 1.0;  ///< Least share at which they were admitted so far.
  std::vector<Application> applications;
  Seconds awaited;                 ///< When the decision is due that it last waited for.
  bool was_short = false;          ///< Of supply.
  std::vector<QuotaId> exhausted;  ///< Quotas that did not cover it at some time.

  /// True where a license was applied for; a notice is none.
  bool is_licensed() const {
    return std::ranges::any_of(applications,
                               [](const Application& a) { return a.verdict > Verdict::Notified; });
  }
};

}  // namespace chokepoint
