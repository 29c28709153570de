#pragma once

#include <span>

#include "models/ecosystem/observation.hpp"

namespace chokepoint {

/// How chips reached who uses them. Stockpile: of what is made at home, what is made out of falling
/// stocks of foreign parts.
enum class Pathway { Domestic, Legal, Licensed, Diverted, Rented, Stockpile };
inline constexpr std::size_t kPathways = 6;

/// The pathway of a delivery to a user from `home`. Domestic is what a vendor with its seat there
/// makes, of stockpiles or not; of the rest the legal status decides.
Pathway pathway_of(const LedgerRow& row, Country vendor_headquarters, Country home);

/// Herfindahl-Hirschman index of amounts, in (0, 1]: the sum of squared shares; 0 of nothing. 1 is
/// a monopoly, 1 / n is n equals.
double herfindahl(std::span<const double> amounts);

}  // namespace chokepoint
