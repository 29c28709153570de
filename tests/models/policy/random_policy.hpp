#pragma once

#include <rapidcheck.h>

#include <algorithm>
#include <vector>

#include "models/policy/regime.hpp"
#include "tests/models/policy/shipments.hpp"

/// Random rules, things and parties for the laws that must hold of all of them. Numbers come from
/// few values around each other, so that thresholds, lists and dates meet often.
namespace chokepoint::any {

inline double number() {
  return *rc::gen::element(0.0, 1.0, 1599.0, 1600.0, 2399.0, 2400.0, 4799.0, 4800.0, 20'919.0);
}

/// A multiple of 1/64, so that sums are exact in any order.
inline double share() {
  return *rc::gen::inRange(0, 65) / 64.0;
}

inline Date date() {
  return day("2025-01-01") + std::chrono::days(*rc::gen::inRange(0, 60));
}

inline Country country() {
  return *rc::gen::element(kUs, kCn, kSg);
}

inline CountrySet countries() {
  CountrySet set;
  for (const Country one : {kUs, kCn, kSg}) {
    if (*rc::gen::inRange(0, 3) == 0) set.add(one);
  }
  return set;
}

inline Attribute attribute() {
  return attributes()[*rc::gen::inRange<std::size_t>(0, kAttributes)].attribute;
}

inline bool coin(int one_in) {
  return *rc::gen::inRange(0, one_in) == 0;
}

template <class T>
std::optional<T> maybe(T value) {
  return coin(3) ? std::nullopt : std::optional<T>(value);
}

inline Item item() {
  Item item;
  item.device = DeviceId{*rc::gen::inRange(0U, 3U)};
  item.category = coin(8) ? Category::Hbm : Category::Chip;
  item.attributes.set(Attribute::Tpp, number());
  item.attributes.set(Attribute::PerformanceDensity, maybe(number()));
  item.attributes.set(Attribute::MemoryBandwidth, maybe(number()));
  item.attributes.set(Attribute::IoBandwidth, maybe(number()));
  item.attributes.set(Attribute::DesignedForDatacenter, coin(2));
  item.vendor_headquarters = country();
  item.sold_in = countries();
  item.attributes.set(Attribute::Transistors, maybe(number()));
  item.attributes.set(Attribute::HasHbm, maybe(coin(2)));
  return item;
}

inline Predicate predicate(int depth = 2) {
  Predicate out;
  const int bounds = *rc::gen::inRange(0, 2);
  for (int i = 0; i < bounds; ++i) {
    out.bounds.push_back({attribute(), static_cast<Comparison>(*rc::gen::inRange(0, 4)), number()});
  }
  for (const Attribute flag : {Attribute::DesignedForDatacenter, Attribute::HasHbm}) {
    if (coin(6)) out.bounds.push_back({flag, Comparison::Is, coin(2) ? 1.0 : 0.0});
  }
  if (coin(8)) out.devices = {DeviceId{*rc::gen::inRange(0U, 3U)}};
  if (coin(8)) out.sold_in = countries();
  if (depth == 0) return out;
  for (auto* branches : {&out.any_of, &out.all_of, &out.none_of}) {
    const int count = coin(3) ? *rc::gen::inRange(1, 3) : 0;
    for (int i = 0; i < count; ++i) branches->push_back(predicate(depth - 1));
  }
  return out;
}

inline Party party() {
  Party out{OrgId{*rc::gen::inRange(0U, 4U)}, country(), {}, {}};
  if (coin(2)) out.classes.push_back(BuyerClassId{*rc::gen::inRange(0U, 2U)});
  if (coin(3)) out.parent_headquarters = country();
  return out;
}

inline PartyTest party_test(int depth = 1) {
  PartyTest out;
  if (coin(3)) out.headquarters = countries();
  if (coin(5)) out.orgs = {OrgId{*rc::gen::inRange(0U, 4U)}};
  if (coin(5)) out.classes = {BuyerClassId{*rc::gen::inRange(0U, 2U)}};
  if (depth > 0 && coin(5)) out.none_of = {party_test(depth - 1)};
  return out;
}

inline Shipment shipment() {
  Shipment out;
  out.item = item();
  out.from = country();
  out.exported_from = coin(2) ? out.from : country();
  out.to = country();
  out.buyer = party();
  if (coin(6)) out.state = ShipmentState::InFlight;
  return out;
}

template <class Measure>
void take_days(Measure& out) {
  out.announced = out.validity.effective = day("2025-01-01");
  if (coin(3)) out.validity.effective = date();
  if (coin(6)) out.validity.ended = std::max(out.validity.effective, date());
  if (coin(8)) {
    const Date from = date();
    out.validity.suspensions.push_back({from, maybe(std::max(from, date()))});
  }
}

inline Review review() {
  Review out;
  if (coin(2)) out.time.value = *rc::gen::inRange(0, 60) * 1_days;
  if (coin(2)) out.refusal_probability.value = share();
  return out;
}

inline Verdict verdict() {
  return static_cast<Verdict>(*rc::gen::inRange(0, 9));
}

inline Rule rule() {
  Rule out;
  out.government = country();
  out.enabled = !coin(10);
  take_days(out);
  if (coin(4)) out.categories |= 1U << static_cast<unsigned>(Category::Hbm);
  if (coin(3)) out.item = predicate();
  if (coin(5)) out.destinations = countries();
  if (coin(6)) out.destinations_except = countries();
  if (coin(6)) out.exported_from = countries();
  if (coin(5)) out.buyer = party_test();
  out.buyer_anywhere = coin(3);
  out.reaches_abroad = coin(4);
  if (coin(4)) out.reaches_in_flight = coin(2);
  out.verdict = verdict();
  out.admitted_share.value = share();
  out.review = review();
  if (coin(4)) out.tariff_share.value = share() / 64.0;
  return out;
}

/// An exception to some of `rules` rules.
inline Exception exception(std::uint32_t rules) {
  Exception out;
  out.rules = {RuleId{*rc::gen::inRange(0U, rules)}, RuleId{*rc::gen::inRange(0U, rules)}};
  out.enabled = !coin(10);
  take_days(out);
  if (coin(4)) out.item = predicate(1);
  if (coin(4)) out.exported_from = countries();
  if (coin(4)) out.buyer = party_test();
  out.verdict = verdict();
  out.admitted_share.value = share();
  out.review = review();
  if (coin(2)) out.revenue_share.value = share() / 64.0;
  return out;
}

inline Regime regime() {
  Regime out;
  const auto rules = *rc::gen::inRange(1U, 9U);
  for (std::uint32_t i = 0; i < rules; ++i) out.rules.push_back(rule());
  const auto exceptions = *rc::gen::inRange(0U, 4U);
  for (std::uint32_t i = 0; i < exceptions; ++i) out.exceptions.push_back(exception(rules));
  return out;
}

}  // namespace chokepoint::any
