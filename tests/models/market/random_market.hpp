#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "models/market/clearing.hpp"

/// Random months for the laws that must hold of all of them. Numbers come from few values, so that
/// ties, empty lots, bans and mandates meet often.
namespace chokepoint::any {

struct Month {
  std::vector<Lot> lots;
  std::vector<WorkBudget> budgets;
  double nest_scale = 1.0;
};

inline double nest_scale() {
  return *rc::gen::element(0.25, 0.5, 1.0);
}

inline double utility() {
  return *rc::gen::inRange(-20, 21) / 8.0;
}

inline Bid bid(std::size_t lots) {
  Bid bid;
  bid.lot = *rc::gen::inRange(0U, static_cast<unsigned>(lots));
  bid.utility = utility();
  bid.nest = *rc::gen::inRange(0U, 3U);
  bid.price = *rc::gen::element(5'000.0, 10'000.0, 12'345.6);
  bid.admitted_share = *rc::gen::element(0.0, 0.3, 0.5, 1.0, 1.0, 1.0);
  bid.mandate_cap = *rc::gen::element(0.0, 0.2, 0.6, 1.0, 1.0, 1.0);
  bid.priority = *rc::gen::inRange(0, 3);
  bid.wait_cost = *rc::gen::element(0.0, 0.5, 3.0, std::numeric_limits<double>::infinity());
  return bid;
}

/// No two budgets are alike: their money differs.
inline Month month() {
  Month month;
  month.nest_scale = nest_scale();
  month.lots.resize(*rc::gen::inRange<std::size_t>(1, 6));
  for (Lot& lot : month.lots) lot.units = *rc::gen::element(0.0, 1.0, 7.0, 150.0, 2000.0);
  month.budgets.resize(*rc::gen::inRange<std::size_t>(1, 6));
  double more = 0.0;
  for (WorkBudget& budget : month.budgets) {
    budget.money = *rc::gen::element(0.0, 20'000.0, 1e6, 7.7e6) + more;
    more += 0.01;
    const auto bids = *rc::gen::inRange(0, 7);
    for (int i = 0; i < bids; ++i) budget.bids.push_back(bid(month.lots.size()));
  }
  return month;
}

/// A month of one budget with a bid on each of several lots that nobody can buy out, nor would wait
/// for.
inline Month ample_month() {
  Month month;
  month.nest_scale = nest_scale();
  month.lots.assign(*rc::gen::inRange<std::size_t>(2, 7), Lot{1e9});
  WorkBudget budget;
  budget.money = 7.7e6;
  for (unsigned lot = 0; lot < month.lots.size(); ++lot) {
    budget.bids.push_back(bid(month.lots.size()));
    budget.bids.back().lot = lot;
    budget.bids.back().mandate_cap = 1.0;
    budget.bids.back().wait_cost = std::numeric_limits<double>::infinity();
  }
  month.budgets = {budget};
  return month;
}

inline Cleared clear(const Month& month) {
  return clear_market(month.lots, month.budgets, month.nest_scale);
}

}  // namespace chokepoint::any
