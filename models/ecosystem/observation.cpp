#include "models/ecosystem/observation.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint {
namespace {

struct Days {
  Date begin, end;
};

template <class T>
bool lets_pass(const std::vector<T>& allowed, const T& value) {
  return allowed.empty() || std::ranges::find(allowed, value) != allowed.end();
}

Country booked_in(const LedgerRow& row, Basis basis) {
  if (basis == Basis::Headquarters) return row.buyer_headquarters;
  return row.billed_to.value_or(row.site_country);
}

// Shares of months that lie in `days`. Rows come by month: it is that of the last one mostly.
class MonthShares {
public:
  explicit MonthShares(const Days& days) : days_(days) {}

  double of(Date month) {
    if (month != month_) {
      month_ = month;
      share_ = share_within(month);
    }
    return share_;
  }

private:
  double share_within(Date month) const {
    const Date next = add_months(month, 1);
    const Date from = std::max(month, days_.begin), to = std::min(next, days_.end);
    if (from >= to) return 0.0;
    return static_cast<double>((to - from).count()) / static_cast<double>((next - month).count());
  }

  Days days_;
  Date month_ = Date::min();
  double share_ = 0.0;
};

bool is_share(ObservationMeasure measure) {
  return measure == ObservationMeasure::UnitShare || measure == ObservationMeasure::ValueShare;
}

double counted(ObservationMeasure measure, const LedgerRow& row, std::span<const double> h100e) {
  switch (measure) {
    case ObservationMeasure::Units:
    case ObservationMeasure::UnitShare:
      return row.units;
    case ObservationMeasure::Revenue:
    case ObservationMeasure::ValueShare:
      return row.value / Usd{1.0};
    case ObservationMeasure::H100e:
    case ObservationMeasure::CumulativeH100e:
      assert(row.device.value < h100e.size());
      return row.units * h100e[row.device.value];
  }
  return 0.0;
}

// Day by day: exact for steps, and periods add up.
double base_over(const Curve& base, const Days& days) {
  if (base.points.empty()) return 0.0;
  double sum = 0.0;
  for (Date day = days.begin; day < days.end; day += std::chrono::days{1}) {
    sum += value_on(base, day);
  }
  return sum / kDaysPerYear;
}

}  // namespace

bool counts(const LedgerFilter& filter, const LedgerRow& row) {
  return lets_pass(filter.devices, row.device) && lets_pass(filter.vendors, row.vendor) &&
         lets_pass(filter.headquarters, row.buyer_headquarters) &&
         lets_pass(filter.site_countries, row.site_country) &&
         lets_pass(filter.booked_in, booked_in(row, filter.basis)) &&
         lets_pass(filter.statuses, row.status) && lets_pass(filter.channels, row.channel);
}

double observe(const ObservationSeries& series, std::span<const LedgerRow> ledger, Date begin,
               Date end, std::span<const double> h100e_per_device) {
  assert(begin < end);
  const bool level = series.level || series.measure == ObservationMeasure::CumulativeH100e;
  const bool share = is_share(series.measure);
  const Days days{level ? series.since : begin, end};
  MonthShares shares(days);
  double part = 0.0, whole = 0.0;
  for (const LedgerRow& row : ledger) {
    const double within = shares.of(row.month);
    if (within <= 0.0 || (share && !counts(series.among, row))) continue;
    const double amount = within * counted(series.measure, row, h100e_per_device);
    whole += amount;
    if (counts(series.filter, row)) part += amount;
  }
  const double base = level ? value_on(series.base, end) : base_over(series.base, days);
  if (!share) return series.factor.value * part + base;
  return whole + base > 0.0 ? part / (whole + base) : 0.0;
}

}  // namespace chokepoint
