#include "tools/policy/eccn.hpp"

#include <optional>

namespace chokepoint {
namespace {

constexpr const char* kOfChips = "3A090.";

// The paragraph of 3A090 that an American rule in force finds the thing in, such as 'a': that of
// the first rule, since the law asks for .a first. '\0' where it is in none; nothing where no rule
// in force speaks of 3A090.
std::optional<char> paragraph_of(const Regime& regime, const Item& item, Date date) {
  const std::string entry = kOfChips;
  const auto names_entry = [&](const Predicate& predicate) {
    for (const Predicate& branch : predicate.any_of) {
      if (branch.clause.rfind(entry, 0) == 0) return true;
    }
    return predicate.clause.rfind(entry, 0) == 0;
  };
  std::optional<char> paragraph;
  for (const Rule& rule : regime.rules) {
    if (!rule.enabled || rule.standing != Standing::Law || !rule.validity.holds_on(date)) continue;
    if (rule.government != Country("US") || !names_entry(rule.item)) continue;
    if (!paragraph) paragraph = '\0';
    if (!is_about(rule, item)) continue;
    const std::string& clause = clause_of(rule.item, item);
    if (clause.size() > entry.size() && clause.rfind(entry, 0) == 0) return clause[entry.size()];
  }
  return paragraph;
}

}  // namespace

std::string eccn_text(const PolicyCheck& check, const PolicyBook& book) {
  const Item& item = check.shipment.item;
  if (item.category != Category::Chip || item.vendor_headquarters != Country("US")) return "";
  if (!check.subject.eccn.empty()) return check.subject.eccn + ", by its vendor's table";
  const auto paragraph = paragraph_of(book.world.regime, item, check.date);
  if (!paragraph || !check.open.empty()) return "";
  if (*paragraph == '\0') {
    return "none of 3A090: 3A991.p as a chip, 4A994.l as a card, board or machine; 5A992.c where "
           "encryption decides";
  }
  const std::string letter(1, *paragraph);
  return "3A090." + letter + " as a chip, 4A090." + letter +
         " as a card, board or machine; .z of 4A003, 5A002 or 5A992 where it meets that entry as "
         "well";
}

}  // namespace chokepoint
