#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "models/policy/party.hpp"
#include "models/policy/predicate.hpp"
#include "models/sourced.hpp"

namespace chokepoint {

/// What one rule says of a shipment, from least to most severe.
enum class Verdict {
  Free,
  Granted,
  Notified,
  Discouraged,
  PresumedApproval,
  Informed,
  CaseByCase,
  PresumedDenial,
  Prohibited
};

/// How firm a rule is.
enum class Standing { Law, Letter, Guidance, Practice, Announcement, Proposal };

/// Days [from, until) on which something does not hold; without `until`, for good.
struct Suspension {
  Date from;
  std::optional<Date> until;
};

/// Days on which something holds: from `effective` on, up to and without `ended`, but not while it
/// is suspended.
struct Validity {
  Date effective;
  std::optional<Date> ended;
  std::vector<Suspension> suspensions;

  bool holds_on(Date date) const;
};

/// The days on which what holds may change, in order: each once.
std::vector<Date> days_of_change(const Validity& validity);

/// What a government does before it lets something move.
struct Review {
  Sourced<Seconds> time;                ///< From filing to the decision.
  Sourced<double> refusal_probability;  ///< Of one application, in [0, 1].
};

/// When in its life a thing is judged.
enum class ShipmentState {
  Offered,   ///< Before it leaves.
  InFlight,  ///< On its way, or at the border.
  Installed  ///< At work.
};

/// One shipment as a government sees it.
struct Shipment {
  Item item;
  Country from;           ///< Headquarters of the vendor.
  Country exported_from;  ///< The goods leave from there.
  Country to;             ///< Country of destination: its government judges the import.
  Party buyer;
  std::optional<Party> packager;       ///< Who packages a die; unset: not known.
  std::optional<Country> packaged_in;  ///< Where.
  ShipmentState state = ShipmentState::Offered;
};

/// One rule of one government. What excludes most rules from most questions comes first, so that it
/// lies together in memory.
struct Rule {
  Country government;
  bool enabled = true;
  bool reaches_abroad = false;     ///< Also what neither comes from nor enters the country.
  bool reaches_installed = false;  ///< Also goods installed before.
  bool buyer_anywhere = false;     ///< The buyer test extends the rule beyond its destinations.
  bool lists_parties = false;      ///< Its buyers are listed, for owned_by_listed_at_least.
  std::optional<bool> reaches_in_flight;  ///< Unset: true for what enters the country.
  unsigned categories = 1U << static_cast<unsigned>(Category::Chip);  ///< A bit for each.
  Validity validity;
  Verdict verdict = Verdict::Free;
  Sourced<double> admitted_share{1.0, {}};  ///< Of the units asked for, in [0, 1].
  CountrySet destinations;                  ///< Empty: any.
  CountrySet destinations_except;
  CountrySet exported_from;  ///< Empty: any.
  CountrySet exported_from_except;
  PartyTest buyer;
  Predicate item;
  Review review;
  Sourced<double> tariff_share{};  ///< Of the price, in [0, 1].
  std::string name;
  std::string title;
  std::string citation;
  Standing standing = Standing::Law;
  Date announced;
  std::vector<RuleId> supersedes;  ///< End when this one takes effect, see resolve_succession().
};

/// What a rule says by a yes, and does not say where it is not written.
struct RuleFlag {
  const char* field;  ///< Of the schema.
  bool Rule::*member;
  const char* reach;  ///< Added for people to whom a rule reaches; empty: it does not widen that.
};
inline constexpr RuleFlag kRuleFlags[] = {
    {"reaches_abroad", &Rule::reaches_abroad, ", and what is made abroad"},
    {"reaches_installed", &Rule::reaches_installed, ", also what is installed"},
    {"buyer_anywhere", &Rule::buyer_anywhere, ""},
    {"lists_parties", &Rule::lists_parties, ""},
};

/// True where `rule` is enabled, holds on `date` and covers the item, the way, the stage and the
/// buyer. With `buyer_anywhere`, and both destinations and a buyer test given, either of the two is
/// enough. Does not allocate.
bool applies(const Rule& rule, const Shipment& shipment, Date date);

/// Every condition of applies(), in the order in which they are asked, with whether it holds: all
/// hold exactly where the rule applies. Enabled, InForce, Category, Jurisdiction and Item are
/// always among them, the others where the rule limits them.
std::vector<Reason> reasons(const Rule& rule, const Shipment& shipment, Date date);

/// True where a rule applies if it is about the way, the stage, the buyer and the item: it is
/// enabled, in force, about such things, and its government has a say. Does not allocate.
bool is_in_question(const Rule& rule, const Shipment& shipment, Date date);

/// True where `rule` is enabled and covers the item: whether it applies is a question of the way,
/// the stage, the day and the parties alone. Does not allocate.
bool is_about(const Rule& rule, const Item& item);

/// What softens rules in its scope: an exception of the law, a gentler review, a licence given.
struct Exception {
  std::string name;
  std::string title;
  std::string citation;
  std::vector<RuleId> rules;  ///< That it softens.
  Standing standing = Standing::Law;
  bool enabled = true;
  Date announced;
  Validity validity;
  Predicate item;
  CountrySet destinations;  ///< Empty: any.
  CountrySet destinations_except;
  CountrySet exported_from;  ///< Empty: any.
  PartyTest buyer;
  PartyTest packager;             ///< Set: the packager must be known and pass.
  CountrySet packaged_in_except;  ///< Set: the place must be known and none of these.
  Verdict verdict = Verdict::Granted;
  Sourced<double> admitted_share{1.0, {}};  ///< Of the units asked for, in [0, 1].
  Review review;
  Sourced<double> revenue_share{};  ///< Paid to the government, in [0, 1].
};

/// True where `exception` is enabled, softens `rule`, holds on `date` and covers the shipment.
/// Does not allocate.
bool applies(const Exception& exception, RuleId rule, const Shipment& shipment, Date date);

/// Every condition of applies(), with whether it holds. Enabled, InForce, Softens and Item are
/// always among them.
std::vector<Reason> reasons(const Exception& exception, RuleId rule, const Shipment& shipment,
                            Date date);

/// True where `exception` is enabled, in force and softens `rule`. Does not allocate.
bool is_in_question(const Exception& exception, RuleId rule, Date date);

}  // namespace chokepoint
