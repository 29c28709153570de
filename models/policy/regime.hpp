#pragma once

#include <optional>
#include <span>
#include <vector>

#include "models/policy/ownership.hpp"
#include "models/policy/quota.hpp"
#include "models/policy/rule.hpp"

namespace chokepoint {

/// What one side says of a shipment on a day.
struct Ruling {
  Verdict verdict = Verdict::Free;
  Country government;          ///< Whose rule decided; unset where none applies.
  std::optional<RuleId> rule;  ///< The rule that decided; none where no rule applies.
  /// That softened the rule that decided, else another rule that applies: what is admitted moves
  /// under it.
  std::optional<ExceptionId> exception;
  double admitted_share = 1.0;                ///< Of the units asked for, in [0, 1]: the least.
  std::optional<RuleId> limiting_rule;        ///< That admits the least; set below 1.
  std::optional<InputId> input;               ///< Figure behind the admitted share.
  double refusal_probability = 0.0;           ///< Of one application: the greatest of all reviews.
  Seconds wait;                               ///< Longest review; its value, before it is drawn.
  std::optional<RuleId> wait_rule;            ///< That asks for it; set where there is one,
  std::optional<ExceptionId> wait_exception;  ///< with the exception that sets its length.
  double revenue_share = 0.0;  ///< Of the price, for the government: sum over exceptions.
  double tariff_share = 0.0;   ///< Of the price, as duties: sum over rules.
};

/// All rules, exceptions and quotas of the world. `rules[i]` is RuleId{i}, and so on.
struct Regime {
  std::vector<Rule> rules;
  std::vector<Exception> exceptions;
  std::vector<Quota> quotas;

  /// The most restrictive ruling of `government` alone: the most severe verdict, then the least
  /// admitted share, then the first rule. The least share, the longest review, the greatest chance
  /// of refusal and every charge hold whichever rule decides: one more rule never frees anything.
  ///
  /// An exception that applies replaces the verdict, share and review of the rules that it names
  /// where its verdict is milder. Of several under one rule the mildest counts, then that which
  /// admits most, then the first. Linear in the rules; does not allocate.
  Ruling judge(Country government, const Shipment& shipment, Date date) const;

  /// What one rule says, its best exception counted in. An exception that softens several rules
  /// charges under the first of them that it names. Requires: the rule applies.
  Ruling judge(RuleId id, const Shipment& shipment, Date date) const;

  /// Quotas of the rules that apply, of those in `about`, and of the exceptions that soften them.
  std::vector<QuotaId> quotas_of(std::span<const RuleId> about, const Shipment& shipment,
                                 Date date) const;
};

/// The rules that are about `item`, in order. Who asks of the same things over and over finds them
/// once: most rules are about others.
std::vector<RuleId> rules_about(const Regime& regime, const Item& item);

/// Ends the rules that enabled ones supersede on the day on which those take effect, unless they
/// end before.
void resolve_succession(Regime& regime);

/// Fills PartyTest::owned of every rule: who is owned by parties that the same government lists, on
/// every day on which that changes. `orgs` is the number of parties. Needs resolve_succession().
void resolve_ownership(Regime& regime, const std::vector<Stake>& stakes, std::size_t orgs);

/// Who holds a shipment back.
enum class Gate { None, Exporter, Importer, Both };

/// What all governments say together.
struct TwoGateRuling {
  Ruling exporter;              ///< The strictest of all governments but the importer's.
  Ruling importer;              ///< The government of the country of destination.
  double admitted_share = 1.0;  ///< The lesser of both.
  Gate gate = Gate::None;       ///< Whose share is the lesser; Both when equal and below 1.
  double revenue_share = 0.0;   ///< Sum of both sides' shares and duties.
  double refusal_probability = 0.0;
  Seconds wait;  ///< The longer of both.
};

/// What governments say of a shipment on a day: two gates, and each must let it. A domestic
/// shipment meets the gate of its own country as an import, and others only where their rules reach
/// abroad. Pure: the answer depends on the arguments alone.
TwoGateRuling judge(const Regime& regime, const Shipment& shipment, Date date);
/// The same, where rules_about() its item are known. Does not allocate.
TwoGateRuling judge(const Regime& regime, std::span<const RuleId> about, const Shipment& shipment,
                    Date date);

/// The stricter of both sides: the more severe verdict, then the least share, then the exporter's.
const Ruling& strictest(const TwoGateRuling& ruling);

/// Units of `asked` that may move: floor(asked * share), exact for shares of 0 and 1. A product
/// that is short of a whole number by less than 1e-12 of itself counts as that number: 0.29 of 100
/// packages are 29, whatever 0.29 is in binary. Requires: asked >= 0, share in [0, 1].
double admitted_units(double asked, double share);

}  // namespace chokepoint
