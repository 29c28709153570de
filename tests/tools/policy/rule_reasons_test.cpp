#include "tools/policy/reasons.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/small_policy.hpp"
#include "tools/policy/route.hpp"

namespace chokepoint::rule_reasons_test {
namespace {

std::string asked(const PolicyBook& book, const std::string& rule, const ShipmentRoute& route) {
  const auto id = *id_of<RuleId>(book.world.regime.rules, rule);
  const auto shipment = shipment_of(small_subject(book, "west_big"), route, book.world);
  return questions_text(rule_reasons(book.rule(id), shipment, day("2025-10-01"), book.world).route,
                        0);
}

TEST_CASE("rule argument: a buyer anywhere is an alternative to the destination", "[policy]") {
  const PolicyBook book = small_policy();
  ShipmentRoute route;
  route.to = Country("SG");
  route.buyer = id_of<OrgId>(book.world.orgs, "cloud");
  CHECK(asked(book, "us_scores", route) ==
        "any of these? yes\n"
        "  destination SG in WARY? no\n"
        "  buyer's headquarters SG (parent CN) in CN? yes\n");
}

TEST_CASE("rule argument: else destination and buyer must both match", "[policy]") {
  const PolicyBook book = small_policy();
  ShipmentRoute route;
  CHECK(asked(book, "cn_guidance", route) ==
        "destination CN in CN? yes\n"
        "buyer of class big_tech? no\n");
  route.buyer = id_of<OrgId>(book.world.orgs, "lab");
  CHECK(asked(book, "cn_guidance", route) ==
        "destination CN in CN? yes\n"
        "buyer (big_tech) of class big_tech? yes\n");
}

TEST_CASE("rule argument: a rule about every way has nothing to ask of it", "[policy]") {
  CHECK(asked(small_policy(), "us_duty", {}).empty());
}

TEST_CASE("rule argument: what is under way or installed asks whether a rule reaches it",
          "[policy]") {
  const PolicyBook book = small_policy();
  ShipmentRoute route;
  route.state = ShipmentState::InFlight;
  CHECK(asked(book, "us_duty", route) == "reaches what is on its way? no\n");
  CHECK(has(asked(book, "cn_guidance", route), "reaches what is on its way? yes\n"));
  route.state = ShipmentState::Installed;
  CHECK(asked(book, "us_duty", route) == "reaches what is installed? no\n");
}

TEST_CASE("rule argument: an exception asks for its scope", "[policy]") {
  const PolicyBook book = small_policy();
  const auto shipment = shipment_of(small_subject(book, "west_big"), {}, book.world);
  CHECK(questions_text(exception_argument(book.exception(ExceptionId{0}), RuleId{0}, shipment,
                                          day("2025-10-01"), book.world)
                           .scope,
                       0) == "is west_mid? no\n");
}

}  // namespace
}  // namespace chokepoint::rule_reasons_test
