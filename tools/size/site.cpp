#include "tools/size/site.hpp"

#include "tools/policy/check.hpp"
#include "tools/policy/words.hpp"

namespace chokepoint {

std::string SiteRuling::text() const {
  std::string said = verdict;
  if (!rule.empty()) said += ", by " + rule + " (" + citation + ")";
  if (turns_on.empty()) return said;
  return (said.empty() ? "free as far as is given" : said) +
         "; that turns on what is not given: " + turns_on;
}

SiteRuling ruling_for(const SiteQuestion& site, const std::string& device) {
  SiteRuling ruling;
  const auto found = find_subject(site.book.world, device);
  if (!found.subject) {
    ruling.may_buy = false;
    ruling.verdict = "the policy cannot judge it: " + found.complaint;
    return ruling;
  }
  ShipmentRoute route;
  route.to = site.country;
  const PolicyCheck check = check_shipment(site.book, *found.subject, route, site.date);
  const Ruling& overall = check.overall();
  if (overall.verdict != Verdict::Free) ruling.verdict = in_words(overall);
  const auto decides = overall.limiting_rule ? overall.limiting_rule : overall.rule;
  if (decides) {
    const Rule& rule = site.book.world.regime.rules[decides->value];
    ruling.rule = rule.name;
    ruling.citation = rule.citation;
    if (ruling.verdict.empty()) ruling.verdict = in_words(overall);
  }
  ruling.may_buy = overall.verdict < Verdict::PresumedDenial && check.both.admitted_share > 0;
  ruling.turns_on = attributes_asked_for(check.open);
  if (check.not_released_yet) {
    ruling.may_buy = false;
    const std::string from =
        check.subject.released ? " before " + format_date(*check.subject.released) : "";
    ruling.verdict = "not sold" + from + (ruling.verdict.empty() ? "" : "; " + ruling.verdict);
  }
  return ruling;
}

}  // namespace chokepoint
