#include "models/curve.hpp"

#include <catch2/catch.hpp>

#include "tests/day.hpp"

using namespace chokepoint;

namespace {

Curve curve(CurveShape shape) {
  Curve made;
  made.shape = shape;
  made.points = {{day("2021-01-01"), {10.0, {}}}, {day("2023-01-01"), {40.0, {}}}};
  return made;
}

}  // namespace

TEST_CASE("curve: nothing is known before the first point") {
  CHECK(value_on(curve(CurveShape::Log), day("2020-12-31")) == 0.0);
  CHECK(value_on(Curve{}, day("2020-12-31")) == 0.0);
}

TEST_CASE("curve: points are met whatever lies between them") {
  for (const auto shape : {CurveShape::Step, CurveShape::Linear, CurveShape::Log}) {
    CHECK(value_on(curve(shape), day("2021-01-01")) == 10.0);
    CHECK(value_on(curve(shape), day("2023-01-01")) == 40.0);
  }
}

TEST_CASE("curve: half way is the earlier value, the middle, or the geometric middle") {
  const Date half = day("2022-01-01");
  CHECK(value_on(curve(CurveShape::Step), half) == 10.0);
  CHECK(value_on(curve(CurveShape::Linear), half) == Approx(25.0));
  CHECK(value_on(curve(CurveShape::Log), half) == Approx(20.0));
}

TEST_CASE("curve: a steady rate cannot leave zero, so it is a straight line there") {
  Curve from_zero = curve(CurveShape::Log);
  from_zero.points[0].value.value = 0.0;
  CHECK(value_on(from_zero, day("2022-01-01")) == Approx(20.0));
}

TEST_CASE("curve: after the last point it grows, up to its ceiling") {
  Curve growing = curve(CurveShape::Step);
  CHECK(value_on(growing, day("2030-01-01")) == 40.0);
  growing.growth_per_year = {0.5, {}};
  CHECK(value_on(growing, day("2024-01-01")) == Approx(60.0).epsilon(1e-3));
  growing.ceiling = 50.0;
  CHECK(value_on(growing, day("2024-01-01")) == 50.0);
  growing.ceiling = 30.0;  // What is known holds.
  CHECK(value_on(growing, day("2024-01-01")) == 40.0);
}

TEST_CASE("curve: factors bend it from a day on and leave what was before") {
  const Curve plain = curve(CurveShape::Linear);
  Curve bent = plain;
  bent.factors = {{day("2022-01-01"), {1.0, {}}}, {day("2022-01-11"), {0.5, {}}}};
  for (const char* before : {"2020-01-01", "2021-06-01", "2022-01-01"}) {
    CHECK(value_on(bent, day(before)) == value_on(plain, day(before)));
  }
  CHECK(value_on(bent, day("2022-01-06")) == Approx(0.75 * value_on(plain, day("2022-01-06"))));
  CHECK(value_on(bent, day("2030-01-01")) == Approx(0.5 * value_on(plain, day("2030-01-01"))));
}

TEST_CASE("curve: the mean over a period is exact for straight lines") {
  const Curve line = curve(CurveShape::Linear);
  CHECK(mean_over(line, day("2021-01-01"), day("2023-01-01")) == Approx(25.0));
}

TEST_CASE("curve: behind a value stands the last point that is not later") {
  Curve curve;
  curve.points = {{day("2024-01-01"), {1.0, InputId{3}}}, {day("2025-01-01"), {2.0, InputId{4}}}};
  CHECK(input_behind(curve, day("2023-12-31")) == InputId{});
  CHECK(input_behind(curve, day("2024-12-31")) == InputId{3});
  CHECK(input_behind(curve, day("2030-01-01")) == InputId{4});
}
