#include "models/units.hpp"

#include <catch2/catch.hpp>
#include <type_traits>

namespace chokepoint {
namespace {

static_assert(std::is_same_v<decltype(Flops{} / FlopsPerSecond{}), Seconds>);
static_assert(std::is_same_v<decltype(Bytes{} / BytesPerSecond{}), Seconds>);
static_assert(std::is_same_v<decltype(FlopsPerToken{} * Tokens{}), Flops>);
static_assert(std::is_same_v<decltype(FlopsPerSecond{} / FlopsPerToken{}), TokensPerSecond>);
static_assert(std::is_same_v<decltype(BytesPerToken{} * Tokens{}), Bytes>);
static_assert(std::is_same_v<decltype(TokensPerSecond{} * Seconds{}), Tokens>);
static_assert(std::is_same_v<decltype(Watts{} * Seconds{}), Joules>);
static_assert(std::is_same_v<decltype(Seconds{} / Seconds{}), double>);
static_assert(std::is_same_v<decltype(Watts{} * Seconds{} / Joules{}), double>);
static_assert(std::is_same_v<decltype(Usd{} * 2.0), Usd>);

template <class A, class B>
concept CanAdd = requires(A a, B b) {
  a + b;
};
template <class A, class B>
concept CanCompare = requires(A a, B b) {
  a < b;
};

static_assert(CanAdd<Seconds, Seconds>);
static_assert(!CanAdd<Bytes, Seconds>);
static_assert(!CanAdd<Flops, double>);
static_assert(CanCompare<Watts, Watts>);
static_assert(!CanCompare<Watts, Joules>);
static_assert(!std::is_convertible_v<double, Usd>);
static_assert(!std::is_convertible_v<Usd, double>);

TEST_CASE("units: scaled literals convert to base units", "[units]") {
  CHECK(2_hours == Seconds{7'200.0});
  CHECK(1_days == 24_hours);
  CHECK(1.5_s == Seconds{1.5});
  CHECK(3_GB == Bytes{3e9});
  CHECK(1_GiB == Bytes{1024.0 * 1024.0 * 1024.0});
  CHECK(4_GBps == BytesPerSecond{4e9});
  CHECK(5_TFLOPS == FlopsPerSecond{5e12});
  CHECK(6_MW == Watts{6e6});
}

TEST_CASE("units: arithmetic keeps the values", "[units]") {
  Seconds t = 90_s;
  t += 30_s;
  t -= 60_s;
  CHECK(t == 60_s);
  CHECK(t + t - 30_s == 1.5 * t);
  CHECK(6_GB / 3_GBps == 2_s);
  CHECK(2_MW * 3_s == Joules{6e6});
  CHECK(9_GB / 3_GB == 3.0);
  CHECK(10_s / 4.0 == 2.5_s);
}

}  // namespace
}  // namespace chokepoint
