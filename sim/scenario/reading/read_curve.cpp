#include "sim/scenario/reading/read_curve.hpp"

#include <algorithm>
#include <cmath>

#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

static_assert(static_cast<int>(CurveShape::Step) == pb::STEP - 1);
static_assert(static_cast<int>(CurveShape::Log) == pb::STEADY_RATE - 1);

constexpr double kLeastPace = 0.1;  // A tenth is left after a year, whatever was lost in the last.
constexpr Unit kFactor = at_least(0.0, 1.0, 1e3, "as much as without it");
constexpr Unit kGrowthPerYear = at_least(-0.99, 1.0, 99.0, "as much again every year");

bool was_known(const Reading& reading, const Cursor& at, const pb::CurvePoint& in, Date on) {
  if (in.known_on().empty()) return !reading.world.as_of || on <= *reading.world.as_of;
  const auto known = read_date(at, "known_on", in.known_on());
  return !known || !reading.world.as_of || *known <= *reading.world.as_of;
}

std::vector<CurvePoint> read_points(Reading& reading, const Cursor& at, const std::string& field,
                                    const Unit& unit) {
  std::vector<CurvePoint> out;
  std::optional<Date> before;
  for (const Cursor& point : at.children(field)) {
    const auto& in = as<pb::CurvePoint>(point);
    const auto on = read_date(point, "on", in.on());
    const auto value = read_required<double>(reading, point, "value", unit);
    if (!on) continue;
    if (before && *on <= *before) {
      point.error("on",
                  concat("a point on ", format_date(*on), " after one on ", format_date(*before)),
                  "dates out of order: the dates of one curve increase");
    }
    before = on;
    if (was_known(reading, point, in, *on)) out.push_back({*on, value});
  }
  return out;
}

// Who stands at an earlier day than the curve's last point knows less of how it goes on than who
// wrote its growth: what the last known year added is added again, or that growth holds; between
// both it is their geometric mean.
void keep_pace(Curve& curve) {
  if (curve.points.size() < 2) return;
  const CurvePoint& last = curve.points.back();
  const double before = value_on(curve, add_months(last.on, -12));
  if (before <= 0.0 || last.value.value <= 0.0) return;
  const double pace = (last.value.value - before) / last.value.value;
  double& growth = curve.growth_per_year.value;
  growth = std::sqrt((1.0 + growth) * std::max(kLeastPace, 1.0 + pace)) - 1.0;
}

}  // namespace

std::optional<Curve> read_curve(Reading& reading, const Cursor& parent, const std::string& field,
                                const Unit& unit) {
  if (!is_written(parent, field)) return std::nullopt;
  const Cursor at = parent.child(field);
  const auto& in = as<pb::Curve>(at);
  Curve out;
  out.shape = read_enum_or(at, "shape", CurveShape::Step);
  if (in.points_size() == 0) {
    at.error("points", concat(field, " has no point"),
             "add points { on: \"2021-01-01\" value { ... } }");
  }
  out.points = read_points(reading, at, "points", unit);
  out.factors = read_points(reading, at, "factors", kFactor);
  out.growth_per_year = read_figure_or(reading, at, "growth_per_year", kGrowthPerYear, 0.0);
  const bool is_cut = out.points.size() < static_cast<std::size_t>(in.points_size());
  if (is_cut && out.shape == CurveShape::Log) keep_pace(out);
  if (in.has_ceiling()) {
    const auto ceiling = read_number(at, "ceiling", unit);
    if (ceiling) out.ceiling = *ceiling;
  }
  return out;
}

Curve read_required_curve(Reading& reading, const Cursor& at, const std::string& field,
                          const Unit& unit) {
  auto curve = read_curve(reading, at, field, unit);
  if (!curve && !is_written(at, field)) {
    at.error(field, concat(field, " is missing"),
             concat("write ", field, " { points { on: \"2021-01-01\" value { ... } } }"));
  }
  return curve.value_or(Curve{});
}

}  // namespace chokepoint
