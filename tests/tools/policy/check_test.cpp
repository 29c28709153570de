#include "tools/policy/check.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/tools/small_policy.hpp"

namespace chokepoint::check_test {
namespace {

PolicyCheck checked(const PolicyBook& book, const std::string& name, const ShipmentRoute& route,
                    const std::string& date) {
  return check_shipment(book, small_subject(book, name), route, day(date));
}

std::vector<std::string> tried(const PolicyBook& book, const GovernmentCheck& government) {
  std::vector<std::string> names;
  for (const auto& rule : government.rules) names.push_back(book.rule(rule.rule).read.name);
  return names;
}

using Names = std::vector<std::string>;

TEST_CASE("policy check: the argument holds exactly where the rule applies", "[policy]") {
  const PolicyBook book = small_policy();
  std::vector<ShipmentRoute> ways(4);
  ways[1].to = Country("SG");
  ways[1].buyer = id_of<OrgId>(book.world.orgs, "cloud");
  ways[2].from = Country("TW");
  ways[2].buyer_classes = {BuyerClassId{0}};
  ways[3].state = ShipmentState::InFlight;
  const auto& rules = book.world.regime.rules;
  int steps = 0;
  for (const Subject& subject : subjects(book.world)) {
    for (const ShipmentRoute& route : ways) {
      for (const char* date : {"2022-06-01", "2024-01-01", "2025-10-01", "2026-02-01"}) {
        const auto check = check_shipment(book, subject, route, day(date));
        for (const auto& government : check.governments) {
          for (const auto& rule : government.rules) {
            const bool ruled = applies(rules[rule.rule.value], check.shipment, day(date));
            CHECK(rule.argument.applies == ruled);
            CHECK((all_hold(rule.argument.route) && all_hold(rule.argument.item)) == ruled);
            for (const auto& exception : rule.exceptions) {
              CHECK(all_hold(exception.argument.scope) == exception.argument.applies);
            }
            ++steps;
          }
        }
      }
    }
  }
  CHECK(steps > 50);
}

TEST_CASE("policy check: every rule in force of a government with a say is tried", "[policy]") {
  const PolicyBook book = small_policy();
  const auto check = checked(book, "west_big", {}, "2025-10-01");
  REQUIRE(check.governments.size() == 2);
  CHECK(check.governments[0].government == Country("US"));
  CHECK(check.governments[0].role == "where it comes from");
  CHECK(check.governments[1].role == "where it goes");
  // The one that decides first, then others that apply, then those out of reach.
  CHECK(tried(book, check.governments[0]) == Names{"us_scores", "us_memory"});
  CHECK(tried(book, check.governments[1]) == Names{"cn_guidance"});
  CHECK(check.governments[0].clause == "a.1");
  CHECK(check.overall().verdict == Verdict::PresumedDenial);
}

TEST_CASE("policy check: an exception and its quota stand with the rule that it softens",
          "[policy]") {
  const PolicyBook book = small_policy();
  const auto check = checked(book, "west_mid", {}, "2025-08-08");
  const auto& us = check.governments[0];
  CHECK(us.ruling.verdict == Verdict::Granted);
  CHECK(us.quotas == std::vector<QuotaId>{QuotaId{0}});
  REQUIRE(us.rules[0].exceptions.size() == 1);
  CHECK(us.rules[0].exceptions[0].argument.applies);
  CHECK_FALSE(check.not_released_yet);
  CHECK(checked(book, "west_mid", {}, "2025-06-30").not_released_yet);
}

TEST_CASE("policy check: without a vendor, that of the country whom rules treat most strictly",
          "[policy]") {
  PolicyBook book = small_policy();
  for (Rule& rule : book.world.regime.rules) {  // The letter now names whom it binds.
    if (rule.name != "us_memory") continue;
    rule.item.vendors.push_back(*id_of<OrgId>(book.world.orgs, "west"));
  }
  BareSubject fast;
  fast.attributes.state(Attribute::Tpp, 1000);
  fast.attributes.state(Attribute::MemoryBandwidth, 2000e9);
  const auto check = check_shipment(book, bare_subject(fast, book.world), {}, day("2025-06-01"));
  CHECK(check.vendor_assumed);
  CHECK(check.shipment.item.vendor == id_of<OrgId>(book.world.orgs, "west"));
  CHECK(check.overall().verdict == Verdict::Informed);

  BareSubject slow;
  slow.attributes.state(Attribute::Tpp, 1000);
  const auto free = check_shipment(book, bare_subject(slow, book.world), {}, day("2025-06-01"));
  CHECK_FALSE(free.vendor_assumed);
  CHECK(free.overall().verdict == Verdict::Free);
}

TEST_CASE("policy check: governments of vendor, origin and destination have a say", "[policy]") {
  const PolicyBook book = small_policy();
  ShipmentRoute route;
  route.from = Country("TW");
  const auto abroad = checked(book, "west_big", route, "2025-10-01");
  REQUIRE(abroad.governments.size() == 3);
  CHECK(abroad.governments[0].role == "the vendor's home");
  CHECK(abroad.governments[1].role == "where it leaves from");
  CHECK_FALSE(abroad.governments[1].is_on_record);
  const auto home = checked(book, "east_npu", {}, "2025-10-01");
  REQUIRE(home.governments.size() == 1);
  CHECK(home.governments[0].role == "at home");
  CHECK(home.overall().verdict == Verdict::Free);
}

}  // namespace
}  // namespace chokepoint::check_test
