#pragma once

#include "models/ids.hpp"

namespace chokepoint {

/// The country whose users, sites and vendors a study of years is about.
inline constexpr Country kHomeCountry("CN");

/// Where chips are, as seen from there.
enum class Region {
  Mainland,  ///< At a site in the country, whoever uses them.
  Offshore,  ///< At a site elsewhere, of users from the country: they own or rent them.
  Abroad,    ///< All others.
};

/// The region of chips at a site in `site` that somebody from `user` uses.
constexpr Region region_of(Country site, Country user) {
  if (site == kHomeCountry) return Region::Mainland;
  return user == kHomeCountry ? Region::Offshore : Region::Abroad;
}

}  // namespace chokepoint
