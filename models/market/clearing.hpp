#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <vector>

namespace chokepoint {

/// What is for sale of one device this month.
struct Lot {
  double units = 0.0;  ///< Whole packages; a broken one at the end is not sold. >= 0.
};

/// One lot as one budget sees it.
struct Bid {
  std::uint32_t lot = 0;        ///< Index in the lots.
  double utility = 0.0;         ///< See offer_utility().
  std::uint32_t nest = 0;       ///< Of the choice, see ChoiceOption.
  double price = 0.0;           ///< Dollars per unit, charges passed through included; > 0.
  double admitted_share = 1.0;  ///< What both governments let through, in [0, 1].
  double mandate_cap = 1.0;     ///< Greatest share of the budget; 1 is no cap.
  int priority = 0;             ///< Higher first: captive, contract.
  /// Utility lost by waiting once its lot has run out, >= 0; infinity: nobody waits. See
  /// wait_cost().
  double wait_cost = std::numeric_limits<double>::infinity();

  auto operator<=>(const Bid&) const = default;
};

/// One buyer's money for one workload at one site in one month.
struct WorkBudget {
  double money = 0.0;  ///< Dollars, >= 0.
  std::vector<Bid> bids;

  auto operator<=>(const WorkBudget&) const = default;
};

/// The outcome of a month's market. The first three are by [budget][bid], in the order of budgets.
struct Cleared {
  std::vector<std::vector<double>> bought;  ///< Whole packages.
  /// Wished for at first and held back by a government; units, not rounded.
  std::vector<std::vector<double>> refused;
  /// Of a lot that ran out: admitted units, not rounded, that would have been bought beyond its
  /// sales if this lot alone had held enough. So it does not add up over lots. It is continuous in
  /// what a lot holds.
  std::vector<std::vector<double>> short_units;
  /// Wished for at first and let through, by [budget][bid] as well; units, not rounded. With what
  /// was refused it adds up to at most the budget.
  std::vector<std::vector<double>> first_choices;
  std::vector<double> money_left;  ///< By budget, dollars, what waits included; >= 0.
};

/// One month's market, in rounds:
///
/// 1. Every budget divides its money among its bids by nested logit, see choice_shares(). It wishes
///    for share * money / price units of each, at most what its mandate leaves.
/// 2. Governments admit `admitted_share` of a wish. The rest is refused. Its money never returns to
///    the bid at which it was refused.
/// 3. What is admitted asks the lot. Higher priorities are served first; bids of one priority get
/// the
///    same part of what they ask. Buyers who would wait may still choose a lot that has run out:
///    its utility falls by the cost of waiting.
/// 4. Money that bought nothing waits, if waiting is still its best choice. Otherwise it chooses
/// again
///    in the next round, in which the shares of all bids grow, since its first choice is gone or
///    late. With a nest scale of 1 they grow in proportion; below 1 the nest of the lost choice
///    gets more. Rounds end when nothing can be had, or after 12.
///
/// So money waits where the next best is much worse, and goes there where it is as good. In plain
/// logit, let F be the part of first choices that one lot has, s the part of the money that it
/// sold, and q = exp(-wait cost). Then (F - s) * q / (1 - F + F * q) waits: each buyer compares the
/// best lot in stock with its first choice. Next month this money chooses anew.
///
/// A ban, or an empty lot that nobody waits for, leaves the other lots with what they would sell
/// without that offer, as long as they last. Where several lots run out in one round, money is not
/// told apart by the lot that it comes from: an approximation. A budget with admitted shares
/// a < b < 1 for two bids is three parts: a of the money may buy both, b - a the second, 1 - b
/// neither. Licenses go to the same projects first. At the end sales become whole packages, see
/// round_to_packages().
///
/// Money spent and left is the budget; no lot sells more than it holds; no money is below zero.
/// Nothing depends on the order of budgets, except that the first of two equal budgets may get the
/// odd package. Requires: nest_scale in (0, 1]; bids as above.
Cleared clear_market(const std::vector<Lot>& lots, const std::vector<WorkBudget>& budgets,
                     double nest_scale);

}  // namespace chokepoint
