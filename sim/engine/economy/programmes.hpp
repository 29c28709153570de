#pragma once

#include <map>
#include <vector>

#include "models/world.hpp"

namespace chokepoint {

/// The training programmes of all buyers: what they ask for each month, and what they have. A
/// programme's cluster is one kind of device at its buyer's site, see order_of().
class Programmes {
public:
  explicit Programmes(const World& world);

  /// A device that a buyer may have this month.
  struct Option {
    DeviceId device;
    double useful = 0.0;  ///< Useful units of one package in training, > 0.
    Usd price;
    double packages = 0.0;  ///< In stock.
  };

  /// Money for one kind of device, beside the buyer's budget.
  struct Lump {
    BuyerId buyer;
    std::size_t programme = 0;  ///< Of the buyer's.
    DeviceId device;
    Usd money;
  };

  /// What the programmes of `buyer` ask for in the month of `date`. Of a device that is there by
  /// more than one way the cheapest price counts, and what all have in stock.
  std::vector<Lump> ask(BuyerId buyer, const std::vector<Option>& options, Date date) const;

  /// Gives a programme `useful` units that its money bought.
  void take(const Lump& lump, double useful);

private:
  using Groups = std::map<DeviceId, double>;  // Useful units, had or on order.

  const World& world_;
  std::vector<std::vector<Groups>> groups_;  // By buyer and programme.
};

}  // namespace chokepoint
