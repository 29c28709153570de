#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tools/fleet/fleet_plan.hpp"
#include "tools/fleet/replayed_log.hpp"

namespace CLI {
class App;
}

namespace chokepoint {

/// What `replay requests` was asked.
struct ReplayOptions {
  LogQuestion log;
  FleetQuestion fleet;
  std::vector<std::string> clusters, sets;
  std::optional<std::string> directory;
  bool traces = false;  ///< Requests, into the directory.
  bool json = false;
};

/// Adds its options to `app`, which must not outlive `options`.
void add_replay_options(CLI::App& app, ReplayOptions& options);

/// Adds how a log is read, which no format says of itself: --format, --column, --unit,
/// --block-tokens, --skip-bad.
void add_log_format(CLI::App& app, RequestLogOptions& options);

/// A time such as "90", "90s", "250ms", "5min" or "2h", in seconds; nothing where it is none, or
/// negative.
std::optional<Seconds> duration_of(const std::string& text);

/// A promise such as "ttft=2s,tpot=50ms", each part once and with its unit; else what is wrong with
/// it, as it goes on after "is": "no promise, ...".
std::variant<SloClass, std::string> promise_of(const std::string& text);

}  // namespace chokepoint
