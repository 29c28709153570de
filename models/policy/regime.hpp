#pragma once

#include <optional>
#include <vector>

#include "models/policy/rule.hpp"

namespace chokepoint {

/// What one government says of a shipment on a day.
struct Ruling {
  Verdict verdict = Verdict::Free;  ///< Free also where a license lifts the rule.
  std::optional<RuleId> rule;       ///< The rule that decided; none where no rule applies.
  /// Of the rule that decided, else of another licensed rule that applies: the units that are
  /// admitted move under it.
  std::optional<LicenseId> license;
  double admitted_share = 1.0;        ///< Of the units asked for, in [0, 1].
  double revenue_share = 0.0;         ///< Of their price, for the government: sum over licenses.
  Seconds notice;                     ///< Delay before they may move: the longest of all rules.
  std::optional<RuleId> notice_rule;  ///< That asks for `notice`; set where there is one.
  std::optional<InputId> input;       ///< Figure behind the admitted share.
};

/// All rules and licenses of the world; a government's are those that name it. `rules[i]` is
/// RuleId{i}, `licenses[i]` is LicenseId{i}.
struct Regime {
  std::vector<Rule> rules;
  std::vector<License> licenses;

  /// The most restrictive ruling of `government`: the least admitted share, then the most severe
  /// verdict, then the first rule. Shares of revenue add up and the longest notice holds, whichever
  /// rule decides: one more rule never frees anything.
  ///
  /// A license that applies replaces its own rule's ruling: Free, the granted share, the revenue
  /// share, no notice. Of several under one rule that which grants most, then the first.
  /// Linear in the rules; does not allocate.
  Ruling judge(Country government, const Shipment& shipment, Date date) const;
};

/// Who holds a shipment back.
enum class Gate { None, Exporter, Importer, Both };

/// What both governments say together. A domestic shipment is judged once, as an import; its
/// exporter's ruling is Free.
struct TwoGateRuling {
  Ruling exporter, importer;
  double admitted_share = 1.0;  ///< The lesser of both.
  Gate gate = Gate::None;       ///< Whose share is the lesser; Both when equal and below 1.
  double revenue_share = 0.0;   ///< Sum of both governments' shares.
  Seconds notice;               ///< The longer of both.
};

/// The rulings of the exporting and of the importing government, and what they come to.
TwoGateRuling judge(const Regime& regime, const Shipment& shipment, Date date);

/// Units of `asked` that may move: floor(asked * share), exact for shares of 0 and 1. A product
/// that is short of a whole number by less than 1e-12 of itself counts as that number: 0.29 of 100
/// packages are 29, whatever 0.29 is in binary. Requires: asked >= 0, share in [0, 1].
double admitted_units(double asked, double share);

}  // namespace chokepoint
