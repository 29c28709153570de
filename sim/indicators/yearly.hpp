#pragma once

#include "models/world.hpp"
#include "sim/indicators/figures.hpp"
#include "sim/indicators/ledger.hpp"

namespace chokepoint {

/// The indicators of every year of a run, each defined once, here. "Mainland" is what Chinese users
/// have at sites in China, "offshore" what they own or rent elsewhere, "abroad" the rest.
///
///   delivered, revenue    packages and US dollars by region and vendor
///   pathway               packages for Chinese users: legal, licensed, diverted, rented, domestic,
///                         stockpile (made at home out of falling stocks of foreign parts)
///   unit_share, value_share, domestic_share, vendor_hhi    of deliveries to the mainland
///   refused, refused_value    packages and US dollars by rule
///   receipts              US dollars that a government takes of deliveries
///
/// at the year's end, by region:
///
///   tpp              in 1e6 TPP
///   installed_*      H100-equivalents: peak; usable and nominal training, prefill, decode
///   largest_run      FLOP that the largest group of one device with power at one site can train
///                    in 100 days
///
/// of usable training and decode in the mainland then: cuda_dependence_*, kind_share_*,
/// stack_hhi_*;
///
/// of what mainland buyers wished for in the year for training, prefill and decode, by kind of
/// device and for all:
///
///   kind_spending_*     share of the money that was spent
///   kind_roof_*         nominal H100-equivalents of a package
///   kind_coverage_*     usable for each nominal one: what stack and ports attain of the roof,
///                       against what CUDA does of that of an H100
///   kind_price_*        dollars a month, of a nominal H100-equivalent, energy included
///   kind_preference_*   utility beside work and cost: captivity, less risk and porting
///   kind_let_through_*  share of packages that no government refused
///   kind_delivered_*    of those, that were there; kind_wished_*: packages
///
/// of the year: tokens_served, tokens_unmet (1e12 tokens) and token_cost by service, training_flops
/// by job, energy by site, porting_cost; and at its end months_to_move, portability,
/// shared_artefacts.
Figures yearly_figures(const World& world, const Ledger& ledger);

}  // namespace chokepoint
