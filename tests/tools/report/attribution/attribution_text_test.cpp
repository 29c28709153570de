#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "tests/tools/report/attribution/made_attribution.hpp"
#include "tools/report/attribution/attribution_report.hpp"

namespace chokepoint::attribution_text_test {
namespace {

std::string text_of(const Attribution& attribution, std::size_t rows = 10) {
  return attribution_text(attribution, {{2025}, rows});
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// The first line that begins with `start`, its words one space apart.
std::string line(const std::string& text, const std::string& start) {
  std::istringstream lines(text);
  for (std::string each; std::getline(lines, each);) {
    if (!each.starts_with(start)) continue;
    std::istringstream words(each);
    std::string joined;
    for (std::string word; words >> word;) joined += (joined.empty() ? "" : " ") + word;
    return joined;
  }
  return "";
}

TEST_CASE("attribution text: parts of levers with error and share, and what they leave",
          "[history][attribution]") {
  const std::string text = text_of(made_attribution());
  CHECK(has(text, "other less base, 2025; all orders of 2 levers, 4 sets of them"));
  CHECK(line(text, "difference").starts_with("difference +4.0 100"));
  CHECK(line(text, "  rules[r]").starts_with("rules[r] (2 changes) +3.0 0 75"));
  CHECK(line(text, "  rules[s]").starts_with("rules[s] +1.0 0 25"));
  CHECK(line(text, "  remainder").starts_with("remainder 0 0"));
  CHECK(text.find("rules[r]") < text.find("rules[s]"));
  std::istringstream lines(text);
  for (std::string each; std::getline(lines, each);) CHECK(each.size() <= 150);
}

TEST_CASE("attribution text: rules and shortages apart, the greatest first",
          "[history][attribution]") {
  const std::string text = text_of(made_attribution());
  CHECK(line(text, "  US r").starts_with("US r +2.0"));
  CHECK(line(text, "  quota q").starts_with("quota q +0.5"));
  CHECK(text.find("remainder") < text.find("US r"));
  CHECK(text.find("US r") < text.find("quota q"));
  CHECK_FALSE(has(text, "shortage of memory"));  // It accounts for nothing.
  CHECK(has(text, "1 account for nothing"));
  CHECK(has(text, "do not add up"));
  CHECK(has(text, "7 rules, quotas and shortages"));
}

TEST_CASE("attribution text: levers that are not shown are in the sum", "[history][attribution]") {
  const std::string text = text_of(made_attribution(), 1);
  CHECK(line(text, "  1 more").starts_with("1 more +1.0 25"));
  CHECK_FALSE(has(text, "rules[s]"));
  CHECK_FALSE(has(text, "quota q"));
}

TEST_CASE("attribution text: levers that account for nothing are named", "[history][attribution]") {
  Attribution attribution = made_attribution();
  attribution.between[1].figures[1] = attribution.itself[1];  // r alone is enough.
  const std::string text = text_of(attribution);
  CHECK(line(text, "  rules[r]").starts_with("rules[r] (2 changes) +4.0 0 100"));
  CHECK(has(text, "Nothing goes with rules[s]."));
  CHECK_FALSE(has(text_of(made_attribution()), "Nothing goes with"));
}

TEST_CASE("attribution text: sampled orders say so and have errors", "[history][attribution]") {
  Attribution attribution = made_attribution();
  attribution.between[1].orders.sampled = {{0, 1}, {1, 0}, {1, 0}, {0, 1}};
  CHECK(has(text_of(attribution), "4 orders of 2 levers, half of them the other half reversed"));
}

TEST_CASE("attribution text: levers that cannot be told apart say so", "[history][attribution]") {
  Attribution attribution = made_attribution();
  attribution.between[1].levers[1] = {"start + end", {"start", "end"}, {"start", "end"}};
  CHECK(has(text_of(attribution), "start, end are one lever"));
}

TEST_CASE("attribution text: a remainder says where it comes from", "[history][attribution]") {
  Attribution attribution = made_attribution();
  for (const LeverSet set : {0U, 2U}) {
    attribution.between[1].figures[set] = delivered(1'000, 2'000);
  }
  const std::string text = text_of(attribution);
  CHECK(line(text, "  remainder").starts_with("remainder +1.0 25"));
  CHECK(has(text, "The remainder comes of lists in another order"));
  CHECK_FALSE(has(text_of(made_attribution()), "The remainder comes"));
}

TEST_CASE("attribution text: what cannot be off says so and is not counted",
          "[history][attribution]") {
  Attribution attribution = made_attribution();
  attribution.bindings[2].is_readable = false;
  const std::string text = text_of(attribution);
  CHECK(has(text, "US r cannot be off"));
  CHECK(line(text, "  US r").empty());
}

TEST_CASE("attribution text: no bindings, no second table", "[history][attribution]") {
  Attribution attribution = made_attribution();
  attribution.bindings.clear();
  CHECK_FALSE(has(text_of(attribution), "each off alone"));
}

}  // namespace
}  // namespace chokepoint::attribution_text_test
