#include "sim/scenario/read_policy.hpp"

#include <algorithm>

#include "sim/scenario/phrases.hpp"
#include "sim/scenario/read_field.hpp"
#include "sim/scenario/read_predicate.hpp"
#include "sim/scenario/read_sourced.hpp"

namespace chokepoint {

namespace {

static_assert(static_cast<int>(Verdict::Free) == pb::FREE - 1);
static_assert(static_cast<int>(Verdict::Prohibited) == pb::PROHIBITED - 1);

// Reports `later` where it lies before `earlier`.
void check_order(const Cursor& at, const std::string& earlier_field, std::optional<Date> earlier,
                 const std::string& later_field, std::optional<Date> later) {
  if (!earlier || !later || *earlier <= *later) return;
  at.error(later_field,
           concat(later_field, " ", format_date(*later), " is before ", earlier_field, " ",
                  format_date(*earlier)),
           concat("dates out of order: ", earlier_field, " <= ", later_field, " must hold"));
}

Validity read_validity(const Cursor& at, const std::string& effective, bool has_ended,
                       const std::string& ended) {
  const auto begin = read_date(at, "effective", effective);
  Validity out{begin.value_or(Date()), {}};
  if (has_ended) out.ended = read_date(at, "ended", ended);
  check_order(at, "effective", begin, "ended", out.ended);
  return out;
}

void read_rule(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::Rule>(at);
  Rule out;
  out.name = in.name();
  out.title = in.title();
  require_text(at, "title", in.title(), "say in a sentence what the rule does");
  out.government = read_country(at, "government", in.government()).value_or(Country());
  const auto announced = read_date(at, "announced", in.announced());
  out.announced = announced.value_or(Date());
  out.validity = read_validity(at, in.effective(), in.has_ended(), in.ended());
  if (parse_date(in.effective())) {
    check_order(at, "announced", announced, "effective", out.validity.effective);
  }
  if (in.has_item()) out.item = read_predicate(reading, at.child("item"));
  out.destinations = read_countries(at, "destinations", in.destinations());
  if (in.has_buyer()) out.buyer = read_party_test(reading, at.child("buyer"));
  out.buyer_anywhere = in.buyer_anywhere();
  out.verdict = read_enum<Verdict>(at, "verdict").value_or(Verdict::Free);
  const bool moves = out.verdict == Verdict::Free || out.verdict == Verdict::Notified;
  out.admitted_share = read_figure<double>(reading, at, "admitted_share", kShare)
                           .value_or(Sourced<double>{moves ? 1.0 : 0.0, {}});
  out.notice = Seconds{read_number(at, "notice_days", kDays, 0.0).value_or(0.0)};
  if (in.has_notice_days() && out.verdict != Verdict::Notified) {
    at.error("notice_days", concat("notice_days with verdict ", pb::Verdict_Name(in.verdict())),
             "only a NOTIFIED shipment waits; leave it out, or change the verdict");
  }
  require_text(at, "citation", in.citation(), "name the law or the report that says so");
  check_provenance(reading, at, in.source());
  reading.world.regime.rules.push_back(std::move(out));
}

void read_license(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::License>(at);
  License out;
  out.name = in.name();
  out.rule = reading.rules.resolve(at, "rule", in.rule()).value_or(RuleId{});
  out.validity = read_validity(at, in.effective(), in.has_ended(), in.ended());
  out.devices = resolve_all(reading.devices, at, "devices", in.devices());
  if (in.has_buyer()) out.buyer = read_party_test(reading, at.child("buyer"));
  out.granted_share =
      read_figure<double>(reading, at, "granted_share", kShare).value_or(Sourced<double>{1.0, {}});
  out.revenue_share =
      read_figure<double>(reading, at, "revenue_share", kShare).value_or(Sourced<double>{0.0, {}});
  require_text(at, "citation", in.citation(), "name the law or the report that says so");
  check_provenance(reading, at, in.source());
  reading.world.regime.licenses.push_back(std::move(out));
}

}  // namespace

void read_policy(Reading& reading) {
  for (int i = 0; i < reading.scenario.rules_size(); ++i) {
    read_rule(reading, reading.root.child("rules", i));
  }
  for (int i = 0; i < reading.scenario.licenses_size(); ++i) {
    read_license(reading, reading.root.child("licenses", i));
  }
}

}  // namespace chokepoint
