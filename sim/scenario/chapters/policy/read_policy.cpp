#include "sim/scenario/chapters/chapters.hpp"

#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

static_assert(static_cast<int>(PolicyChange::ExceptionEnds) == pb::EXCEPTION_ENDS - 1);

void read_event(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::PolicyEvent>(at);
  PolicyEvent out;
  out.name = in.name();
  out.title = in.title();
  out.citation = in.citation();
  require_text(at, "title", in.title(), "say in a sentence what happened");
  out.government = read_country(at, "government", in.government()).value_or(Country());
  out.date = read_date(at, "date", in.date()).value_or(Date());
  resolve_all(reading.rules, at, "rules", in.rules());
  require_text(at, "citation", in.citation(), "name the document or the report that says so");
  check_provenance(reading, at, in.source());
  reading.world.policy_events.push_back(std::move(out));
}

// Everybody named is of the government that acts, which is another than that which answers.
template <class Id, class Government>
std::vector<Id> read_own(const Names<Id>& names, const Cursor& at, const std::string& field,
                         const google::protobuf::RepeatedPtrField<std::string>& written,
                         Country government, const Government& government_of) {
  std::vector<Id> ids;
  for (int i = 0; i < written.size(); ++i) {
    const std::string element = concat(field, "[", i, "]");
    const auto id = names.resolve(at, element, written.Get(i));
    if (!id) continue;
    ids.push_back(*id);
    const Country whose = government_of(*id);
    if (whose == government) continue;
    at.error(
        element,
        concat(in_quotes(written.Get(i)), " is of ", whose.text(), ", not of ", government.text()),
        "a reaction answers what one government does by what the other can do");
  }
  return ids;
}

/// Whose rules and exceptions there are.
struct Governments {
  const Regime& regime;

  Country operator()(RuleId id) const { return regime.rules[id.value].government; }
  Country operator()(ExceptionId id) const {
    const auto& rules = regime.exceptions[id.value].rules;
    return rules.empty() ? Country() : (*this)(rules.front());
  }
};

Occasion read_occasion(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::Occasion>(at);
  const Governments whose{reading.world.regime};
  Occasion out;
  out.government = read_country(at, "government", in.government()).value_or(Country());
  out.change = read_enum<PolicyChange>(at, "change").value_or(PolicyChange::RuleBegins);
  out.rules = read_own(reading.rules, at, "rules", in.rules(), out.government, whose);
  out.exceptions =
      read_own(reading.exceptions, at, "exceptions", in.exceptions(), out.government, whose);
  const std::string other = is_of_rules(out.change) ? "exceptions" : "rules";
  if ((is_of_rules(out.change) ? in.exceptions_size() : in.rules_size()) > 0) {
    at.error(
        other + "[0]",
        concat(other, " where the change is of ", is_of_rules(out.change) ? "rules" : "exceptions"),
        "a reaction answers one or the other; write two");
  }
  for (const auto category : read_enums<Category>(at, "categories")) {
    out.categories |= 1U << static_cast<unsigned>(category);
  }
  for (const DeviceId id : resolve_all(reading.devices, at, "devices", in.devices())) {
    out.items.push_back(reading.world.device_items[id.value].item);
  }
  for (const ItemId id : resolve_all(reading.items, at, "items", in.items())) {
    out.items.push_back(reading.world.items[id.value].item);
  }
  out.destinations = read_countries(reading, at, "destinations", in.destinations());
  if (in.has_verdict_at_least()) out.verdict_at_least = read_enum<Verdict>(at, "verdict_at_least");
  if (in.has_verdict_at_most()) out.verdict_at_most = read_enum<Verdict>(at, "verdict_at_most");
  out.whoever_buys = in.whoever_buys();
  if (in.has_since()) out.since = read_date(at, "since", in.since());
  return out;
}

void read_reaction(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::Reaction>(at);
  const Governments whose{reading.world.regime};
  Reaction out;
  out.name = in.name();
  out.title = in.title();
  require_text(at, "title", in.title(), "say in a sentence who answers what");
  out.government = read_country(at, "government", in.government()).value_or(Country());
  out.enabled = !in.has_enabled() || in.enabled();
  if (in.has_to()) {
    out.to = read_occasion(reading, at.child("to"));
  } else {
    at.error("to", concat("reaction ", in_quotes(in.name()), " answers nothing"),
             "say what: to { government: \"...\" change: ... }");
  }
  if (in.has_to() && in.to().government() == in.government()) {
    at.error("government", concat(in.government(), " answers itself"),
             "a reaction is to what another government does");
  }
  out.delay = read_required<Seconds>(reading, at, "delay_days", kDays);
  const auto own = [&](const auto& names, const std::string& field, const auto& written) {
    return read_own(names, at, field, written, out.government, whose);
  };
  out.begins_rules = own(reading.rules, "begins_rules", in.begins_rules());
  out.begins_exceptions = own(reading.exceptions, "begins_exceptions", in.begins_exceptions());
  out.suspends_rules = own(reading.rules, "suspends_rules", in.suspends_rules());
  out.suspends_exceptions =
      own(reading.exceptions, "suspends_exceptions", in.suspends_exceptions());
  if (in.begins_rules_size() + in.begins_exceptions_size() + in.suspends_rules_size() +
          in.suspends_exceptions_size() ==
      0) {
    at.error("begins_rules", concat("reaction ", in_quotes(in.name()), " does nothing"),
             "name what comes or goes: begins_rules: \"...\" or suspends_exceptions: \"...\"");
  }
  require_text(at, "citation", in.citation(), "name the document or the report that says so");
  check_provenance(reading, at, in.source());
  reading.world.reactions.push_back(std::move(out));
}

}  // namespace

void read_country_groups(Reading& reading) {
  for (const Cursor& at : reading.root.children("country_groups")) {
    const auto& in = as<pb::CountryGroup>(at);
    CountryGroup out{in.name(), {}};
    if (is_country_code(in.name())) {
      at.error("name", concat(in_quotes(in.name()), " is the code of a country"),
               "give the group a name that is not two capital letters, such as D5");
    }
    require_text(at, "title", in.title(), "say what the group is");
    if (in.countries_size() == 0) {
      at.error("countries", concat("group ", in_quotes(in.name()), " has no countries"), "");
    }
    for (const Country country : read_country_codes(at, "countries", in.countries())) {
      out.countries.add(country);
    }
    check_provenance(reading, at, in.source());
    reading.world.country_groups.push_back(std::move(out));
  }
}

void read_policy(Reading& reading) {
  read_rules(reading);
  read_exceptions(reading);
  read_quotas(reading);
  for (const Cursor& at : reading.root.children("policy_events")) read_event(reading, at);
  for (const Cursor& at : reading.root.children("reactions")) read_reaction(reading, at);
  reading.world.answers = resolve_reactions(reading.world.regime, reading.world.reactions);
  resolve_ownership(reading.world.regime, reading.world.stakes, reading.world.orgs.size());
}

}  // namespace chokepoint
