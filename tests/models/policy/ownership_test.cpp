#include "models/policy/ownership.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

constexpr OrgId a{0}, b{1}, c{2}, d{3}, e{4};

std::vector<OrgId> owned(const std::vector<Stake>& stakes, const std::vector<OrgId>& listed) {
  return owned_by(stakes, 5, listed, 0.5);
}

TEST_CASE("ownership: half is enough, less is not", "[policy][ownership]") {
  CHECK(owned({{a, b, 0.5}}, {a}) == std::vector{b});
  CHECK(owned({{a, b, 0.499}}, {a}).empty());
  CHECK(owned({{a, b, 1.0}}, {}).empty());
}

TEST_CASE("ownership: stakes of several listed owners add up", "[policy][ownership]") {
  CHECK(owned({{a, c, 0.3}, {b, c, 0.2}}, {a, b}) == std::vector{c});
  CHECK(owned({{a, c, 0.3}, {b, c, 0.2}}, {a}).empty());
  // 0.1 + 0.2 + 0.2 is a rounding error away from one half.
  CHECK(owned({{a, d, 0.1}, {b, d, 0.2}, {c, d, 0.2}}, {a, b, c}) == std::vector{d});
}

// Half of a half is a quarter, and yet counts: an owned party passes on its stake in full.
TEST_CASE("ownership: an owned party passes on its stakes in full", "[policy][ownership]") {
  CHECK(owned({{a, b, 0.5}, {b, c, 0.5}}, {a}) == std::vector{b, c});
  CHECK(owned({{a, b, 0.4}, {b, c, 1.0}}, {a}).empty());
  CHECK(owned({{a, b, 0.6}, {b, d, 0.25}, {a, d, 0.25}}, {a}) == std::vector{b, d});
}

TEST_CASE("ownership: cross-holdings end", "[policy][ownership]") {
  CHECK(owned({{a, b, 0.5}, {b, c, 0.6}, {c, b, 0.5}, {c, a, 0.4}}, {a}) == std::vector{b, c});
  CHECK(owned({{b, c, 0.6}, {c, b, 0.6}}, {a}).empty());
}

TEST_CASE("ownership: the order of stakes does not matter", "[policy][ownership]") {
  std::vector<Stake> stakes = {{a, b, 0.5}, {b, c, 0.3}, {a, c, 0.2}, {c, d, 0.5}, {d, e, 0.49}};
  const auto less = [](const Stake& x, const Stake& y) {
    return std::pair(x.owned, x.owner) < std::pair(y.owned, y.owner);
  };
  std::sort(stakes.begin(), stakes.end(), less);
  do {
    REQUIRE(owned(stakes, {a}) == std::vector{b, c, d});
  } while (std::next_permutation(stakes.begin(), stakes.end(), less));
}

}  // namespace
}  // namespace chokepoint
