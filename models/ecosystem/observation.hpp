#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "models/curve.hpp"
#include "models/ecosystem/stock.hpp"
#include "models/ids.hpp"
#include "models/sourced.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// What one buyer took of one device in a month: the booking from which every source's figure is
/// counted in its own way.
struct LedgerRow {
  Date month;  ///< Its first day.
  DeviceId device;
  OrgId vendor;  ///< The ultimate parent of who sold it.
  OrgId buyer;
  OrgId user;
  Country buyer_headquarters;        ///< Of the buyer's ultimate parent.
  Country site_country;              ///< Where the devices stand.
  std::optional<Country> billed_to;  ///< Unset: the site's country.
  LegalStatus status = LegalStatus::Legal;
  Channel channel = Channel::Merchant;
  double units = 0.0;  ///< Packages.
  Usd value;           ///< What the vendor was paid for all of them.
};

/// What a source counts. Shares are of what `among` lets pass.
enum class ObservationMeasure { Units, Revenue, UnitShare, ValueShare, H100e, CumulativeH100e };

/// By which place a source tells countries apart: where the bill goes, or where the customer's
/// parent sits. Nvidia's annual reports up to fiscal 2025 have the first, that of 2026 the second.
enum class Basis { Billing, Headquarters };

/// The deliveries that count. An empty list lets all pass.
struct LedgerFilter {
  std::vector<DeviceId> devices;
  std::vector<OrgId> vendors;
  std::vector<Country> headquarters;    ///< Of buyers.
  std::vector<Country> site_countries;  ///< Where the devices stand.
  std::vector<Country> booked_in;       ///< As `basis` has it.
  Basis basis = Basis::Billing;
  std::vector<LegalStatus> statuses;
  std::vector<Channel> channels;
};

/// True where everything in `filter` lets `row` pass.
bool counts(const LedgerFilter& filter, const LedgerRow& row);

/// A published series as a definition: what its source counts, in its unit.
struct ObservationSeries {
  std::string name;
  ObservationMeasure measure = ObservationMeasure::Units;
  LedgerFilter filter;
  LedgerFilter among;  ///< Shares: the whole; a part counts where both filters let it pass.
  /// Units of the source per package, USD or H100-equivalent: 7.2e-6 to get RMB mn; 2 of dies. Of
  /// shares it is not used.
  Sourced<double> factor{1.0, {}};
  /// What the source counts besides (game cards, processors, devices that are not modeled): per
  /// year and in its unit where it counts a period, in all where it counts a level. Of shares, in
  /// packages or USD of the whole.
  Curve base;
  bool level = false;  ///< All since `since`, instead of the period; CumulativeH100e always is.
  Date since;
  double scale = 1.0;  ///< Unit of the transform on which it is scored; see models/scoring.
};

/// The figure that `series` would show for the days [begin, end), of what is in `ledger`:
///
///   factor * sum of what its measure counts of each row that passes  +  base over the period
///
/// or the same of all since `series.since` up to `end`. A row is spread evenly over the days of its
/// month, so that a fiscal quarter takes its part of a month that it cuts. Shares are 0 of nothing.
/// `h100e_per_device` has the H100-equivalents of one package by device.
///
/// Adds up over periods that make up a longer one and, but for the base, over filters that make up
/// a wider one; shares do not. Order of rows does not matter beyond rounding.
/// Requires: begin < end; an entry for every device of the ledger where H100e are counted.
double observe(const ObservationSeries& series, std::span<const LedgerRow> ledger, Date begin,
               Date end, std::span<const double> h100e_per_device);

}  // namespace chokepoint
