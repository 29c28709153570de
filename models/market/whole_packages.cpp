#include "models/market/whole_packages.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace chokepoint {
namespace {

constexpr double kWholeRounding = 1e-9;  // A sum this close below a whole number is that number.

// A bid that was promised a part of a package.
struct Remainder {
  double lost = 0.0;  // Of a package.
  int priority = 0;
  std::size_t budget = 0, bid = 0;
};

// Whole packages that each lot has promised in all.
std::vector<double> promised(const std::vector<Lot>& lots, const std::vector<BudgetSales>& sales) {
  std::vector<double> units(lots.size(), 0.0);
  for (const BudgetSales& sale : sales) {
    for (std::size_t i = 0; i < sale.units.size(); ++i) {
      units[sale.budget->bids[i].lot] += sale.units[i];
    }
  }
  for (std::size_t lot = 0; lot < lots.size(); ++lot) {
    units[lot] = std::min(std::floor(units[lot] + kWholeRounding), std::floor(lots[lot].units));
  }
  return units;
}

double spent(const BudgetSales& sale) {
  double money = 0.0;
  for (std::size_t i = 0; i < sale.units.size(); ++i) {
    money += sale.units[i] * sale.budget->bids[i].price;
  }
  return money;
}

// Rounds the promises to one budget down, and appends what they lose.
void round_down(BudgetSales& sale, std::size_t budget, std::vector<Remainder>& remainders) {
  const auto& bids = sale.budget->bids;
  for (std::size_t i = 0; i < bids.size(); ++i) {
    const double whole = std::floor(sale.units[i]);
    const double lost = sale.units[i] - whole;
    sale.units[i] = whole;
    if (lost > kWholeRounding) remainders.push_back({lost, bids[i].priority, budget, i});
  }
  sale.money_left = sale.budget->money - spent(sale);
  // All of a budget in whole packages may cost one bit more than there is.
  for (std::size_t i = bids.size(); i-- > 0 && sale.money_left < 0.0;) {
    if (sale.units[i] < 1.0) continue;
    sale.units[i] -= 1.0;
    sale.money_left = sale.budget->money - spent(sale);
  }
}

bool is_first(const Remainder& a, const Remainder& b) {
  if (a.lost != b.lost) return a.lost > b.lost;
  if (a.priority != b.priority) return a.priority > b.priority;
  return a.budget != b.budget ? a.budget < b.budget : a.bid < b.bid;
}

bool has_room(const BudgetSales& sale, std::size_t i) {
  const Bid& bid = sale.budget->bids[i];
  return sale.money_left >= bid.price &&
         (bid.mandate_cap >= 1.0 ||
          (sale.units[i] + 1.0) * bid.price <= bid.mandate_cap * sale.budget->money);
}

// One more to each of `remainders` in their order, until a lot has sold `most`. Those that get one
// are taken off the list.
void give_odd_packages(const std::vector<double>& most, std::vector<Remainder>& remainders,
                       std::vector<BudgetSales>& sales) {
  std::vector<double> left = most;
  for (const BudgetSales& sale : sales) {
    for (std::size_t i = 0; i < sale.units.size(); ++i) {
      left[sale.budget->bids[i].lot] -= sale.units[i];
    }
  }
  std::erase_if(remainders, [&](const Remainder& remainder) {
    BudgetSales& sale = sales[remainder.budget];
    const Bid& bid = sale.budget->bids[remainder.bid];
    if (left[bid.lot] < 1.0 || !has_room(sale, remainder.bid)) return false;
    sale.units[remainder.bid] += 1.0;
    sale.money_left -= bid.price;
    left[bid.lot] -= 1.0;
    return true;
  });
}

}  // namespace

void round_to_packages(const std::vector<Lot>& lots, std::vector<BudgetSales>& sales) {
  const std::vector<double> most = promised(lots, sales);
  std::vector<Remainder> remainders;
  for (std::size_t budget = 0; budget < sales.size(); ++budget) {
    round_down(sales[budget], budget, remainders);
  }
  std::ranges::sort(remainders, is_first);
  give_odd_packages(most, remainders, sales);
  std::vector<double> in_stock(lots.size());
  std::ranges::transform(lots, in_stock.begin(),
                         [](const Lot& lot) { return std::floor(lot.units); });
  give_odd_packages(in_stock, remainders, sales);
}

}  // namespace chokepoint
