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
  std::vector<Purse> purses;
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

/// No two purses are alike: their money differs.
inline Month month() {
  Month month;
  month.nest_scale = nest_scale();
  month.lots.resize(*rc::gen::inRange<std::size_t>(1, 6));
  for (Lot& lot : month.lots) lot.units = *rc::gen::element(0.0, 1.0, 7.0, 150.0, 2000.0);
  month.purses.resize(*rc::gen::inRange<std::size_t>(1, 6));
  double more = 0.0;
  for (Purse& purse : month.purses) {
    purse.money = *rc::gen::element(0.0, 20'000.0, 1e6, 7.7e6) + more;
    more += 0.01;
    const auto bids = *rc::gen::inRange(0, 7);
    for (int i = 0; i < bids; ++i) purse.bids.push_back(bid(month.lots.size()));
  }
  return month;
}

/// A month of one purse with a bid on each of several lots that nobody can buy out, nor would wait
/// for.
inline Month ample_month() {
  Month month;
  month.nest_scale = nest_scale();
  month.lots.assign(*rc::gen::inRange<std::size_t>(2, 7), Lot{1e9});
  Purse purse;
  purse.money = 7.7e6;
  for (unsigned lot = 0; lot < month.lots.size(); ++lot) {
    purse.bids.push_back(bid(month.lots.size()));
    purse.bids.back().lot = lot;
    purse.bids.back().mandate_cap = 1.0;
    purse.bids.back().wait_cost = std::numeric_limits<double>::infinity();
  }
  month.purses = {purse};
  return month;
}

inline Cleared clear(const Month& month) {
  return clear_market(month.lots, month.purses, month.nest_scale);
}

}  // namespace chokepoint::any
