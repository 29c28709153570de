#include "models/policy/ownership.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

constexpr OrgId kFirmA{0}, kFirmB{1}, kFirmC{2}, kFirmD{3}, kFirmE{4};

std::vector<OrgId> owned(const std::vector<Stake>& stakes, const std::vector<OrgId>& listed) {
  return owned_by(stakes, 5, listed, 0.5);
}

TEST_CASE("ownership: half is enough, less is not", "[policy][ownership]") {
  CHECK(owned({{kFirmA, kFirmB, 0.5}}, {kFirmA}) == std::vector{kFirmB});
  CHECK(owned({{kFirmA, kFirmB, 0.499}}, {kFirmA}).empty());
  CHECK(owned({{kFirmA, kFirmB, 1.0}}, {}).empty());
}

TEST_CASE("ownership: stakes of several listed owners add up", "[policy][ownership]") {
  CHECK(owned({{kFirmA, kFirmC, 0.3}, {kFirmB, kFirmC, 0.2}}, {kFirmA, kFirmB}) ==
        std::vector{kFirmC});
  CHECK(owned({{kFirmA, kFirmC, 0.3}, {kFirmB, kFirmC, 0.2}}, {kFirmA}).empty());
  // 0.1 + 0.2 + 0.2 is a rounding error away from one half.
  CHECK(owned({{kFirmA, kFirmD, 0.1}, {kFirmB, kFirmD, 0.2}, {kFirmC, kFirmD, 0.2}},
              {kFirmA, kFirmB, kFirmC}) == std::vector{kFirmD});
}

// Half of a half is a quarter, and yet counts: an owned party passes on its stake in full.
TEST_CASE("ownership: an owned party passes on its stakes in full", "[policy][ownership]") {
  CHECK(owned({{kFirmA, kFirmB, 0.5}, {kFirmB, kFirmC, 0.5}}, {kFirmA}) ==
        std::vector{kFirmB, kFirmC});
  CHECK(owned({{kFirmA, kFirmB, 0.4}, {kFirmB, kFirmC, 1.0}}, {kFirmA}).empty());
  CHECK(owned({{kFirmA, kFirmB, 0.6}, {kFirmB, kFirmD, 0.25}, {kFirmA, kFirmD, 0.25}}, {kFirmA}) ==
        std::vector{kFirmB, kFirmD});
}

TEST_CASE("ownership: cross-holdings end", "[policy][ownership]") {
  CHECK(owned({{kFirmA, kFirmB, 0.5},
               {kFirmB, kFirmC, 0.6},
               {kFirmC, kFirmB, 0.5},
               {kFirmC, kFirmA, 0.4}},
              {kFirmA}) == std::vector{kFirmB, kFirmC});
  CHECK(owned({{kFirmB, kFirmC, 0.6}, {kFirmC, kFirmB, 0.6}}, {kFirmA}).empty());
}

TEST_CASE("ownership: the order of stakes does not matter", "[policy][ownership]") {
  std::vector<Stake> stakes = {{kFirmA, kFirmB, 0.5},
                               {kFirmB, kFirmC, 0.3},
                               {kFirmA, kFirmC, 0.2},
                               {kFirmC, kFirmD, 0.5},
                               {kFirmD, kFirmE, 0.49}};
  const auto less = [](const Stake& x, const Stake& y) {
    return std::pair(x.owned, x.owner) < std::pair(y.owned, y.owner);
  };
  std::sort(stakes.begin(), stakes.end(), less);
  do {
    REQUIRE(owned(stakes, {kFirmA}) == std::vector{kFirmB, kFirmC, kFirmD});
  } while (std::next_permutation(stakes.begin(), stakes.end(), less));
}

}  // namespace
}  // namespace chokepoint
