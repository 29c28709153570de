#include "tools/policy/open_question.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/small_policy.hpp"
#include "tools/policy/check.hpp"

namespace chokepoint {
namespace {

PolicyCheck check_of(const std::vector<StatedAttribute>& stated, const std::string& date,
                     const ShipmentRoute& route = {}) {
  const PolicyBook book = small_policy();
  BareSubject given;
  for (const auto& [attribute, figure] : stated) given.attributes.state(attribute, figure);
  return check_shipment(book, bare_subject(given, book.world), route, day(date));
}

TEST_CASE("open question: what is not known is not free", "[policy]") {
  const auto check =
      check_of({{Attribute::Tpp, 2000}, {Attribute::MemoryBandwidth, 1e9}}, "2024-01-01");
  CHECK(check.overall().verdict == Verdict::Free);
  CHECK_FALSE(check.is_free());
  REQUIRE(check.open.size() == 1);
  CHECK(check.open[0].attribute == Attribute::PerformanceDensity);
  CHECK(check.open[0].ruling.verdict == Verdict::PresumedDenial);
  CHECK(check.open[0].by_law);
  CHECK(attributes_asked_for(check.open) == "density (--die-area-mm2)");
}

TEST_CASE("open question: none where no figure would change the verdict", "[policy]") {
  CHECK(check_of({{Attribute::Tpp, 1500}, {Attribute::MemoryBandwidth, 1e9}}, "2024-01-01")
            .is_free());
  CHECK(check_of({{Attribute::Tpp, 2000},
                  {Attribute::MemoryBandwidth, 1e9},
                  {Attribute::DesignedForDatacenter, 0.0}},
                 "2024-01-01")
            .is_free());
  CHECK(check_of({{Attribute::Tpp, 5000}}, "2024-01-01").open.empty());  // Denied whatever it is.
}

TEST_CASE("open question: a letter is told from the law", "[policy]") {
  const auto check = check_of({{Attribute::Tpp, 1500}}, "2025-06-01");
  REQUIRE(check.open.size() == 1);
  CHECK(check.open[0].attribute == Attribute::MemoryBandwidth);
  CHECK_FALSE(check.open[0].by_law);
}

TEST_CASE("open question: the figure that it names is there to be found", "[policy]") {
  const PolicyBook book = small_policy();
  for (const Subject& subject : subjects(book.world)) {
    for (const char* date : {"2022-06-01", "2024-01-01", "2025-10-01", "2026-02-01"}) {
      const auto check = check_shipment(book, subject, {}, day(date));
      for (const OpenQuestion& question : check.open) {
        INFO(subject.name << " on " << date);
        CHECK_FALSE(subject.item.attributes[question.attribute]);
        CHECK(question.ruling.verdict > check.overall().verdict);
      }
    }
  }
}

TEST_CASE("open question: a changed device keeps the rest of itself", "[policy]") {
  const PolicyBook book = small_policy();
  const Subject big = small_subject(book, "west_big");
  const Subject desk = changed(big, {{Attribute::DesignedForDatacenter, 0.0}});
  CHECK(value_of(Attribute::Tpp, desk.item) == value_of(Attribute::Tpp, big.item));
  CHECK(value_of(Attribute::DesignedForDatacenter, desk.item) == 0.0);
  CHECK(desk.display == "Big One (changed: not for data centers)");
  const Subject half = changed(big, {{Attribute::Tpp, 2500}});
  CHECK(value_of(Attribute::PerformanceDensity, half.item) == 3.125);  // On the same 800 mm2.
  CHECK(changed(big, {}).display == big.display);
}

}  // namespace
}  // namespace chokepoint
