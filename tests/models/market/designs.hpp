#pragma once

#include "models/market/redesign.hpp"

namespace chokepoint {

// A chip of round numbers: 100 cores, 800 mm^2, TPP 16,000, 10 links of 50 GB/s beside 64 GB/s that
// are fixed, 5 stacks of 16 GiB and 600 GB/s.
inline DeviceSpec test_chip() {
  DeviceSpec chip;
  chip.name = "chip";
  chip.peaks.fp64 = 30_TFLOPS;
  chip.peaks.fp32 = 60_TFLOPS;
  chip.peaks.bf16 = 1000_TFLOPS;
  chip.peaks.fp8 = 2000_TFLOPS;
  chip.die_area_mm2 = 800.0;
  chip.memory = 80_GiB;
  chip.memory_bandwidth = 3000_GBps;
  chip.io_bandwidth = 564_GBps;
  chip.transistors = 80e9;
  chip.published_tpp = 16'000.0;
  return chip;
}

// Its second memory, 6 stacks of 24 GiB and 800 GB/s, can be had from 2024 on.
inline DesignKnobs test_knobs() {
  DesignKnobs knobs;
  knobs.name = "chip";
  knobs.family = "chip";
  knobs.cores = 100;
  knobs.tensor_rates = {0.5, 0.25};
  knobs.droppable = {Format::Fp64};
  knobs.links = 10;
  knobs.link_bandwidth = 50_GBps;
  knobs.fixed_io = 64_GBps;
  knobs.memory = {{"old", 5, 16_GiB, 600_GBps, {}},
                  {"new", 6, 24_GiB, 800_GBps, parse_date("2024-01-01")}};
  return knobs;
}

inline DesignSetting all_open(const DesignKnobs& knobs) {
  DesignSetting setting;
  setting.cores = knobs.cores;
  setting.links = knobs.links;
  setting.stacks = knobs.memory.front().most_stacks;
  return setting;
}

// A rule of the United States on what goes to China.
inline Rule rule_on(Predicate item, const char* effective) {
  Rule rule;
  rule.government = Country("US");
  rule.validity.effective = parse_date(effective).value();
  rule.item = std::move(item);
  rule.destinations = {Country("CN")};
  rule.verdict = Verdict::PresumedDenial;
  rule.admitted_share.value = 0.0;
  return rule;
}

// A rule for each.
inline Regime regime_of(std::vector<Predicate> items) {
  Regime regime;
  for (Predicate& item : items) regime.rules.push_back(rule_on(std::move(item), "2023-01-01"));
  return regime;
}

inline Predicate bound(Attribute attribute, double at_least,
                       Comparison comparison = Comparison::AtLeast) {
  Predicate predicate;
  predicate.bounds = {{attribute, comparison, at_least}};
  return predicate;
}

// Both hold.
inline Predicate both(const Predicate& a, const Predicate& b) {
  Predicate predicate;
  predicate.all_of = {a, b};
  return predicate;
}

// One holds at least.
inline Predicate either(std::vector<Predicate> branches) {
  Predicate predicate;
  predicate.any_of = std::move(branches);
  return predicate;
}

// A sale to somebody in China by a vendor of the United States.
inline Shipment to_china() {
  Shipment shipment;
  shipment.item.vendor_headquarters = Country("US");
  shipment.from = shipment.exported_from = Country("US");
  shipment.to = Country("CN");
  shipment.buyer.headquarters = Country("CN");
  return shipment;
}

}  // namespace chokepoint
