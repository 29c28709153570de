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
  double mandate_cap = 1.0;     ///< Of the budget, at most this is ordered of it; 1 is no cap.
  int priority = 0;             ///< Higher first: captive, contract.
  /// What waiting for it takes off its utility once its lot has run out, >= 0; infinity: nobody
  /// waits. See wait_cost().
  double wait_cost = std::numeric_limits<double>::infinity();

  auto operator<=>(const Bid&) const = default;
};

/// One buyer's money for one workload at one site in one month.
struct WorkBudget {
  double money = 0.0;  ///< Dollars, >= 0.
  std::vector<Bid> bids;

  auto operator<=>(const WorkBudget&) const = default;
};

/// What a month's market came to. The first three are by [budget][bid], as in the budgets.
struct Cleared {
  std::vector<std::vector<double>> bought;  ///< Whole packages.
  /// Wished for at first and held back by a government; units, not rounded.
  std::vector<std::vector<double>> refused;
  /// Of a lot that ran out, what more would have been bought of it had it alone held enough, so
  /// that it does not add up over lots; let through and not there; units, not rounded. It does not
  /// jump where a lot holds a little more or less.
  std::vector<std::vector<double>> short_units;
  /// Wished for at first and let through, by [budget][bid] as well; units, not rounded. With what
  /// was refused it adds up to at most the budget.
  std::vector<std::vector<double>> first_choices;
  std::vector<double> money_left;  ///< By budget, dollars, what waits included; >= 0.
};

/// One month's market, in rounds:
///
/// 1. Every budget divides its money among its bids by nested logit, see choice_shares(), and
/// wishes
///    for share * money / price units of each, at most what its mandate leaves.
/// 2. Governments let `admitted_share` of a wish through. The rest is refused; the money behind it
///    never comes back to the bid at which it was refused.
/// 3. What is let through asks the lot: higher priorities first in full, within one all get the
///    same part of what they ask. A lot that has run out can still be chosen by those who would
///    wait for it: its utility falls by the cost of waiting.
/// 4. Money that bought nothing waits, if that is still the best choice of those whose it is, or
///    goes, in the next round, where the shares of all money grow now that its choice is gone or
///    late; until nothing can be had or after 12 rounds. With a nest scale of 1 that is in
///    proportion to the shares; below it the nest of the lost choice gets more.
///
/// So where the next best is much worse, money waits; where it is as good, money goes there. In
/// plain logit, what one lot with part F of first choices and part s of the money sold leaves is
/// (F - s) * q / (1 - F + F * q) that waits, q being exp(-wait cost): what buyers do each of whom
/// weighs the best lot there is against the one that he would have had first. What it waits for is
/// not kept: next month it chooses anew.
///
/// So a ban, or an empty lot that nobody waits for, leaves the others with what they would sell
/// were the offer not there, as long as they have it. Where lots run out in one round after
/// different parts of what was asked of them, money is not told apart by the lot that it comes
/// from: an approximation. A budget whose governments let shares a < b < 1 of two bids through is
/// three parts: a of the money may buy both, b - a the second, 1 - b neither. Licences go to the
/// same projects first. At the end sales become whole packages, see round_to_packages().
///
/// Money spent and left is the budget; no lot sells more than it holds; no money is below zero;
/// nothing depends on the order of budgets, but that of two budgets that are alike in everything
/// the first may get the odd package. Requires: nest_scale in (0, 1]; bids as above.
Cleared clear_market(const std::vector<Lot>& lots, const std::vector<WorkBudget>& budgets,
                     double nest_scale);

}  // namespace chokepoint
