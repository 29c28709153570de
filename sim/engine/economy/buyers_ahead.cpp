#include <algorithm>
#include <cmath>
#include <memory>

#include "models/world.hpp"
#include "sim/engine/economy/buyers.hpp"

namespace chokepoint {

namespace {

constexpr std::uint32_t kAhead = 1;  // Of a day's purchases the first that is not a month's.
constexpr std::chrono::days kDaysOfPart{7};  // Between parts of what is bought ahead.

}  // namespace

// What is wanted ahead leaves in equal parts, a week apart, until the last of the days on which
// something takes effect: neither sellers nor customs clear months of sales in a day.
void Buyers::on_announced(const Regime& known, const std::set<Date>& effective) {
  auto rush = std::make_shared<Rush>();
  rush->announced = today();
  for (const BlanketOrder& blanket : world_.blanket_orders) {
    const Goods goods = goods_of(world_.orders[blanket.order.value]);
    for (const Date day : effective) {
      const double share = regulator_.judge_by(known, day, goods).admitted_share;
      if (share < kCutShare) rush->held_back.push_back({blanket, day, share});
    }
  }
  if (rush->held_back.empty()) return;
  const auto days = static_cast<double>((*effective.rbegin() - today()).count());
  rush->parts = static_cast<int>(std::ceil(days / kDaysOfPart.count()));
  for (int part = 1; part < rush->parts; ++part) {
    agenda_.at(world_.opening(today() + part * kDaysOfPart), Phase::BuyAhead,
               [this, rush] { buy_ahead(*rush); });
  }
  buy_ahead(*rush);
}

void Buyers::buy_ahead(const Rush& rush) {
  std::vector<Choice> choices;
  for (const HeldBack& held : rush.held_back) {
    const bool is_chosen = !choices.empty() && choices.back().blanket.order == held.blanket.order;
    if (is_chosen || !is_last_chance(held)) continue;
    if (const auto found = choice(held.blanket, today())) choices.push_back(*found);
  }
  if (choices.empty()) return;
  std::vector<Usd> ahead;
  const std::size_t month = month_of(today());
  for (const auto& budget : budgets_) {
    ahead.push_back(budget[month] * (world_.choice.hoarding_months.value / rush.parts));
  }
  // Rushes that overlap began on different days.
  const auto which = kAhead + static_cast<std::uint32_t>((today() - rush.announced).count());
  const auto left = trade(choices, ahead, today(), which).left;
  // Sums of parts may differ from the whole in the last digit.
  for (std::size_t i = 0; i < ahead.size(); ++i) {
    debts_[i] += std::max(Usd{}, ahead[i] - left[i]);
  }
}

bool Buyers::is_last_chance(const HeldBack& held) const {
  const Offer& offer = world_.offers[held.blanket.offer];
  if (held.on <= today() || value_on(offer.price, today()) <= 0.0) return false;
  const Goods goods = goods_of(world_.orders[held.blanket.order.value]);
  const double now = regulator_.judge(goods, ShipmentState::Offered).admitted_share;
  return now > kCutShare && held.share < kCutShare * now;
}

}  // namespace chokepoint
