#include "sim/scenario/chapters/chapters.hpp"

#include <algorithm>
#include <utility>

#include "sim/scenario/reading/read_curve.hpp"
#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

static_assert(static_cast<int>(FigureUse::Derived) == pb::DERIVED - 1);

constexpr Unit kFigure = at_least(0.0, 1.0, 1e13, "one of the series' unit");
constexpr Unit kFactor = at_least(1e-12, 1.0, 1e12, "units of the series in one of the measure's");
constexpr Unit kScale = at_least(1e-12, 1.0, 1e12, "one of the series' unit");
constexpr double kLeastShare = 0.005;  // What sources that round to a percent tell from none.

ObservationMeasure measure_of(int counted_as) {
  switch (counted_as) {
    case pb::REVENUE_BOOKED:
      return ObservationMeasure::Revenue;
    case pb::UNIT_SHARE:
      return ObservationMeasure::UnitShare;
    case pb::VALUE_SHARE:
      return ObservationMeasure::ValueShare;
    case pb::CUMULATIVE_H100E:
      return ObservationMeasure::CumulativeH100e;
    default:
      return ObservationMeasure::Units;
  }
}

// Families of vendors with their seat in `home` that make some device.
void add_vendors_of(const World& world, Country home, std::vector<OrgId>& vendors) {
  if (world.orgs.empty()) return;
  for (const DeviceSpec& device : world.devices) {
    if (world.orgs[device.vendor.value].headquarters != home) continue;
    const OrgId family = world.ultimate_parent(device.vendor);
    if (std::ranges::find(vendors, family) == vendors.end()) {
      vendors.push_back(family);
    }
  }
}

LedgerFilter read_counted(Reading& reading, const Cursor& series, const std::string& field) {
  LedgerFilter out;
  if (!is_written(series, field)) return out;
  const Cursor at = series.child(field);
  const auto& in = as<pb::Counted>(at);
  out.devices = resolve_all(reading.devices, at, "devices", in.devices());
  for (const OrgId vendor : resolve_all(reading.orgs, at, "vendors", in.vendors())) {
    out.vendors.push_back(reading.world.ultimate_parent(vendor));
  }
  for (const Country home : read_country_codes(at, "vendor_countries", in.vendor_countries())) {
    add_vendors_of(reading.world, home, out.vendors);
  }
  out.booked_in = read_country_codes(at, "countries", in.countries());
  const bool by_bill = in.basis() == pb::BILLING_BASIS;
  out.basis = by_bill ? Basis::Billing : Basis::Headquarters;
  out.statuses = {LegalStatus::Legal, LegalStatus::Licensed, LegalStatus::Rented};
  if (in.diverted()) out.statuses.push_back(LegalStatus::Diverted);
  return out;
}

void read_figures(Reading& reading, const Cursor& series, ObservedSeries& out) {
  read_named(series, "observations", "observation", [&](const Cursor& at) {
    const auto& written = as<pb::Observation>(at);
    ObservedFigure figure;
    figure.name = written.name();
    const auto begin = read_date(at, "begin", written.begin());
    const auto end = read_date(at, "end", written.end());
    if (begin && end && *end <= *begin) {
      at.error("end",
               concat("end ", format_date(*end), " is not after begin ", format_date(*begin)),
               "dates out of order: end is the first day after the last");
    }
    figure.begin = begin.value_or(Date());
    figure.end = end.value_or(Date());
    figure.value = read_required<double>(reading, at, "value", kFigure);
    figure.use = read_enum<FigureUse>(at, "use").value_or(FigureUse::Validate);
    out.figures.push_back(std::move(figure));
  });
}

void read_series(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::ObservationSeries>(at);
  ObservedSeries out;
  ObservationSeries& counts = out.counts;
  counts.name = in.name();
  counts.measure = measure_of(read_enum_number(at, "counted_as", true));
  counts.filter = read_counted(reading, at, "counted");
  counts.among = read_counted(reading, at, "of");
  counts.factor = read_figure_or(reading, at, "units_per_one", kFactor, 1.0);
  counts.base = read_curve(reading, at, "base_per_year", kFigure).value_or(Curve{});
  const bool is_share = counts.measure == ObservationMeasure::UnitShare ||
                        counts.measure == ObservationMeasure::ValueShare;
  const auto fallback = is_share ? std::optional(kLeastShare) : std::nullopt;
  counts.scale = read_number(at, "scale", kScale, fallback).value_or(1.0);
  counts.level = counts.measure == ObservationMeasure::CumulativeH100e;
  if (counts.level) counts.since = read_date(at, "since", in.since()).value_or(Date());
  require_text(at, "unit", in.unit());
  out.display = in.display().empty() ? in.name() : in.display();
  out.unit = in.unit();
  read_figures(reading, at, out);
  reading.world.observed.push_back(std::move(out));
}

}  // namespace

void read_history(Reading& reading) {
  for (const Cursor& at : reading.root.children("observation_series")) read_series(reading, at);
}

}  // namespace chokepoint
