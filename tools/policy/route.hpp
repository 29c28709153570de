#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/ecosystem/region.hpp"
#include "models/world.hpp"
#include "tools/policy/subject.hpp"

namespace chokepoint {

/// The route of something, from where to where, and to whom.
struct ShipmentRoute {
  Country to = kHomeCountry;
  std::optional<Country> from;  ///< The goods leave from there; unset: the vendor's home.
  std::optional<OrgId> buyer;   ///< Unset: somebody of whom no more is known.
  std::optional<Country> buyer_headquarters;    ///< Of an unnamed one; unset: the destination.
  std::vector<BuyerClassId> buyer_classes;      ///< Of an unnamed one.
  std::optional<double> buyer_owned_by_listed;  ///< Of an unnamed one, in [0, 1]; unset: not known.
  std::optional<OrgId> packager;
  std::optional<Country> packaged_in;
  ShipmentState state = ShipmentState::Offered;
  std::string unlisted_vendor;  ///< Who sells it, where no Org is called so: no letter names it.
  std::optional<Category> category;  ///< As which the thing is judged; unset: its own.
};

/// The shipment of `subject` on that route.
Shipment shipment_of(const Subject& subject, const ShipmentRoute& route, const World& world);

/// "nv_h20_96 from US to CN".
std::string route_text(const Shipment& shipment);

/// "tencent (CN; big_tech)", "unnamed, headquarters CN".
std::string party_text(const Party& party, const World& world);

}  // namespace chokepoint
