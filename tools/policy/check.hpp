#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/policy/book.hpp"
#include "tools/policy/open_question.hpp"
#include "tools/policy/route.hpp"
#include "tools/policy/subject.hpp"

namespace chokepoint {

/// Why an exception in force softens a rule that applies, or not.
struct ExceptionCheck {
  ExceptionId exception;
  ExceptionArgument argument;
};

/// Why a rule in force that could have applied does so, or not.
struct RuleCheck {
  RuleId rule;
  bool decides = false;  ///< For its government.
  RuleReasons argument;
  std::vector<ExceptionCheck> exceptions;  ///< Of a rule that applies.

  bool is_in_reach() const { return all_hold(argument.route); }
};

/// What one government says.
struct GovernmentCheck {
  Country government;
  std::string role;  ///< "where it comes from".
  Ruling ruling;
  std::string clause;            ///< Of the deciding rule; may be empty.
  std::vector<QuotaId> quotas;   ///< That count the shipment.
  std::vector<RuleCheck> rules;  ///< Those that apply come first.
  bool is_on_record = true;      ///< False: no rule of it is written at all.
};

/// One shipment on one day as both sides judge it, with the arithmetic.
struct PolicyCheck {
  Date date;
  Subject subject;
  Shipment shipment;
  TwoGateRuling both;
  std::vector<GovernmentCheck> governments;
  bool not_released_yet = false;
  bool vendor_assumed = false;     ///< The thing named none: `shipment` has the assumed one.
  std::string unlisted_vendor;     ///< See ShipmentRoute.
  std::vector<OpenQuestion> open;  ///< What was not given, and would bring a stricter verdict.
  std::optional<Ruling> if_owned;  ///< See ruling_if_owned().

  const Ruling& overall() const { return strictest(both); }
  /// Free, whatever the attributes that are not given are.
  bool is_free() const { return overall().verdict == Verdict::Free && open.empty(); }
};

/// Judges `subject` on `route`. Governments with a say: of the vendor, of the country that goods
/// leave and of the destination, then those of which a rule in force reaches abroad. A thing whose
/// vendor is not known is judged as if sold by that vendor of its country whom the rules treat most
/// strictly: letters bind those whom they address.
PolicyCheck check_shipment(const PolicyBook& book, const Subject& subject,
                           const ShipmentRoute& route, Date date);

}  // namespace chokepoint
