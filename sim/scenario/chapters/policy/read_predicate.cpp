#include "sim/scenario/chapters/chapters.hpp"

#include <algorithm>

#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"

namespace chokepoint {

namespace {

// Thresholds are law: zero is one, and how high they may be is not for us to say.
Unit threshold_of(const AttributeRow& row) {
  return at_least(0.0, row.in_base_units, 1e9, row.one);
}

bool is_lower(const Bound& bound) {
  return bound.comparison == Comparison::AtLeast || bound.comparison == Comparison::Above;
}

// True where no number meets both.
bool exclude_each_other(const Bound& lower, const Bound& upper) {
  const bool both_included =
      lower.comparison == Comparison::AtLeast && upper.comparison == Comparison::AtMost;
  return both_included ? lower.threshold > upper.threshold : lower.threshold >= upper.threshold;
}

void read_yes_or_no(const Cursor& at, const AttributeRow& row, Predicate& out) {
  const auto wanted = read_flag(at, row.field);
  if (wanted) out.bounds.push_back({row.attribute, Comparison::Is, *wanted ? 1.0 : 0.0});
}

// The schema has those bounds that some rule writes.
void read_bounds_of(const Cursor& at, const AttributeRow& row, Predicate& out) {
  const auto* descriptor = at.message().GetDescriptor();
  std::optional<std::pair<std::string, Bound>> lower;
  for (const ComparisonRow& compared : kComparisons) {
    const std::string field = concat(row.field, compared.suffix);
    if (descriptor->FindFieldByName(field) == nullptr || !is_written(at, field)) continue;
    const auto threshold = read_number(at, field, threshold_of(row));
    if (!threshold) continue;
    const Bound bound{row.attribute, compared.comparison, *threshold};
    out.bounds.push_back(bound);
    if (is_lower(bound)) {
      lower = std::pair(field, bound);
    } else if (lower && exclude_each_other(lower->second, bound)) {
      at.error(lower->first, concat(lower->first, " is not below ", field, ", so nothing matches"),
               "a range of numbers needs a lower bound below the upper one");
    }
  }
}

void read_bounds(const Cursor& at, Predicate& out) {
  for (const AttributeRow& row : attributes()) {
    if (row.is_yes_no) read_yes_or_no(at, row, out);
  }
  for (const AttributeRow& row : attributes()) {
    if (!row.is_yes_no) read_bounds_of(at, row, out);
  }
}

std::vector<Predicate> read_branches(Reading& reading, const Cursor& at, const std::string& field) {
  std::vector<Predicate> branches;
  for (const Cursor& branch : at.children(field)) {
    branches.push_back(read_predicate(reading, branch));
  }
  return branches;
}

}  // namespace

Predicate read_predicate(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::Predicate>(at);
  Predicate out;
  out.clause = in.clause();
  out.any_of = read_branches(reading, at, "any_of");
  out.all_of = read_branches(reading, at, "all_of");
  out.none_of = read_branches(reading, at, "none_of");
  read_bounds(at, out);
  out.devices = resolve_all(reading.devices, at, "devices", in.devices());
  out.items = resolve_all(reading.items, at, "items", in.items());
  out.vendor_headquarters =
      read_countries(reading, at, "vendor_headquarters", in.vendor_headquarters());
  out.vendors = resolve_all(reading.orgs, at, "vendors", in.vendors());
  out.sold_in = read_countries(reading, at, "sold_in", in.sold_in());
  for (const auto word :
       read_words(at, "types", in.types(), "item is of type", reading.world.item_types)) {
    out.types.push_back(ItemTypeId{word});
  }
  return out;
}

PartyTest read_party_test(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::PartyTest>(at);
  PartyTest out;
  out.headquarters = read_countries(reading, at, "headquarters", in.headquarters());
  out.orgs = resolve_all(reading.orgs, at, "orgs", in.orgs());
  for (const auto word :
       read_words(at, "classes", in.classes(), "org is of class", reading.world.buyer_classes)) {
    out.classes.push_back(BuyerClassId{word});
  }
  if (in.has_owned_by_listed_at_least()) {
    out.owned_by_listed_at_least = read_number(at, "owned_by_listed_at_least", kFraction);
  }
  for (const Cursor& exempt : at.children("none_of")) {
    out.none_of.push_back(read_party_test(reading, exempt));
  }
  return out;
}

CountrySet read_countries(const Reading& reading, const Cursor& at, const std::string& field,
                          const google::protobuf::RepeatedPtrField<std::string>& written) {
  CountrySet countries;
  for (int i = 0; i < written.size(); ++i) {
    const std::string& name = written.Get(i);
    const std::string element = concat(field, "[", i, "]");
    if (is_country_code(name)) {
      if (const auto country = read_country(at, element, name)) countries.add(*country);
    } else if (const auto group = reading.country_groups.lookup(at, element, name)) {
      countries.add(reading.world.country_groups[*group].countries);
    }
  }
  return countries;
}

std::vector<std::uint32_t> read_words(
    const Cursor& at, const std::string& field,
    const google::protobuf::RepeatedPtrField<std::string>& written, const std::string& relation,
    std::vector<std::string>& known) {
  std::vector<std::uint32_t> indices;
  for (int i = 0; i < written.size(); ++i) {
    const std::string& word = written.Get(i);
    const auto found = std::ranges::find(known, word);
    indices.push_back(static_cast<std::uint32_t>(found - known.begin()));
    if (found != known.end()) continue;
    const std::string element = concat(field, "[", i, "]");
    const std::string near = is_name(word) ? nearest(word, known) : "";
    if (!is_name(word)) {
      at.error(element, concat(in_quotes(word), " is no name"),
               concat(field, " are written like names"));
    } else if (!near.empty()) {
      at.error(element, concat("no ", relation, " ", in_quotes(word)),
               concat("did you mean ", in_quotes(near), "?"));
    }
    known.push_back(word);
  }
  return indices;
}

}  // namespace chokepoint
