#pragma once

#include <array>
#include <optional>
#include <vector>

#include "models/market/utility.hpp"
#include "models/world.hpp"
#include "sim/engine/datacenter/stacks.hpp"
#include "sim/engine/economy/trust.hpp"

namespace chokepoint {

/// What one package of an offer is to a buyer for one kind of work. What serves is judged by all
/// models that are served, see ServedModel.
struct Appraised {
  double roof = 0.0;         ///< Of the work, in reference devices: nominal, see DeviceWorth.
  double useful_rate = 0.0;  ///< What its stack and its ports make of that today.
  Usd monthly_cost;          ///< Of owning it.
  double preference = 0.0;   ///< See offer_preference().
  double utility = 0.0;      ///< See offer_utility().
};

/// The same for every kind of work, by WorkKind.
using AppraisedWork = std::array<Appraised, kWorkKinds>;

/// What offers are worth to buyers.
class Appraisal {
public:
  Appraisal(const World& world, const Stacks& stacks, const Trust& trust);

  /// The appraisal of what `blanket` buys today, at `price` with charges passed through. `grey` is
  /// the route of a diverted device, null for none: it arrives later and has no support.
  AppraisedWork of(const BlanketOrder& blanket, Usd price, const GreyRoute* grey, Date today) const;

  /// Useful work of one package, in reference devices.
  double useful_rate(const BlanketOrder& blanket, WorkKind kind) const;

private:
  /// What one package serves of all that is served on a day, in reference devices.
  struct Serving {
    struct Rates {
      double prefill = 0.0, decode = 0.0;
    };
    Rates nominal, usable;
    double spans_servers = 0.0;  ///< Share of it that one server does not hold.
  };

  const Serving& serving_of(DeviceId device, Date today) const;
  Serving served_by(DeviceId device, Date today) const;
  Usd network_for(const BlanketOrder& blanket) const;
  OfferFacts facts_of(const BlanketOrder& blanket, Usd price, const GreyRoute* grey,
                      Date today) const;

  const World& world_;
  const Stacks& stacks_;
  const Trust& trust_;
  BuyerTaste taste_;
  mutable std::optional<Date> served_on_;
  mutable std::vector<std::optional<Serving>> served_;  // By device, on that day.
};

}  // namespace chokepoint
