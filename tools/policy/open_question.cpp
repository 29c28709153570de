#include "tools/policy/open_question.hpp"

namespace chokepoint {
namespace {

void add_bounds(const Predicate& predicate, std::vector<Bound>& out) {
  out.insert(out.end(), predicate.bounds.begin(), predicate.bounds.end());
  for (const auto* branches : {&predicate.any_of, &predicate.all_of, &predicate.none_of}) {
    for (const Predicate& branch : *branches) add_bounds(branch, out);
  }
}

// Every bound that what is enabled and in force on the day sets.
std::vector<Bound> bounds_of(const Regime& regime, Date date) {
  std::vector<Bound> bounds;
  for (const Rule& rule : regime.rules) {
    if (rule.enabled && rule.validity.holds_on(date)) add_bounds(rule.item, bounds);
  }
  for (const Exception& exception : regime.exceptions) {
    if (exception.enabled && exception.validity.holds_on(date)) add_bounds(exception.item, bounds);
  }
  return bounds;
}

// The attribute that adds up to the total with `attribute`; nothing for others.
std::optional<Attribute> partner_of(Attribute attribute) {
  if (attribute == Attribute::MemoryBandwidth) return Attribute::IoBandwidth;
  if (attribute == Attribute::IoBandwidth) return Attribute::MemoryBandwidth;
  return std::nullopt;
}

// Figures of `attribute` between which no bound lies: below, on and above each.
std::vector<double> figures_of(Attribute attribute, const Attributes& known,
                               const std::vector<Bound>& bounds) {
  if (row_of(attribute).is_yes_no) return {0.0, 1.0};
  constexpr double kBeside = 1e-6;
  const auto partner = partner_of(attribute);
  const auto other = partner ? known[*partner] : std::nullopt;
  std::vector<double> figures;
  for (const Bound& bound : bounds) {
    const bool is_total = bound.attribute == Attribute::TotalBandwidth && other;
    if (bound.attribute != attribute && !is_total) continue;
    const double line = bound.threshold - (is_total ? *other : 0.0);
    for (const double figure : {line * (1.0 - kBeside), line, line * (1.0 + kBeside)}) {
      if (figure >= 0.0) figures.push_back(figure);
    }
  }
  return figures;
}

bool is_asked_of(Attribute attribute, const Item& item) {
  const AttributeRow& row = row_of(attribute);
  if (!row.statement.is_given() || item.attributes[attribute]) return false;
  const bool is_score = attribute == Attribute::Tpp || attribute == Attribute::PerformanceDensity;
  const bool is_die_without_score =
      item.category == Category::Foundry && !item.attributes[Attribute::Tpp];
  return !(is_score && is_die_without_score);
}

bool is_law(const Regime& regime, const Ruling& ruling) {
  return ruling.rule && regime.rules[ruling.rule->value].standing == Standing::Law;
}

}  // namespace

std::vector<OpenQuestion> open_questions(const Regime& regime, const Shipment& shipment,
                                         Date date) {
  const auto bounds = bounds_of(regime, date);
  const Ruling known = strictest(judge(regime, shipment, date));
  std::vector<OpenQuestion> questions;
  for (const AttributeRow& row : attributes()) {
    if (!is_asked_of(row.attribute, shipment.item)) continue;
    Shipment tried = shipment;
    std::optional<OpenQuestion> question;
    for (const double figure : figures_of(row.attribute, shipment.item.attributes, bounds)) {
      tried.item.attributes.set(row.attribute, figure);
      const Ruling ruling = strictest(judge(regime, tried, date));
      if (ruling.verdict <= (question ? question->ruling : known).verdict) continue;
      question = OpenQuestion{row.attribute, ruling, is_law(regime, ruling)};
    }
    if (question) questions.push_back(*question);
  }
  return questions;
}

std::optional<Ruling> ruling_if_owned(const Regime& regime, const Shipment& shipment, Date date) {
  if (shipment.buyer.org || shipment.buyer.owned_by_listed) return std::nullopt;
  Shipment owned = shipment;
  owned.buyer.owned_by_listed = 1.0;
  const Ruling ruling = strictest(judge(regime, owned, date));
  const Ruling known = strictest(judge(regime, shipment, date));
  return ruling.verdict > known.verdict ? std::optional(ruling) : std::nullopt;
}

std::string attributes_asked_for(const std::vector<OpenQuestion>& questions) {
  std::string text;
  for (const OpenQuestion& question : questions) {
    const AttributeRow& row = row_of(question.attribute);
    const std::string flag = row.statement.flag;
    text += (text.empty() ? "" : ", ") + std::string(row.name) + " (" +
            flag.substr(0, flag.find(',')) + ")";
  }
  return text;
}

}  // namespace chokepoint
