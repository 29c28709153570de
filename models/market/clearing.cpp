#include "models/market/clearing.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <functional>
#include <numeric>

#include "models/market/choice.hpp"
#include "models/market/sold_out.hpp"
#include "models/market/whole_packages.hpp"

namespace chokepoint {
namespace {

constexpr int kRounds = 12;
constexpr double kSumRounding =
    1e-12;  // Of a budget or a lot: what is less is the error of its sums.
constexpr double kLeastGrowth = 1e-9;  // Of shares: what is less is their error.

// Bids on one lot with one priority: all of them get the same part of what they ask.
struct Queue {
  std::uint32_t lot = 0;
  double asked = 0.0;   // Units, this round.
  double served = 0.0;  // Part of them that is there.
};

// A part of a budget's money that the same governments' decisions hold for.
struct Slice {
  double least_share = 0.0;  // Bids with this admitted share or more are let through.
  double money = 0.0;
  bool chooses = true;               // It has money, and has not chosen among its `offers` yet.
  std::vector<ChoiceOption> offers;  // One per bid.
  std::vector<bool> awaited;         // By bid: can be had later only.
  std::vector<double> shares;        // Of the offers that it chose among last.
  std::vector<double> division;      // Of its money among bids, this round.
  std::vector<double> asked;         // Units per bid, this round.
  std::vector<double> failed;        // Dollars per bid: asked of its lot last and not there.
};

struct Account {
  const WorkBudget* budget = nullptr;
  std::vector<std::size_t> queue;  // Of each bid.
  std::vector<Slice> slices;
  std::vector<double> wish;            // Dollars per bid, this round, of all slices.
  std::vector<double> within_mandate;  // Part of the wish.
  std::vector<double> bought, refused;
  std::vector<double> waits;        // Dollars per bid, of all slices.
  std::vector<double> asked_first;  // Units per bid, let through in the first round.
};

std::vector<Slice> slices_of(const WorkBudget& budget) {
  std::vector<double> levels = {1.0};
  std::vector<ChoiceOption> offers;
  offers.reserve(budget.bids.size());
  for (const Bid& bid : budget.bids) {
    offers.push_back({bid.nest, bid.utility, true});
    if (bid.admitted_share > 0.0) levels.push_back(bid.admitted_share);
  }
  std::ranges::sort(levels);
  levels.erase(std::unique(levels.begin(), levels.end()), levels.end());
  std::vector<Slice> slices;
  slices.reserve(levels.size());
  double below = 0.0;
  for (const double level : levels) {
    Slice slice;
    slice.least_share = level;
    slice.money = budget.money * (level - below);
    slice.offers = offers;
    slice.shares.assign(offers.size(), 0.0);
    slice.division.assign(offers.size(), 0.0);
    slice.asked.assign(offers.size(), 0.0);
    slice.failed.assign(offers.size(), 0.0);
    slice.awaited.assign(offers.size(), false);
    slices.push_back(std::move(slice));
    below = level;
  }
  return slices;
}

class Market {
public:
  Market(const std::vector<Lot>& lots, const std::vector<WorkBudget>& budgets, double nest_scale)
      : logit_(nest_scale) {
    for (const Lot& lot : lots) {
      assert(lot.units >= 0.0);
      left_.push_back(std::floor(lot.units));
    }
    runs_out_below_ = left_;
    for (double& units : runs_out_below_) units *= kSumRounding;
    // Richest first: sums are taken in an order that does not depend on that of the budgets.
    order_.resize(budgets.size());
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    std::ranges::stable_sort(order_,
                             [&](std::size_t a, std::size_t b) { return budgets[b] < budgets[a]; });
    for (const std::size_t budget : order_) open_account(budgets[budget]);
    find_queues();
  }

  void trade() {
    for (int round = 0; round < kRounds && ask(); ++round) {
      if (round == 0) note_first_choices();
      serve();
      settle();
    }
  }

  Cleared result(const std::vector<Lot>& lots) const {
    std::vector<BudgetSales> sales;
    for (const Account& account : accounts_) sales.push_back({account.budget, account.bought, 0.0});
    round_to_packages(lots, sales);
    Cleared cleared;
    cleared.bought.resize(order_.size());
    cleared.refused.resize(order_.size());
    cleared.short_units.resize(order_.size());
    cleared.first_choices.resize(order_.size());
    cleared.money_left.resize(order_.size());
    for (std::size_t i = 0; i < order_.size(); ++i) {
      cleared.bought[order_[i]] = std::move(sales[i].units);
      cleared.refused[order_[i]] = accounts_[i].refused;
      cleared.short_units[order_[i]] = short_units(accounts_[i]);
      cleared.first_choices[order_[i]] = accounts_[i].asked_first;
      cleared.money_left[order_[i]] = sales[i].money_left;
    }
    return cleared;
  }

private:
  // Money divides by first choices as far as lots let it, so that each is asked for the same
  // multiple of what it was at first. What can be had no more sells what it sold, and of the rest
  // exp(-wait cost) waits. That multiple times its own, less what was bought, is what a bid is
  // short of. For scale 1 these are the rounds with that lot alone endless; within nests it is
  // nearly so.
  std::vector<double> short_units(const Account& account) const {
    const auto& bids = account.budget->bids;
    std::vector<SoldOut> sold_out;
    std::vector<std::size_t> bid_of;
    double open = 0.0;  // Asked for at first of what can still be had.
    for (std::size_t i = 0; i < bids.size(); ++i) {
      const double first = account.asked_first[i] * bids[i].price;
      if (first <= 0.0) continue;
      if (!is_over(account, i)) {
        open += first;
        continue;
      }
      const double sold = account.bought[i] * bids[i].price;
      const double waits = has_run_out(bids[i].lot) ? std::exp(-bids[i].wait_cost) : 0.0;
      sold_out.push_back({first, sold, waits, sold + mandate_left(account, i)});
      bid_of.push_back(i);
    }
    std::vector<double> units(bids.size(), 0.0);
    const SpentBudget spent(sold_out, open, account.budget->money);
    double multiple = 0.0;
    for (std::size_t k = 0; k < sold_out.size(); ++k) {
      const std::size_t i = bid_of[k];
      if (!has_run_out(bids[i].lot)) continue;
      multiple = spent.multiple_without(k, multiple);
      const double more =
          std::min(sold_out[k].first * multiple - sold_out[k].sold, mandate_left(account, i));
      units[i] = std::max(0.0, more) / bids[i].price;
    }
    return units;
  }

  bool has_run_out(std::uint32_t lot) const { return left_[lot] <= runs_out_below_[lot]; }

  void open_account(const WorkBudget& budget) {
    assert(budget.money >= 0.0);
    for (const Bid& bid : budget.bids) {
      assert(bid.lot < left_.size() && bid.price > 0.0 && bid.mandate_cap >= 0.0);
      assert(0.0 <= bid.admitted_share && bid.admitted_share <= 1.0);
    }
    const std::vector<double> none(budget.bids.size(), 0.0);
    accounts_.push_back({&budget, {}, slices_of(budget), none, none, none, none, none, none});
  }

  // As many queues for every lot as there are priorities, by lot, then the higher priority first.
  void find_queues() {
    std::vector<int> priorities;
    for (const Account& account : accounts_) {
      for (const Bid& bid : account.budget->bids) {
        const auto at = std::ranges::find(priorities, bid.priority);
        if (at == priorities.end()) priorities.push_back(bid.priority);
      }
    }
    std::ranges::sort(priorities, std::greater<>());
    for (std::uint32_t lot = 0; lot < left_.size(); ++lot) {
      queues_.insert(queues_.end(), priorities.size(), Queue{lot});
    }
    for (Account& account : accounts_) {
      for (const Bid& bid : account.budget->bids) {
        const auto at = std::ranges::find(priorities, bid.priority);
        account.queue.push_back(bid.lot * priorities.size() +
                                static_cast<std::size_t>(at - priorities.begin()));
      }
    }
  }

  // Whether anybody wishes for anything.
  bool ask() {
    for (Queue& queue : queues_) queue.asked = 0.0;
    bool wishes = false;
    for (Account& account : accounts_) {
      std::ranges::fill(account.wish, 0.0);
      for (Slice& slice : account.slices) {
        slice.chooses = slice.chooses && slice.money > account.budget->money * kSumRounding;
        if (!slice.chooses) continue;
        divide(account, slice);
        for (std::size_t i = 0; i < slice.division.size(); ++i) {
          account.wish[i] += slice.money * slice.division[i];
          wishes = wishes || (slice.division[i] > 0.0 && !slice.awaited[i]);
        }
      }
      heed_mandates(account);
      for (Slice& slice : account.slices) ask_for(account, slice);
    }
    return wishes;
  }

  // Money whose first choice is gone waits for it as far as its share holds, and goes else where
  // the shares of all money would grow: so that a choice that failed leaves what would have been
  // without it, and its nest inherits most.
  void divide(Account& account, Slice& slice) {
    const std::vector<double>& shares = logit_.shares(slice.offers);
    double growth = 0.0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
      if (slice.awaited[i] && slice.failed[i] > 0.0) {
        const double still = shares[i] < slice.shares[i] ? shares[i] / slice.shares[i] : 1.0;
        const double waits = std::min(slice.failed[i] * still, mandate_room(account, i));
        account.waits[i] += waits;
        slice.money = std::max(0.0, slice.money - waits);
      }
      slice.failed[i] = 0.0;
    }
    for (std::size_t i = 0; i < shares.size(); ++i) {
      slice.division[i] = std::max(0.0, shares[i] - slice.shares[i]);
      growth += slice.division[i];
    }
    slice.shares = shares;
    if (growth < kLeastGrowth) {
      slice.division = shares;
    } else {
      for (double& part : slice.division) part /= growth;
    }
  }

  static void heed_mandates(Account& account) {
    for (std::size_t i = 0; i < account.wish.size(); ++i) {
      const double room = mandate_room(account, i);
      account.within_mandate[i] = account.wish[i] <= room ? 1.0 : room / account.wish[i];
    }
  }

  // Dollars that may still be wished for, by mandate.
  static double mandate_left(const Account& account, std::size_t i) {
    const Bid& bid = account.budget->bids[i];
    if (bid.mandate_cap >= 1.0) return std::numeric_limits<double>::infinity();
    const double ordered = (account.bought[i] + account.refused[i]) * bid.price;
    return std::max(0.0, bid.mandate_cap * account.budget->money - ordered);
  }

  // And that nothing waits for yet.
  static double mandate_room(const Account& account, std::size_t i) {
    return std::max(0.0, mandate_left(account, i) - account.waits[i]);
  }

  // What one slice wishes for and its mandate allows: refused, or put to the lot.
  void ask_for(Account& account, Slice& slice) {
    if (!slice.chooses) return;
    slice.chooses = false;
    double waits = 0.0;
    for (std::size_t i = 0; i < slice.offers.size(); ++i) {
      if (slice.awaited[i]) {
        const double within = slice.division[i] * account.within_mandate[i];
        account.waits[i] += slice.money * within;
        waits += within;
        continue;
      }
      const Bid& bid = account.budget->bids[i];
      const double units = slice.money * slice.division[i] * account.within_mandate[i] / bid.price;
      const bool let_through = bid.admitted_share >= slice.least_share;
      slice.asked[i] = let_through ? units : 0.0;
      queues_[account.queue[i]].asked += slice.asked[i];
      if (!let_through) {
        account.refused[i] += units;
        withdraw(slice, i);
      }
    }
    slice.money *= std::max(0.0, 1.0 - waits);
  }

  static void withdraw(Slice& slice, std::size_t i) {
    slice.chooses = slice.chooses || slice.offers[i].available;
    slice.offers[i].available = false;
    slice.awaited[i] = false;
  }

  static void put_off(Slice& slice, std::size_t i, double cost) {
    if (slice.awaited[i] || !slice.offers[i].available) return;
    slice.chooses = true;
    slice.awaited[i] = true;
    slice.offers[i].utility -= cost;
  }

  void note_first_choices() {
    for (Account& account : accounts_) {
      for (const Slice& slice : account.slices) {
        for (std::size_t i = 0; i < slice.asked.size(); ++i) {
          account.asked_first[i] += slice.asked[i];
        }
      }
    }
  }

  void serve() {
    for (Queue& queue : queues_) {
      double& left = left_[queue.lot];
      queue.served = queue.asked > left ? left / queue.asked : 1.0;
      left = std::max(0.0, left - queue.asked);
    }
  }

  void settle() {
    for (Account& account : accounts_) {
      for (Slice& slice : account.slices) settle_slice(account, slice);
      for (std::size_t i = 0; i < account.wish.size(); ++i) {
        if (!is_over(account, i)) continue;
        const double cost = account.budget->bids[i].wait_cost;
        const bool is_awaited = std::isfinite(cost) && !is_used_up(account, i);
        for (Slice& slice : account.slices) {
          if (is_awaited) {
            put_off(slice, i, cost);
          } else {
            withdraw(slice, i);
          }
        }
      }
    }
  }

  void settle_slice(Account& account, Slice& slice) {
    for (std::size_t i = 0; i < slice.asked.size(); ++i) {
      if (slice.asked[i] <= 0.0) continue;
      const double had = slice.asked[i] * queues_[account.queue[i]].served;
      account.bought[i] += had;
      const double price = account.budget->bids[i].price;
      slice.money = std::max(0.0, slice.money - had * price);
      slice.failed[i] = (slice.asked[i] - had) * price;
      slice.asked[i] = 0.0;
    }
  }

  // Of a lot that has run out and on a mandate that is used up nothing more can be had.
  bool is_over(const Account& account, std::size_t i) const {
    return has_run_out(account.budget->bids[i].lot) || is_used_up(account, i);
  }

  static bool is_used_up(const Account& account, std::size_t i) {
    return mandate_room(account, i) <= account.budget->money * kSumRounding;
  }

  NestedLogit logit_;
  std::vector<std::size_t> order_;  // Budgets as accounts_ have them.
  std::vector<Account> accounts_;
  std::vector<Queue> queues_;
  std::vector<double> left_, runs_out_below_;  // Units per lot.
};

}  // namespace

Cleared clear_market(const std::vector<Lot>& lots, const std::vector<WorkBudget>& budgets,
                     double nest_scale) {
  Market market(lots, budgets, nest_scale);
  market.trade();
  return market.result(lots);
}

}  // namespace chokepoint
