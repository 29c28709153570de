#include "tools/policy/amounts.hpp"

#include <fmt/format.h>

#include "tools/policy/words.hpp"
#include "tools/print/number_format.hpp"

namespace chokepoint {
namespace {

// Small numbers to the last digit, large ones with separators.
std::string number(double value) {
  constexpr double kLarge = 1e4;
  return value < kLarge ? fmt::format("{:.12g}", value) : format_value(value);
}

std::string counted(double number, const std::string& thing) {
  return fmt::format("{:.12g} {}{}", number, thing, number == 1.0 ? "" : "s");
}

// "(estimated, 10 .. 100 %, source scenario_prior)". A figure stands in its file in the unit that
// `times` and `unit` print.
std::string provenance(const std::optional<InputId>& id, double times, const std::string& unit,
                       const World& world) {
  if (!id) return "";
  const Input& input = world.inputs[id->value];
  std::string text = " (" + in_words(input.confidence);
  if (input.low && input.high) {
    text += ", " + number(*input.low * times) + " .. " + number(*input.high * times) + " " + unit;
  }
  return text + ", source " + world.sources[input.source.value] + ")";
}

// The review that a rule has where an exception may have replaced it.
const Review& review_of(const RuleId& rule, const std::optional<ExceptionId>& exception,
                        const World& world) {
  return exception ? world.regime.exceptions[exception->value].review
                   : world.regime.rules[rule.value].review;
}

std::string wait_text(const Ruling& ruling, const World& world) {
  const Review& review = review_of(*ruling.wait_rule, ruling.wait_exception, world);
  std::string text = days_of(review.time, world);
  if (ruling.wait_rule != ruling.rule) {
    text += ", by " + world.regime.rules[ruling.wait_rule->value].name;
  }
  return text;
}

std::string refusal_text(const Ruling& ruling, const World& world) {
  const Review* deciding =
      ruling.rule ? &review_of(*ruling.rule, ruling.exception, world) : nullptr;
  const bool is_its_own =
      deciding != nullptr && deciding->refusal_probability.value == ruling.refusal_probability;
  const auto input = is_its_own ? deciding->refusal_probability.input : std::nullopt;
  return share_text(ruling.refusal_probability) + " of applications" +
         provenance(input, 100.0, "%", world);
}

std::string admitted_text(const Ruling& ruling, const World& world) {
  const std::string from = provenance(ruling.input, 100.0, "%", world);
  if (ruling.admitted_share == 1.0) return "";
  std::string text = ruling.admitted_share == 0.0
                         ? "nothing"
                         : share_text(ruling.admitted_share) + " of what is asked for";
  text += from;
  if (ruling.limiting_rule != ruling.rule) {
    text += ", by " + world.regime.rules[ruling.limiting_rule->value].name;
  }
  return text;
}

// Whether a charge is law: what officials only expect says so.
std::string basis_text(const Ruling& ruling, const World& world) {
  if (!ruling.exception) return "";
  const Exception& exception = world.regime.exceptions[ruling.exception->value];
  const bool charges = exception.revenue_share.value > 0.0;
  return charges && exception.standing != Standing::Law
             ? "; " + in_words(exception.standing) + ", no law or regulation says so"
             : "";
}

std::string amount_text(const Quota& quota, const World& world) {
  const std::string thing = quota.measure == Measure::Tpp ? "TPP" : "units";
  std::string text;
  if (quota.amount.value > 0.0 || !quota.share_of_home_sales.input) {
    text = format_value(quota.amount.value) + " " + thing +
           provenance(quota.amount.input, 1.0, thing, world);
  }
  if (quota.share_of_home_sales.value > 0.0) {
    text += (text.empty() ? "" : " and ") +
            share_of(quota.share_of_home_sales, "of the " + thing + " sold at home", world);
  }
  return text;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> amounts(const Ruling& ruling, const World& world) {
  std::vector<std::pair<std::string, std::string>> result;
  const std::string admitted = admitted_text(ruling, world);
  if (!admitted.empty()) result.emplace_back("admitted", admitted);
  if (ruling.wait > Seconds{}) result.emplace_back("wait", wait_text(ruling, world));
  if (ruling.refusal_probability > 0.0) {
    result.emplace_back("refusal", refusal_text(ruling, world));
  }
  if (ruling.revenue_share > 0.0) {
    result.emplace_back("charge", share_text(ruling.revenue_share) +
                                      " of revenue, paid by the vendor to the government" +
                                      basis_text(ruling, world));
  }
  if (ruling.tariff_share > 0.0) {
    result.emplace_back("duty", share_text(ruling.tariff_share) +
                                    " of the price, paid by whoever imports it into " +
                                    ruling.government.text());
  }
  return result;
}

std::string share_of(const Sourced<double>& share, const std::string& of, const World& world) {
  return share_text(share.value) + " " + of + provenance(share.input, 100.0, "%", world);
}

std::string days_of(const Sourced<Seconds>& time, const World& world) {
  return counted(time.value / 1_days, "day") + provenance(time.input, 1.0, "days", world);
}

std::string quota_text(const Quota& quota, const World& world) {
  std::string text = amount_text(quota, world);
  std::string each;
  if (quota.per_product) each += " per product";
  if (quota.per_country) each += " per country";
  if (quota.per_consignee) each += " per buyer, counted with its parent";
  if (!each.empty()) text += "," + each;
  return text + (quota.renewal == Renewal::Yearly ? ", begins anew every year" : ", never renewed");
}

std::string dates_text(Date announced, const Validity& validity) {
  std::string text = format_date(validity.effective);
  text += validity.ended ? " until " + format_date(*validity.ended) : " on";
  if (announced < validity.effective) text += ", announced " + format_date(announced);
  for (const Suspension& suspension : validity.suspensions) {
    text += ", suspended " + format_date(suspension.from);
    text += suspension.until ? " until " + format_date(*suspension.until) : " on";
  }
  return text;
}

std::string occasion_text(const Answer& answer, const World& world) {
  const std::string& name = answer.rule ? world.regime.rules[answer.rule->value].name
                                        : world.regime.exceptions[answer.exception->value].name;
  return name + " of " + format_date(answer.occasion);
}

}  // namespace chokepoint
