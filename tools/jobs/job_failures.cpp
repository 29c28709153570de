#include "tools/jobs/job_failures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/find_named.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

constexpr double kSecond = 1e3, kMinute = 60 * kSecond;  // In milliseconds.

// Who says how devices fail: the cluster, or the catalogue.
const World& said_by(const Cluster& cluster, const TrainingWorld& world) {
  const bool says_itself =
      !cluster.world.reliabilities.empty() && !cluster.world.recoveries.empty();
  return says_itself ? static_cast<const World&>(cluster.world) : world;
}

PoolFailures failures_of(const ReliabilitySpec& spec, const RecoverySpec& recovery,
                         const JobPool& pool, const FailureQuestion& asked) {
  PoolFailures made;
  ReliabilitySpec leaves = spec;
  if (pool.nodes_per_domain > 0) {
    leaves.nodes_per_switch = Sourced<double>{double(pool.nodes_per_domain), {}};
  }
  made.nodes_per_switch = leaves.nodes_struck(FailureScope::Switches);
  const GangSize all{pool.nodes * pool.per_node, pool.per_node};
  for (const FailureMode& mode : spec.modes) {
    const PerSecond rate = gang_rate(mode, all, spec) * asked.factor;
    if (mode.scope == FailureScope::Run) {
      if (asked.with_software) made.of_job += rate;
    } else if (mode.scope == FailureScope::Storage) {
      continue;  // Logs say nothing of what jobs read and write.
    } else if (mode.scope == FailureScope::Switches) {
      const GangSize below{made.nodes_per_switch * pool.per_node, pool.per_node};
      made.switch_causes.push_back(
          {mode.name, gang_rate(mode, below, leaves) * asked.factor, mode.broken_share.value});
    } else if (mode.scope == FailureScope::Domains) {
      made.domain_causes.push_back(
          {mode.name, mode.each.value * asked.factor, mode.broken_share.value});
    } else {
      made.causes.push_back({mode.name, rate / double(pool.nodes), mode.broken_share.value});
    }
  }
  made.nodes_per_domain = static_cast<int>(std::lround(spec.nodes_per_domain.value));
  made.switch_repair = spec.repair_of(FailureScope::Switches);
  made.shape = spec.weibull_shape.value;
  made.noticed = recovery.detection.value + recovery.diagnosis.value;
  made.repair = spec.repair.value;
  return made;
}

}  // namespace

std::optional<JobFailures> job_failures(const Cluster& cluster, const TrainingWorld& world,
                                        const std::vector<JobPoolFacts>& pools,
                                        const FailureQuestion& asked, Diagnostics& found) {
  const World& said = said_by(cluster, world);
  JobFailures made;
  if (said.recoveries.empty()) return std::nullopt;
  const RecoverySpec& recovery = said.recoveries.front();
  made.recovery = recovery.name;
  for (const JobPoolFacts& facts : pools) {
    const DeviceSpec* device = find_named(said.devices, facts.device);
    const ReliabilitySpec* spec =
        device != nullptr ? reliability_for(said.reliabilities, device->stack) : nullptr;
    if (spec == nullptr) {
      found.error({cluster.file.string(), 0, 0}, "nobody says how often " + facts.device + " fails",
                  "add reliabilities, as scenarios/catalog/failures.textproto has them");
      return std::nullopt;
    }
    made.pools.push_back(failures_of(*spec, recovery, facts.pool, asked));
    made.names.push_back(spec->name);
    const Bytes memory = device->memory.value_or(Bytes{});
    made.checkpoint = std::max(made.checkpoint, memory / recovery.snapshot.value);
    made.restart =
        std::max(made.restart, recovery.restart.value + memory * double(facts.pool.per_node) /
                                                            recovery.storage_per_node.value);
  }
  if (asked.checkpoint_seconds) made.checkpoint = Seconds{*asked.checkpoint_seconds};
  if (asked.restart_seconds) made.restart = Seconds{*asked.restart_seconds};
  return made;
}

QueueSettings with_failures(QueueSettings settings, const JobFailures& failures,
                            const FailureQuestion& asked) {
  settings.failures = failures.pools;
  settings.failure_seed = asked.seed;
  settings.young_daly = !asked.checkpoint_minutes.has_value();
  settings.checkpoint_every = std::llround(asked.checkpoint_minutes.value_or(0) * kMinute);
  settings.checkpoint_cost = std::llround(failures.checkpoint.value * kSecond);
  settings.restart = std::llround(failures.restart.value * kSecond);
  return settings;
}

std::string failures_line(const JobFailures& failures, const FailureQuestion& asked) {
  std::string names;
  for (std::size_t i = 0; i < failures.names.size(); ++i) {
    const bool is_new =
        std::find(failures.names.begin(), failures.names.begin() + static_cast<std::ptrdiff_t>(i),
                  failures.names[i]) == failures.names.begin() + static_cast<std::ptrdiff_t>(i);
    if (is_new) names += (names.empty() ? "" : ", ") + in_quotes(failures.names[i]);
  }
  const PoolFailures& first = failures.pools.front();
  const double per_1000_days = first.of_node().value * 86'400e3;
  const std::string shape =
      first.shape == 1 ? "exponential" : fmt::format("Weibull of shape {}", first.shape);
  const double minutes = asked.checkpoint_minutes.value_or(0);
  std::string saves = " as often as Young and Daly say";
  if (asked.checkpoint_minutes) {
    saves = minutes > 0 ? fmt::format(" after each {} min of work", format_value(minutes))
                        : std::string(" never");
  }
  return fmt::format(
      "Failures by {}, recovery {}, seed {}:\na node of the first pool fails {} times in 1000 days "
      "({}). A job is saved{}, in {} s, and restarts in {} s.\n",
      names, in_quotes(failures.recovery), asked.seed, format_value(per_1000_days), shape, saves,
      format_value(failures.checkpoint.value), format_value(failures.restart.value));
}

}  // namespace chokepoint
