#pragma once

#include <string>

#include "sim/engine/site_watch.hpp"
#include "sim/scenario/compose/compose.hpp"

namespace chokepoint {

/// A site of H100 that serves Llama-3.1-8B on a share of its nodes and trains on the rest, for a
/// month.
struct SmallSite {
  int nodes = 8;
  double serving_share = 0.5;
  double load = 0.7;  ///< Asked for on the first day, over what its service can.
  double growth_per_year = 1.0;
  double prompt = 2000, output = 500, tpot_ms = 40;
  int gang_nodes = 2;           ///< Of the first job, which takes longer than the month.
  double short_job_days = 0;    ///< A second job of a node, submitted with the first; 0: none.
  std::string third_job_comes;  ///< Of a node, on that moment; empty: none.
  double power_cap_mw = 10;
};

/// The scenario of that site, composed.
Composed composed_site(const SmallSite& small);

/// What a scenario, or the text of a study, describes. The test fails where it has errors.
World site_world(const Composed& composed);
World study_world(const std::string& text);

/// The same site both ways.
struct SiteBothWays {
  double served_by_segments, served_zoomed;
  double trained_by_segments, trained_zoomed;
  double energy_by_segments, energy_zoomed;
};

/// Runs the site in a process of its own, zooms into it from `from_day` of January 2025 on and
/// plays that.
SiteBothWays both_ways(const SmallSite& small, int from_day, int days);

/// What is seen of `world`, its first site, between days of it; of a process that has run nothing.
WatchedSite watched(const World& world, int from_day, int days);

}  // namespace chokepoint
