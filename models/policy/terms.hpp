#pragma once

#include <optional>
#include <span>
#include <vector>

#include "models/policy/regime.hpp"

namespace chokepoint {

/// One application or notice that a shipment needs: that of an exception, whatever number of rules
/// it softens, or that of a rule without one.
struct Requirement {
  RuleId rule;  ///< That asks for it, the first of several.
  std::optional<ExceptionId> exception;
  Verdict verdict = Verdict::Free;
  Review review;
};

/// What is charged on the price of a shipment.
enum class ChargeKind { Share, Tariff };
struct Charge {
  Country government;
  RuleId rule;                           ///< That charges, or that the exception softens.
  std::optional<ExceptionId> exception;  ///< With Share.
  ChargeKind kind = ChargeKind::Share;
  double share = 0.0;  ///< Of the price.
};

/// What all governments ask of a shipment on a day, beside their verdicts.
struct Terms {
  std::vector<Requirement> requirements;  ///< Reviews that take time or may refuse, by rule.
  std::vector<Charge> charges;            ///< By rule; each exception charges once.
};

/// The terms of `shipment`. Pure. Every rule that applies asks and charges for itself; of the
/// exceptions that which judge() counts. One more rule never takes away a requirement or a charge.
Terms terms_of(const Regime& regime, const Shipment& shipment, Date date);
/// The same, where rules_about() its item are known.
Terms terms_of(const Regime& regime, std::span<const RuleId> about, const Shipment& shipment,
               Date date);

}  // namespace chokepoint
