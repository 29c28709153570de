#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace chokepoint {

/// Index of an element in the list of its kind in a World. Ids of different kinds do not mix; the
/// order of ids is the order of the composed scenario and breaks every tie.
template <class Tag>
struct Id {
  std::uint32_t value = 0;
  constexpr auto operator<=>(const Id&) const = default;
};

using SourceId = Id<struct SourceTag>;
using InputId = Id<struct InputTag>;
using DeviceId = Id<struct DeviceTag>;
using NodeTypeId = Id<struct NodeTypeTag>;
using StackId = Id<struct StackTag>;
using TransformerId = Id<struct TransformerTag>;
using OrgId = Id<struct OrgTag>;
using BuyerClassId = Id<struct BuyerClassTag>;
using RuleId = Id<struct RuleTag>;
using ExceptionId = Id<struct ExceptionTag>;
using QuotaId = Id<struct QuotaTag>;
using ItemId = Id<struct ItemTag>;
using ItemTypeId = Id<struct ItemTypeTag>;
using SupplyId = Id<struct SupplyTag>;
using StageId = Id<struct StageTag>;
using ComponentId = Id<struct ComponentTag>;
using BuyerId = Id<struct BuyerTag>;
using OrderId = Id<struct OrderTag>;
using SiteId = Id<struct SiteTag>;
using PoolId = Id<struct PoolTag>;
using PlaceId = Id<struct PlaceTag>;  ///< A site or an exchange: a vertex of the network.
using LinkId = Id<struct LinkTag>;
using JobId = Id<struct JobTag>;
using ServiceId = Id<struct ServiceTag>;
using ServingPoolId = Id<struct ServingPoolTag>;

/// ISO 3166-1 alpha-2 code of a country, upper case.
struct Country {
  std::array<char, 2> code = {'?', '?'};

  constexpr Country() = default;
  /// Requires: two characters.
  constexpr explicit Country(std::string_view text) : code{text[0], text[1]} {}
  constexpr auto operator<=>(const Country&) const = default;
  std::string text() const { return {code[0], code[1]}; }
};

}  // namespace chokepoint
