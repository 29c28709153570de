#include "tools/policy/reasons.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "tools/print/wrap.hpp"

namespace chokepoint {
namespace {

int order(double a, double b) {
  return (a > b) - (a < b);
}

// Thresholds are written with few digits, so fifteen of them undo the conversion to base units.
std::string shortest(double value) {
  return fmt::format("{:.15g}", value);
}

std::string line_of(const std::string& text, std::size_t indent) {
  return paragraph(text, kTextWidth, indent, 4);
}

std::string answer(const Argument& argument) {
  if (argument.holds) return "yes";
  if (argument.known) return "no";
  return argument.bound ? "not known, so the bound does not hold"
                        : "not known, so it does not hold";
}

std::string with_clause(const Argument& argument, const std::string& text) {
  return argument.clause.empty() ? text : "[" + argument.clause + "] " + text;
}

// A branch of a single step is that step.
const Argument& only_step(const Argument& argument) {
  const bool is_wrapper =
      argument.below.size() == 1 && argument.condition == "all of" && !argument.bound;
  return is_wrapper && argument.below[0].clause.empty() ? argument.below[0] : argument;
}

}  // namespace

std::optional<double> in_unit(Attribute attribute, const Item& item) {
  const auto value = value_of(attribute, item);
  return value ? std::optional(*value / row_of(attribute).in_base_units) : std::nullopt;
}

std::string sign_of(Comparison comparison) {
  for (const ComparisonRow& row : kComparisons) {
    if (row.comparison == comparison) return row.sign;
  }
  return "";
}

std::string digits_beside(double value, double threshold) {
  constexpr int kLeast = 4, kMost = 17;
  const double magnitude = std::abs(value);
  const int in_front =
      magnitude < 1.0 ? 1 : static_cast<int>(std::floor(std::log10(magnitude))) + 1;
  for (int digits = std::max(kLeast, in_front + 1); digits < kMost; ++digits) {
    std::string text = fmt::format("{:.{}g}", value, digits);
    const double shown = std::strtod(text.c_str(), nullptr);
    if (order(shown, threshold) == order(value, threshold)) return text;
  }
  return fmt::format("{}", value);
}

std::string with_unit(const std::string& number, Attribute attribute) {
  const std::string unit = row_of(attribute).unit;
  return unit.empty() ? number : number + " " + unit;
}

std::string threshold_text(const Bound& bound) {
  const AttributeRow& row = row_of(bound.attribute);
  return with_unit(shortest(bound.threshold / row.in_base_units), bound.attribute);
}

bool all_hold(const std::vector<Argument>& arguments) {
  return std::ranges::all_of(arguments, [](const Argument& argument) { return argument.holds; });
}

std::string questions_text(const std::vector<Argument>& arguments, std::size_t indent) {
  std::string text;
  for (const Argument& argument : arguments) {
    const Argument& step = only_step(argument);
    text += line_of(with_clause(argument, step.question + "? " + answer(step)), indent);
    text += questions_text(step.below, indent + 2);
  }
  return text;
}

std::string conditions_text(const std::vector<Argument>& arguments, std::size_t indent) {
  std::string text;
  for (const Argument& argument : arguments) {
    const Argument& step = only_step(argument);
    text += line_of(with_clause(argument, step.condition), indent);
    text += conditions_text(step.below, indent + 2);
  }
  return text;
}

std::string first_no(const std::vector<Argument>& arguments) {
  for (const Argument& argument : arguments) {
    if (argument.holds) continue;
    const Argument& step = only_step(argument);
    if (step.below.empty()) return step.question + "? " + answer(step);
    if (step.condition == "all of") return first_no(step.below);
    std::string text;
    for (const Argument& branch : step.below) {
      const std::string inner = branch.holds ? branch.question + "? yes" : first_no({branch});
      text += (text.empty() ? "" : "; ") + inner;
    }
    return text;
  }
  return "";
}

JsonValue to_json(const std::vector<Argument>& arguments) {
  JsonValue list = JsonValue::list();
  for (const Argument& argument : arguments) {
    JsonValue step = JsonValue::object();
    if (!argument.clause.empty()) step.add("clause", argument.clause);
    step.add("condition", argument.condition);
    step.add("holds", argument.holds).add("known", argument.known);
    if (argument.bound) {
      const AttributeRow& row = row_of(argument.bound->attribute);
      const auto value =
          argument.value ? std::optional(*argument.value / row.in_base_units) : std::nullopt;
      const std::string threshold = shortest(argument.bound->threshold / row.in_base_units);
      step.add("attribute", row.field).add("value", value);
      step.add("comparison", sign_of(argument.bound->comparison));
      step.add("threshold", std::strtod(threshold.c_str(), nullptr));
    }
    if (!argument.below.empty()) step.add("below", to_json(argument.below));
    list.push(std::move(step));
  }
  return list;
}

}  // namespace chokepoint
