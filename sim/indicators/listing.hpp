#pragma once

#include <string>
#include <string_view>

#include "models/software/maturity.hpp"
#include "sim/indicators/figures.hpp"

namespace chokepoint {

/// Of which subjects of an indicator a comparison of two runs leads with it.
enum class Lead {
  None,
  Mainland,         ///< The sum over vendors there.
  Units,            ///< Of a share by units and by value.
  LargestVendors,   ///< The two of the mainland with the most.
  MostMovedVendor,  ///< The one of the mainland that differs most.
  NotAbroad,        ///< Wherever Chinese users have something.
  All,
};

/// An indicator of years: its name, its unit, and who shows it.
struct YearlyIndicator {
  std::string_view name;  ///< Of one that is told by work what stands before that: "kind_price_".
  std::string_view unit;
  std::string_view compared = {};  ///< Subject with a line in `compare`; "*" all, "" none.
  Lead lead = Lead::None;
  bool is_of_mainland = false;     ///< Whatever its subject is.
  bool is_of_years_alone = false;  ///< A trace cannot tell it of a month.

  bool is_by_work() const { return name.ends_with('_'); }
  /// What is said of `subject` in `year`.
  YearlyKey of(const std::string& subject, int year) const;
  /// The same of one that is told by work.
  YearlyKey of(WorkKind work, const std::string& subject, int year) const;
};

/// All of them; comparisons lead with them in this order. "Mainland" is what stands at sites in
/// China, "offshore" what Chinese users own or rent elsewhere, "abroad" the rest.
inline constexpr YearlyIndicator kYearlyIndicators[] = {
    // Of deliveries of the year, by region and vendor: "mainland/nvidia". What came around the
    // rules
    // stands apart as "diverted/nvidia", and is in no share.
    {"delivered", "packages", {}, Lead::Mainland},
    {"domestic_share", "share", "*", Lead::Units, true},  // "units" and "value".
    {"value_share", "share", {}, Lead::LargestVendors},   // Of the mainland alone,
    {"unit_share", "share"},                              // and by packages.
    {"revenue", "USD", "mainland/nvidia", Lead::MostMovedVendor},
    {"vendor_hhi", "index", "*"},  // Of value shares in the mainland.

    // At the end of the year, by region.
    {"tpp", "1e6 TPP"},
    {"installed_peak", "H100e", "mainland"},
    {"installed_training", "H100e", "mainland", Lead::NotAbroad},  // Usable.
    {"installed_prefill", "H100e", "mainland"},
    {"installed_decode", "H100e", "mainland", Lead::NotAbroad},
    {"installed_training_nominal", "H100e", "mainland"},
    {"installed_prefill_nominal", "H100e", "mainland"},
    {"installed_decode_nominal", "H100e", "mainland"},
    // FLOP that the largest group of one device with power at one site can train in 100 days.
    {"largest_run", "FLOP"},

    // Of usable training and decode in the mainland then: on the stack of the reference device, by
    // kind of device, and by stack.
    {"cuda_dependence_", "share", "*"},
    {"kind_share_", "share", {}, Lead::None, true},
    {"stack_hhi_", "index"},

    // How packages came to Chinese users: legal, licensed, diverted, rented, domestic, or
    // stockpile,
    // which is made at home out of falling stocks of foreign parts.
    {"pathway", "packages", "*", Lead::All},

    // By rule, and what a government takes of deliveries.
    {"refused", "packages"},
    {"refused_value", "USD"},
    {"receipts", "USD"},

    // Of what mainland buyers wished for in the year, by kind of device and for all.
    {"kind_wished_", "packages", {}, Lead::None, true, true},
    {"kind_spending_", "share", {}, Lead::None, true, true},          // Of the money spent.
    {"kind_roof_", "H100e per package", {}, Lead::None, true, true},  // Nominal.
    // Usable for each nominal one: what stack and ports attain of the roof, against what CUDA does
    // of that of an H100.
    {"kind_coverage_", "share", {}, Lead::None, true, true},
    // A month of a nominal one, with energy.
    {"kind_price_", "USD per H100e-month", {}, Lead::None, true, true},
    // Beside work and cost: captivity, less risk and porting.
    {"kind_preference_", "utility", {}, Lead::None, true, true},
    {"kind_let_through_", "share", {}, Lead::None, true, true},  // By all governments,
    {"kind_delivered_", "share", {}, Lead::None, true, true},    // and of those, what was there.

    // Of the year, by service, job or site, and for all stacks.
    {"tokens_served", "1e12 tokens"},
    {"tokens_unmet", "1e12 tokens"},
    {"token_cost", "USD per 1e6 tokens"},
    {"training_flops", "FLOP"},
    {"energy", "GWh"},
    {"porting_cost", "USD"},

    // Of all stacks at its end.
    {"months_to_move", "months", "*"},
    {"portability", "share"},
    {"shared_artefacts", "share", "*"},
};

/// The indicator of that name. One that is not listed does not compile.
consteval const YearlyIndicator& indicator(std::string_view name) {
  for (const YearlyIndicator& listed : kYearlyIndicators) {
    if (listed.name == name) return listed;
  }
  throw "no such indicator";
}

/// The indicator that figures call `name`, with its work; nothing where nobody lists it.
const YearlyIndicator* listed_indicator(std::string_view name);

}  // namespace chokepoint
