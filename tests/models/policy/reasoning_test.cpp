#include "models/policy/reasoning.hpp"

#include <catch2/catch.hpp>

#include "tests/models/policy/shipments.hpp"

namespace chokepoint {
namespace {

TEST_CASE("reasons: one for each condition, with the number put in", "[policy][reasoning]") {
  Predicate predicate = bounded(Attribute::Tpp, Comparison::AtLeast, 2400);
  predicate.designed_for_datacenter = true;
  Predicate density = bounded(Attribute::PerformanceDensity, Comparison::AtLeast, 1.6);
  density.clause = "3A090.b.1";
  predicate.any_of = {density, Predicate{}};
  const auto found = reasons(predicate, item_of(kH20, h20(), kUs));
  REQUIRE(found.size() == 3);
  CHECK(found[0].kind == Reason::Kind::Datacenter);
  CHECK(found[0].holds);
  CHECK(found[1].kind == Reason::Kind::Bound);
  CHECK(found[1].value == 2368);
  CHECK(found[1].bound.threshold == 2400);
  CHECK_FALSE(found[1].holds);
  REQUIRE(found[2].kind == Reason::Kind::AnyOf);
  REQUIRE(found[2].branches.size() == 2);
  CHECK(found[2].branches[0].predicate->clause == "3A090.b.1");
  CHECK(found[2].branches[0].branches[0].value == Approx(2368.0 / 814.0));
}

TEST_CASE("reasons: say what is not known", "[policy][reasoning]") {
  Predicate predicate = bounded(Attribute::PerformanceDensity, Comparison::AtLeast, 1.6);
  predicate.has_hbm = true;
  const auto found = reasons(predicate, Item{});
  REQUIRE(found.size() == 2);
  CHECK_FALSE(found[0].known);
  CHECK_FALSE(found[0].holds);
  CHECK_FALSE(found[1].known);
  CHECK_FALSE(found[1].value);
}

TEST_CASE("reasons: none of them may hold under none_of", "[policy][reasoning]") {
  Predicate predicate;
  predicate.none_of = {bounded(Attribute::Tpp, Comparison::AtLeast, 2400)};
  const auto found = reasons(predicate, item_of(kH20, h20(), kUs));
  REQUIRE(found.size() == 1);
  CHECK(found[0].holds);
  CHECK_FALSE(found[0].branches[0].holds);
}

}  // namespace
}  // namespace chokepoint
