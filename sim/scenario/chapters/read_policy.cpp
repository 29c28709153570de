#include "sim/scenario/chapters/chapters.hpp"

#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

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
  resolve_succession(reading.world.regime);
  resolve_ownership(reading.world.regime, reading.world.stakes, reading.world.orgs.size());
}

}  // namespace chokepoint
