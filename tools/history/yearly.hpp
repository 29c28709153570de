#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/world.hpp"
#include "sim/sweep/ledger.hpp"
#include "sim/sweep/replicas.hpp"

namespace chokepoint {

/// Share of the draws that a band leaves out at each of its ends.
inline constexpr double kTail = 0.05;

/// What a figure of a year says, as its name among Figures is made of.
struct YearlyKey {
  std::string indicator;  ///< Such as "delivered".
  std::string subject;    ///< Such as "mainland/nvidia"; may be empty.
  std::string unit;
  int year = 0;
};
std::string text_of(const YearlyKey& key);
YearlyKey yearly_key(const std::string& text);

/// The indicators of every year of a run, each defined once, here. "Mainland" is what Chinese users
/// have at sites in China, "offshore" what they own or rent elsewhere, "abroad" the rest.
///
///   delivered            packages by region and vendor; revenue in US dollars likewise
///   pathway              packages for Chinese users: domestic, legal, licensed, diverted, rented
///   unit_share, value_share, domestic_share, vendor_hhi      of deliveries to the mainland
///   installed_*          H100-equivalents at the year's end by region: peak, training, prefill,
///   decode cuda_dependence_*    share of usable training and decode in the mainland that runs on
///   CUDA kind_share_*         the same by kind of device stack_hhi            of usable decode in
///   the mainland refused              packages and US dollars by rule months_to_move,
///   shared_artefacts, energy
Figures yearly_figures(const World& world, const Ledger& ledger);

/// "year,indicator,subject,unit" and a column for each of `runs`, in their order.
std::string yearly_csv(const std::vector<Figures>& runs, const std::vector<std::string>& columns);

/// Quantiles over `runs` of every figure: low, median and high of the middle 90 %.
std::string bands_csv(const std::vector<Figures>& runs);

/// What yearly_csv() wrote, by column; nothing where `text` is not such a table.
std::optional<std::vector<Figures>> read_yearly_csv(const std::string& text);

}  // namespace chokepoint
