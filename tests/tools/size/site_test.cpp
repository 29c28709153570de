#include "tools/size/site.hpp"

#include <catch2/catch.hpp>
#include <iostream>

#include "tests/day.hpp"
#include "tests/paths.hpp"
#include "tools/policy/check.hpp"

namespace chokepoint {
namespace {

const PolicyBook& book() {
  static const PolicyBook read = [] {
    Diagnostics found;
    auto shipped = read_policy_book(source_dir() + "/scenarios/policy/policy.textproto", found);
    if (!shipped) print(std::cerr, found, "policy");
    return *std::move(shipped);
  }();
  return read;
}

SiteRuling ruling(const std::string& device, const std::string& country, const std::string& date) {
  return ruling_for({book(), Country(country), day(date)}, device);
}

TEST_CASE("site: what policy check lets through may be bought, with the rule that forbids the rest",
          "[size][policy]") {
  for (const Subject& subject : subjects(book().world)) {
    ShipmentRoute route;
    route.to = Country("CN");
    const auto check = check_shipment(book(), subject, route, day("2025-08-15"));
    const SiteRuling said = ruling(subject.name, "CN", "2025-08-15");
    INFO(subject.name);
    if (check.is_free() && !check.not_released_yet) CHECK(said.may_buy);
    if (check.overall().verdict == Verdict::Prohibited) CHECK_FALSE(said.may_buy);
    if (!said.may_buy && !check.not_released_yet) CHECK_FALSE(said.rule.empty());
  }
}

TEST_CASE("site: H200 may not be bought in China in 2025, and may at home", "[size][policy]") {
  const SiteRuling china = ruling("nv_h200", "CN", "2025-01-15");
  CHECK_FALSE(china.may_buy);
  CHECK_FALSE(china.citation.empty());
  CHECK(china.text().find(china.rule) != std::string::npos);
  CHECK(ruling("nv_h200", "US", "2025-01-15").may_buy);
  CHECK(ruling("hw_ascend_910b2", "CN", "2025-01-15").may_buy);
}

TEST_CASE("site: what the policy does not know may not be bought", "[size][policy]") {
  const SiteRuling unknown = ruling("nobodys_chip", "CN", "2025-01-15");
  CHECK_FALSE(unknown.may_buy);
  CHECK(unknown.text().find("nobodys_chip") != std::string::npos);
}

TEST_CASE("site: what would be stricter with a figure that is not given says so",
          "[size][policy]") {
  int open = 0;
  for (const Subject& subject : subjects(book().world)) {
    ShipmentRoute route;
    route.to = Country("CN");
    const auto check = check_shipment(book(), subject, route, day("2025-08-15"));
    const SiteRuling said = ruling(subject.name, "CN", "2025-08-15");
    INFO(subject.name);
    CHECK(said.turns_on.empty() == check.open.empty());
    if (check.open.empty()) continue;
    ++open;
    CHECK(said.text().find("turns on what is not given") != std::string::npos);
  }
  CHECK(open > 0);
}

TEST_CASE("site: what is not sold yet keeps the rule that forbids it", "[size][policy]") {
  for (const Subject& subject : subjects(book().world)) {
    if (!subject.released) continue;
    const SiteRuling early = ruling(subject.name, "CN", "2023-12-01");
    ShipmentRoute route;
    route.to = Country("CN");
    const auto check = check_shipment(book(), subject, route, day("2023-12-01"));
    if (!check.not_released_yet || check.overall().verdict != Verdict::Prohibited) continue;
    INFO(subject.name);
    CHECK_FALSE(early.rule.empty());
  }
  const SiteRuling h200 = ruling("nv_h200", "CN", "2024-01-15");
  CHECK(h200.verdict.starts_with("not sold before"));
  CHECK_FALSE(h200.rule.empty());
}

TEST_CASE("site: what is not sold yet is left out", "[size][policy]") {
  const SiteRuling early = ruling("nv_h200", "US", "2022-01-15");
  CHECK_FALSE(early.may_buy);
  CHECK(early.verdict.starts_with("not sold before"));
}

}  // namespace
}  // namespace chokepoint
