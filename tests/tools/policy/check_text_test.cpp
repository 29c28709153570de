#include "tools/policy/check_text.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/small_policy.hpp"

namespace chokepoint {
namespace {

std::string text_of(const std::string& name, const std::string& date,
                    const ShipmentRoute& route = {}) {
  const PolicyBook book = small_policy();
  return check_text(check_shipment(book, small_subject(book, name), route, day(date)), book);
}

TEST_CASE("policy check text: the verdict, its ground and the arithmetic", "[policy]") {
  CHECK(text_of("west_mid", "2025-10-01") ==
        R"(license granted, 50 % admitted (US): west_mid from US to CN on 2025-10-01
  means        it may move, under a license that has been given
  what         west_mid, vendor west, headquarters US, first sold 2025-07-01
  attributes   TPP 2399.5, density 3.199 TPP/mm2, memory bandwidth 4000 GB/s, I/O bandwidth 900
               GB/s, for data centers
  buyer        unnamed, headquarters CN

US, where it comes from: license granted, 50 % admitted
  rule         us_memory: Chips of less fast memory need a license
  citation     Another letter
  in force     letter, 2025-04-09 on
  softened by  us_memory_license: Half of the middle chips may go against a share of revenue
  citation     A statement
  in force     practice, 2025-08-08 on, announced 2025-07-14
  admitted     50 % of what is asked for (estimated, 10 .. 100 %, source guess)
  wait         30 days (estimated, 20 .. 90 days, source guess)
  refusal      20 % of applications (estimated, source guess)
  charge       15 % of revenue, paid by the vendor to the government; practice, no law or regulation
               says so
  quota        us_memory_units: 20,000 units (estimated, source guess), per product, begins anew
               every year

CN, where it goes: free (no rule applies)

Rules of US in force on 2025-10-01 that could apply
  us_memory: applies, license needed, by letter to the vendor (decides)
      destination CN in CN? yes
      memory bandwidth 4000 >= 1400 GB/s? yes
    exception us_memory_license: applies, license granted
        is west_mid? yes
  us_scores: does not apply
      destination CN in WARY? yes
      designed or marketed for data centers? yes
      any of these? no
        [a.1] TPP 2399.5 >= 4800? no
        [a.2] all of these? no
          TPP 2399.5 >= 1600? yes
          density 3.199 >= 5.92 TPP/mm2? no

Rules of CN in force on 2025-10-01 that could apply
  not about this way or receiver
    cn_guidance: buyer of class big_tech? no
)");
}

TEST_CASE("policy check text: what is not known and not sold yet is said", "[policy]") {
  const std::string text = text_of("west_mid", "2024-01-01");
  CHECK(has(text, "not sold yet on this day; judged as if it were"));
  const std::string unknown = text_of("east_npu", "2025-10-01", [] {
    ShipmentRoute route;
    route.from = Country("US");
    return route;
  }());
  CHECK(has(unknown, "memory bandwidth >= 1400 GB/s? not known, so the bound does not hold"));
  CHECK(has(unknown, "TPP not known, density not known"));
}

TEST_CASE("policy check text: short says the verdict, the clause, the arithmetic, the citation",
          "[policy]") {
  const PolicyBook book = small_policy();
  const auto check = check_shipment(book, small_subject(book, "west_big"), {}, day("2024-01-01"));
  CHECK(short_check_text(check, book) ==
        R"(license needed, presumed denial (US): Big One from US to CN on 2024-01-01
  clause a.1
  designed or marketed for data centers? yes
  any of these? yes
    [a.1] TPP 5000 >= 4800? yes
    [a.2] all of these? yes
      TPP 5000 >= 1600? yes
      density 6.25 >= 5.92 TPP/mm2? yes
  citation 1 Test Code 1
)");
}

TEST_CASE("policy check text: an exception to another rule than decides says so", "[policy]") {
  const PolicyBook book = small_policy();
  const Subject big = changed(small_subject(book, "west_mid"), {{Attribute::Tpp, 5000.0}});
  const auto check = check_shipment(book, big, {}, day("2025-10-01"));
  const std::string text = check_text(check, book);
  CHECK(has(text, "  rule         us_scores: "));
  CHECK(has(text, "  exception    us_memory_license: "));
  CHECK(has(text, "  softens      us_memory, not the rule that decides\n"));
  CHECK_FALSE(has(text, "softened by"));
  CHECK_FALSE(has(short_check_text(check, book), "softened by"));
}

TEST_CASE("policy check text: short says what the other side says as well", "[policy]") {
  const PolicyBook book = small_policy();
  ShipmentRoute route;
  route.buyer_classes = {BuyerClassId{0}};
  const auto check =
      check_shipment(book, small_subject(book, "west_big"), route, day("2025-10-01"));
  REQUIRE(check.overall().government == Country("US"));
  const std::string text = short_check_text(check, book);
  CHECK(has(text, "\n  also CN: discouraged, by cn_guidance\n"));
  CHECK(has(text, "\n  citation A newspaper\n"));
}

}  // namespace
}  // namespace chokepoint
