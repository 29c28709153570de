#include "sim/engine/economy/list_prices.hpp"

#include "models/market/price.hpp"

namespace chokepoint {

ListPrices::ListPrices(const World& world) : world_(world), factor_(world.offers.size(), 1.0) {}

Usd ListPrices::list(std::uint32_t offer, Date date) const {
  return Usd{value_on(world_.offers[offer].price, date) * factor_[offer]};
}

void ListPrices::close_month(const std::vector<double>& sold, const std::vector<double>& unmet) {
  const ChoiceHabits& habits = world_.choice;
  if (habits.list.response.value == 0.0) return;  // Nobody moves them.
  const PriceBounds bounds{Usd{habits.list_floor.value}, Usd{habits.list_ceiling.value}};
  for (std::size_t i = 0; i < factor_.size(); ++i) {
    const Usd next =
        next_list_price(Usd{factor_[i]}, bounds, scarcity(unmet[i], sold[i]), habits.list);
    factor_[i] = next / Usd{1.0};
  }
}

}  // namespace chokepoint
