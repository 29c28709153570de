#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tools/fleet/replay.hpp"
#include "tools/print/json_value.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// One cluster that a log was replayed on.
struct Replayed {
  std::string cluster;
  const PlannedFleet* fleet = nullptr;
  ReplayAccount account;
};

/// Requests whose times kept what their class promises, in percent of all; nothing where no class
/// promises anything.
std::optional<double> good_pct(const Replayed& in);
/// Of the time of devices that were up, in percent.
std::optional<double> busy_pct(const Replayed& in);
/// What a million output tokens took; nothing where no price is known, or none came.
std::optional<double> usd_per_million(const Replayed& in);

/// What was replayed: the log, its size, and what of it was left out.
std::string log_text(const ReplayedLog& log);

/// How each pool of `replayed` serves: replicas, plan, formats, engine, memory at its limit.
std::string plans_text(const Replayed& replayed);

/// Clusters side by side, a row for each figure.
Table comparison_table(const std::vector<Replayed>& replayed);

/// All of it for programs: schema "chokepoint.replay.requests/1".
JsonValue replay_json(const ReplayedLog& log, const std::vector<Replayed>& replayed);

/// What every pool did, a row for each.
Table pools_table(const Replayed& replayed);

}  // namespace chokepoint
