#include "sim/scenario/chapters/chapters.hpp"

#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

static_assert(static_cast<int>(Verdict::Free) == pb::FREE - 1);
static_assert(static_cast<int>(Verdict::Prohibited) == pb::PROHIBITED - 1);
static_assert(static_cast<int>(Standing::Proposal) == pb::PROPOSAL - 1);
static_assert(static_cast<int>(Category::Material) == pb::MATERIAL - 1);

// Reports `later` where it lies before `earlier`.
void check_order(const Cursor& at, const std::string& earlier_field, std::optional<Date> earlier,
                 const std::string& later_field, std::optional<Date> later) {
  if (!earlier || !later || *earlier <= *later) return;
  at.error(later_field,
           concat(later_field, " ", format_date(*later), " is before ", earlier_field, " ",
                  format_date(*earlier)),
           concat("dates out of order: ", earlier_field, " <= ", later_field, " must hold"));
}

// Leaves out of a rule or an exception what was not known on the day: all of it, or how it ended.
template <class Measure>
void forget_what_came_after(Date day, Measure& out) {
  if (out.announced > day) out.enabled = false;
  if (out.validity.ended && *out.validity.ended > day) out.validity.ended.reset();
  std::erase_if(out.validity.suspensions, [&](const Suspension& s) { return s.from > day; });
}

// What rules and exceptions have in common.
template <class Message, class Measure>
void read_standing(const Reading& reading, const Cursor& at, const Message& in, Measure& out) {
  out.name = in.name();
  out.title = in.title();
  out.citation = in.citation();
  require_text(at, "title", in.title(), "say in a sentence what it does");
  out.standing = read_enum<Standing>(at, "standing").value_or(Standing::Law);
  const bool only_words =
      out.standing == Standing::Announcement || out.standing == Standing::Proposal;
  out.enabled = in.has_enabled() ? in.enabled() : !only_words;
  const auto announced = read_date(at, "announced", in.announced());
  out.announced = announced.value_or(Date());
  const auto effective = read_date(at, "effective", in.effective());
  out.validity.effective = effective.value_or(Date());
  if (in.has_ended()) out.validity.ended = read_date(at, "ended", in.ended());
  check_order(at, "announced", announced, "effective", effective);
  check_order(at, "effective", effective, "ended", out.validity.ended);
  for (const Cursor& suspension : at.children("suspensions")) {
    const auto& written = as<pb::Suspension>(suspension);
    const auto from = read_date(suspension, "from", written.from());
    Suspension days{from.value_or(Date()), {}};
    if (written.has_until()) days.until = read_date(suspension, "until", written.until());
    check_order(suspension, "from", from, "until", days.until);
    out.validity.suspensions.push_back(days);
  }
  require_text(at, "citation", in.citation(), "name the law or the report that says so");
  check_provenance(reading, at, in.source());
}

Sourced<double> read_share(Reading& reading, const Cursor& at, const std::string& field,
                           double fallback) {
  return read_figure_or(reading, at, field, kShare, fallback);
}

Review read_review(Reading& reading, const Cursor& at) {
  Review out;
  out.time = read_figure<Seconds>(reading, at, "days", kDays).value_or(Sourced<Seconds>{});
  out.refusal_probability = read_share(reading, at, "refusal_probability", 0.0);
  return out;
}

unsigned read_categories(const Cursor& at, const pb::Rule& in) {
  if (in.categories_size() == 0) return 1U << static_cast<unsigned>(Category::Chip);
  unsigned bits = 0;
  for (const auto category : read_enums<Category>(at, "categories")) {
    bits |= 1U << static_cast<unsigned>(category);
  }
  return bits;
}

void read_scope(Reading& reading, const Cursor& at, const pb::Rule& in, Rule& out) {
  out.categories = read_categories(at, in);
  if (in.has_item()) out.item = read_predicate(reading, at.child("item"));
  out.destinations = read_countries(reading, at, "destinations", in.destinations());
  out.destinations_except =
      read_countries(reading, at, "destinations_except", in.destinations_except());
  out.exported_from = read_countries(reading, at, "exported_from", in.exported_from());
  out.exported_from_except =
      read_countries(reading, at, "exported_from_except", in.exported_from_except());
  if (in.has_buyer()) out.buyer = read_party_test(reading, at.child("buyer"));
  for (const RuleFlag& flag : kRuleFlags) out.*flag.member = read_flag(at, flag.field) == true;
  out.reaches_in_flight = read_flag(at, "reaches_in_flight");
  if (out.lists_parties && in.buyer().orgs_size() == 0) {
    at.error("lists_parties", "lists_parties without parties",
             "name those that are listed: buyer { orgs: \"...\" }");
  }
  if (out.buyer_anywhere && (in.destinations_size() == 0 || !in.has_buyer())) {
    at.error("buyer_anywhere", "buyer_anywhere without destinations and a buyer to extend them by",
             "give both, or leave buyer_anywhere out");
  }
}

bool moves_by_default(Verdict verdict) {
  switch (verdict) {
    case Verdict::Free:
    case Verdict::Granted:
    case Verdict::Notified:
    case Verdict::PresumedApproval:
    case Verdict::CaseByCase:
      return true;
    default:
      return false;
  }
}

void read_rule(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::Rule>(at);
  Rule out;
  read_standing(reading, at, in, out);
  const auto& as_of = reading.world.policy_as_of;
  if (as_of && !in.conjectured()) forget_what_came_after(*as_of, out);
  out.government = read_country(at, "government", in.government()).value_or(Country());
  out.supersedes = resolve_all(reading.rules, at, "supersedes", in.supersedes());
  read_scope(reading, at, in, out);
  out.verdict = read_enum<Verdict>(at, "verdict").value_or(Verdict::Free);
  out.admitted_share =
      read_share(reading, at, "admitted_share", moves_by_default(out.verdict) ? 1.0 : 0.0);
  if (in.has_review()) out.review = read_review(reading, at.child("review"));
  out.tariff_share = read_share(reading, at, "tariff_share", 0.0);
  list_figures(reading, at, {{"electricity_subsidy_share", kShare}});
  reading.world.regime.rules.push_back(std::move(out));
}

void read_exception(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::Exception>(at);
  Exception out;
  read_standing(reading, at, in, out);
  const auto& as_of = reading.world.policy_as_of;
  if (as_of) forget_what_came_after(*as_of, out);
  out.rules = resolve_all(reading.rules, at, "rules", in.rules());
  if (in.rules_size() == 0) {
    at.error("rules", concat("exception ", in_quotes(in.name()), " softens no rule"),
             "name at least one: rules: \"...\"");
  }
  const auto& rules = reading.world.regime.rules;
  for (int i = 1; i < static_cast<int>(out.rules.size()); ++i) {
    if (rules[out.rules[static_cast<std::size_t>(i)].value].government ==
        rules[out.rules[0].value].government)
      continue;
    at.error(concat("rules[", i, "]"), "rules of two governments in one exception",
             "an exception is of one government; write one for each");
  }
  if (in.has_item()) out.item = read_predicate(reading, at.child("item"));
  out.destinations = read_countries(reading, at, "destinations", in.destinations());
  out.destinations_except =
      read_countries(reading, at, "destinations_except", in.destinations_except());
  out.exported_from = read_countries(reading, at, "exported_from", in.exported_from());
  if (in.has_buyer()) out.buyer = read_party_test(reading, at.child("buyer"));
  if (in.has_packager()) out.packager = read_party_test(reading, at.child("packager"));
  out.packaged_in_except =
      read_countries(reading, at, "packaged_in_except", in.packaged_in_except());
  out.verdict = read_enum<Verdict>(at, "verdict").value_or(Verdict::Granted);
  out.admitted_share = read_share(reading, at, "admitted_share", 1.0);
  if (in.has_review()) out.review = read_review(reading, at.child("review"));
  out.revenue_share = read_share(reading, at, "revenue_share", 0.0);
  reading.world.regime.exceptions.push_back(std::move(out));
}

}  // namespace

void read_rules(Reading& reading) {
  for (const Cursor& at : reading.root.children("rules")) read_rule(reading, at);
}

void read_exceptions(Reading& reading) {
  for (const Cursor& at : reading.root.children("exceptions")) read_exception(reading, at);
}

}  // namespace chokepoint
