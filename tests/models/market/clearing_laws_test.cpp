// What must hold of every month's market, for random ones.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "models/market/choice.hpp"
#include "tests/models/market/random_market.hpp"

namespace chokepoint {
namespace {

std::vector<double> choice_of(const WorkBudget& budget, double nest_scale) {
  std::vector<ChoiceOption> offers;
  for (const Bid& bid : budget.bids) offers.push_back({bid.nest, bid.utility, true});
  return choice_shares(offers, nest_scale);
}

std::size_t any_bid(const any::Month& month) {
  return *rc::gen::inRange<std::size_t>(0, month.budgets[0].bids.size());
}

TEST_CASE("law: money is spent or left, and no lot sells more than it holds", "[market][law]") {
  CHECK(rc::check([] {
    const any::Month month = any::month();
    const Cleared cleared = any::clear(month);
    std::vector<double> sold(month.lots.size(), 0.0);
    for (std::size_t p = 0; p < month.budgets.size(); ++p) {
      const WorkBudget& budget = month.budgets[p];
      double money = cleared.money_left[p];
      RC_ASSERT(money >= 0.0);
      for (std::size_t b = 0; b < budget.bids.size(); ++b) {
        const double units = cleared.bought[p][b];
        RC_ASSERT(units >= 0.0 && units == std::floor(units));
        RC_ASSERT(cleared.refused[p][b] >= 0.0 && cleared.short_units[p][b] >= 0.0);
        money += units * budget.bids[b].price;
        sold[budget.bids[b].lot] += units;
      }
      RC_ASSERT(std::abs(money - budget.money) <= 1e-9 * budget.money);
    }
    for (std::size_t i = 0; i < sold.size(); ++i) RC_ASSERT(sold[i] <= month.lots[i].units);
  }));
}

TEST_CASE("law: the order of budgets never matters", "[market][law]") {
  CHECK(rc::check([] {
    const any::Month month = any::month();
    std::vector<std::size_t> order(month.budgets.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = order.size(); i > 1; --i) {
      std::swap(order[i - 1], order[*rc::gen::inRange<std::size_t>(0, i)]);
    }
    any::Month other = month;
    for (std::size_t i = 0; i < order.size(); ++i) other.budgets[i] = month.budgets[order[i]];
    const Cleared a = any::clear(month);
    const Cleared b = any::clear(other);
    for (std::size_t i = 0; i < order.size(); ++i) {
      RC_ASSERT(b.bought[i] == a.bought[order[i]]);
      RC_ASSERT(b.refused[i] == a.refused[order[i]]);
      RC_ASSERT(b.short_units[i] == a.short_units[order[i]]);
      RC_ASSERT(b.money_left[i] == a.money_left[order[i]]);
    }
  }));
}

// But for the package that a bid may get by rounding.
TEST_CASE("law: no bid gets more of its budget than governments and mandates let through",
          "[market][law]") {
  CHECK(rc::check([] {
    const any::Month month = any::month();
    const Cleared cleared = any::clear(month);
    for (std::size_t p = 0; p < month.budgets.size(); ++p) {
      const WorkBudget& budget = month.budgets[p];
      for (std::size_t b = 0; b < budget.bids.size(); ++b) {
        const Bid& bid = budget.bids[b];
        const double spent = cleared.bought[p][b] * bid.price;
        RC_ASSERT(spent <= bid.admitted_share * budget.money + bid.price);
        RC_ASSERT(spent <= bid.mandate_cap * budget.money * (1.0 + 1e-9));
        if (bid.admitted_share == 0.0) RC_ASSERT(spent == 0.0);
      }
    }
  }));
}

TEST_CASE("law: what is refused is the part held back of what is wanted first", "[market][law]") {
  CHECK(rc::check([] {
    const any::Month month = any::month();
    const Cleared cleared = any::clear(month);
    for (std::size_t p = 0; p < month.budgets.size(); ++p) {
      const WorkBudget& budget = month.budgets[p];
      const auto shares = choice_of(budget, month.nest_scale);
      for (std::size_t b = 0; b < budget.bids.size(); ++b) {
        const Bid& bid = budget.bids[b];
        const double wish = budget.money * std::min(shares[b], bid.mandate_cap) / bid.price;
        RC_ASSERT(std::abs(cleared.refused[p][b] - (1.0 - bid.admitted_share) * wish) <=
                  1e-9 * (1.0 + wish));
      }
    }
  }));
}

TEST_CASE("law: with ample supply and a free offer all money but for a package is spent",
          "[market][law]") {
  CHECK(rc::check([] {
    any::Month month = any::ample_month();
    month.budgets[0].bids[any_bid(month)].admitted_share = 1.0;
    double most = 0.0;
    for (const Bid& bid : month.budgets[0].bids) most = std::max(most, bid.price);
    RC_ASSERT(any::clear(month).money_left[0] < most);
  }));
}

// Between 700 and 1,500 packages are bought in all; rounding moves less than one per bid.
TEST_CASE("law: a better or cheaper offer never loses", "[market][law]") {
  CHECK(rc::check([] {
    any::Month month = any::ample_month();
    const std::size_t bid = any_bid(month);
    const bool scarce = *rc::gen::inRange(0, 2) == 0;
    if (scarce) month.lots[any_bid(month)].units = *rc::gen::inRange(0, 300);
    const double before = any::clear(month).bought[0][bid];
    any::Month better = month;
    better.budgets[0].bids[bid].utility += *rc::gen::inRange(0, 20) / 8.0;
    RC_ASSERT(any::clear(better).bought[0][bid] >= before - 1.0);
    any::Month cheaper = month;
    cheaper.budgets[0].bids[bid].price *= *rc::gen::inRange(1, 9) / 8.0;
    RC_ASSERT(any::clear(cheaper).bought[0][bid] >= before - 1.0);
  }));
}

TEST_CASE("law: to take an offer away never lowers what the others sell", "[market][law]") {
  CHECK(rc::check([] {
    const any::Month month = any::ample_month();
    const std::size_t gone = any_bid(month);
    any::Month fewer = month;
    auto& bids = fewer.budgets[0].bids;
    bids.erase(bids.begin() + static_cast<std::ptrdiff_t>(gone));
    const Cleared before = any::clear(month);
    const Cleared after = any::clear(fewer);
    for (std::size_t b = 0; b < bids.size(); ++b) {
      RC_ASSERT(after.bought[0][b] >= before.bought[0][b < gone ? b : b + 1] - 1.0);
    }
  }));
}

TEST_CASE("law: a banned offer leaves the others what they would sell without it",
          "[market][law]") {
  CHECK(rc::check([] {
    any::Month month = any::ample_month();
    const std::size_t gone = any_bid(month);
    auto& bids = month.budgets[0].bids;
    for (Bid& bid : bids) bid.admitted_share = *rc::gen::element(0.0, 0.5, 1.0);
    any::Month fewer = month;
    fewer.budgets[0].bids.erase(fewer.budgets[0].bids.begin() + static_cast<std::ptrdiff_t>(gone));
    if (*rc::gen::inRange(0, 2) == 0) {
      bids[gone].admitted_share = 0.0;
    } else {
      bids[gone].admitted_share = 1.0;
      month.lots[gone].units = 0.0;
    }
    const Cleared banned = any::clear(month);
    const Cleared without = any::clear(fewer);
    for (std::size_t b = 0; b + 1 < bids.size(); ++b) {
      const double units = banned.bought[0][b < gone ? b : b + 1];
      RC_ASSERT(std::abs(without.bought[0][b] - units) <= 1.0);
    }
  }));
}

TEST_CASE("law: to let more of a foreign offer in never raises what domestic ones sell",
          "[market][law]") {
  CHECK(rc::check([] {
    any::Month month = any::ample_month();
    auto& bids = month.budgets[0].bids;
    const std::size_t domestic = bids.size() / 2;
    for (std::size_t b = 0; b < domestic; ++b) bids[b].admitted_share = 1.0;
    const auto at_home = [&] {
      const auto bought = any::clear(month).bought[0];
      return std::accumulate(bought.begin(), bought.begin() + static_cast<std::ptrdiff_t>(domestic),
                             0.0);
    };
    Bid& foreign = bids[*rc::gen::inRange(domestic, bids.size())];
    const double before = at_home();
    foreign.admitted_share += (1.0 - foreign.admitted_share) * *rc::gen::inRange(0, 9) / 8.0;
    RC_ASSERT(at_home() <= before + static_cast<double>(domestic));
  }));
}

TEST_CASE("law: where waiting costs nothing an empty lot leaves the others their first choices",
          "[market][law]") {
  CHECK(rc::check([] {
    any::Month month = any::ample_month();
    for (Bid& bid : month.budgets[0].bids) bid.admitted_share = 1.0;
    const Cleared ample = any::clear(month);
    const std::size_t scarce = any_bid(month);
    month.budgets[0].bids[scarce].wait_cost = 0.0;
    month.lots[scarce].units = *rc::gen::inRange(0, 300);
    const Cleared cleared = any::clear(month);
    for (std::size_t b = 0; b < month.budgets[0].bids.size(); ++b) {
      if (b == scarce) continue;
      RC_ASSERT(std::abs(cleared.bought[0][b] - ample.bought[0][b]) <= 1.0);
    }
  }));
}

TEST_CASE("law: dearer waiting never leaves more money nor lowers what another lot sells",
          "[market][law]") {
  CHECK(rc::check([] {
    any::Month month = any::ample_month();
    auto& bids = month.budgets[0].bids;
    for (Bid& bid : bids) bid.admitted_share = 1.0;
    const std::size_t scarce = any_bid(month);
    bids[scarce].wait_cost = *rc::gen::inRange(0, 20) / 8.0;
    month.lots[scarce].units = *rc::gen::inRange(0, 300);
    const Cleared before = any::clear(month);
    bids[scarce].wait_cost += *rc::gen::inRange(0, 20) / 8.0;
    const Cleared after = any::clear(month);
    double most = 0.0;
    for (const Bid& bid : bids) most = std::max(most, bid.price);
    RC_ASSERT(after.money_left[0] <= before.money_left[0] + most);
    for (std::size_t b = 0; b < bids.size(); ++b) {
      RC_ASSERT(after.bought[0][b] >= before.bought[0][b] - 1.0);
    }
  }));
}

TEST_CASE("law: a higher priority never gets less", "[market][law]") {
  CHECK(rc::check([] {
    any::Month month = any::month();
    std::vector<Bid>& bids = month.budgets[0].bids;
    if (bids.empty()) return;
    const std::size_t bid = any_bid(month);
    const double before = any::clear(month).bought[0][bid];
    bids[bid].priority += *rc::gen::inRange(1, 3);
    const double after = any::clear(month).bought[0][bid];
    RC_CLASSIFY(after > before, "gets more");
    RC_ASSERT(after >= before - 1.0);
  }));
}

TEST_CASE("law: one lot and more money than it costs: it is sold out", "[market][law]") {
  CHECK(rc::check([] {
    any::Month month = any::month();
    month.lots.resize(1);
    double money = 0.0;
    for (WorkBudget& budget : month.budgets) {
      budget.bids.assign(1, any::bid(1));
      budget.bids[0].price = 10'000.0;
      budget.bids[0].admitted_share = 1.0;
      budget.bids[0].mandate_cap = 1.0;
      money += std::floor(budget.money / 10'000.0) - 1.0;
    }
    if (money < month.lots[0].units) return;
    double sold = 0.0;
    for (const auto& bought : any::clear(month).bought) sold += bought[0];
    RC_ASSERT(sold == month.lots[0].units);
  }));
}

}  // namespace
}  // namespace chokepoint
