#include "tools/size/site.hpp"

#include "tools/policy/check.hpp"
#include "tools/policy/words.hpp"

namespace chokepoint {

std::string SiteRuling::text() const {
  if (rule.empty()) return verdict;
  return verdict + ", by " + rule + " (" + citation + ")";
}

SiteRuling ruling_for(const SiteQuestion& site, const std::string& device) {
  SiteRuling ruling;
  const auto found = find_subject(site.book.world, device);
  if (!found.subject) return ruling;
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
  if (check.not_released_yet) {
    ruling.may_buy = false;
    const std::string from =
        check.subject.released ? " before " + format_date(*check.subject.released) : "";
    ruling.verdict = "not sold" + from;
    ruling.rule.clear();
  }
  return ruling;
}

}  // namespace chokepoint
