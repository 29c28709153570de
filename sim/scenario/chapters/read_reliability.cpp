#include "sim/scenario/chapters/chapters.hpp"

#include <utility>

#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"

namespace chokepoint {
namespace {

static_assert(static_cast<int>(FailureScope::Devices) == pb::DEVICES - 1);
static_assert(static_cast<int>(FailureScope::Storage) == pb::STORAGE - 1);
static_assert(static_cast<int>(CheckpointMode::Asynchronous) == pb::ASYNCHRONOUS - 1);

constexpr Unit kPer1000Days =
    at_least(0.0, 1.0 / 86'400'000.0, 1e7, "once in a thousand days of one of them");
constexpr Unit kMinutes = at_least(0.0, 60.0, 1e5, "a minute");
constexpr Unit kInitTime = at_least(0.0, 1e-3, 1e6, "a thousandth of a second");
constexpr Unit kShape = at_least(0.1, 1.0, 10.0, "the exponential distribution");
constexpr Unit kLemons = at_least(1.0, 1.0, 1e3, "as often as without them");
constexpr Unit kPorts = at_least(4.0, 1.0, 1e5, "a port");
constexpr Unit kDomain = at_least(1.0, 1.0, 1e6, "a server");
constexpr Unit kRateFactor = at_least(0.0, 1.0, 1e4, "as often as devices fail");
constexpr Unit kDelay = at_least(0.0, 1.0, 10.0, "as much again as others take");

void read_mode(Reading& reading, const Cursor& at, ReliabilitySpec& out) {
  FailureMode mode;
  mode.name = as<pb::FailureMode>(at).name();
  mode.scope = read_enum<FailureScope>(at, "scope").value_or(FailureScope::Run);
  mode.each = read_required<PerSecond>(reading, at, "per_1000_days", kPer1000Days);
  mode.broken_share = read_figure_or(reading, at, "broken_share", kShare, 0.0);
  out.modes.push_back(std::move(mode));
}

void read_one_reliability(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::Reliability>(at);
  ReliabilitySpec out;
  out.name = in.name();
  out.stacks = resolve_all(reading.stacks, at, "stacks", in.stacks());
  if (in.modes().empty()) at.error("modes", "nothing fails here", "add modes");
  read_named(at, "modes", "mode", [&](const Cursor& mode) { read_mode(reading, mode, out); });
  out.weibull_shape = read_figure_or(reading, at, "weibull_shape", kShape, 1.0);
  out.lemon_factor = read_figure_or(reading, at, "lemon_factor", kLemons, 1.0);
  out.planned = read_figure<PerSecond>(reading, at, "planned_per_1000_days", kPer1000Days)
                    .value_or(Sourced<PerSecond>{});
  out.repair = read_required<Seconds>(reading, at, "repair_hours", kHours);
  out.switch_ports = read_required<double>(reading, at, "switch_ports", kPorts);
  out.slow_node_share = read_figure_or(reading, at, "slow_node_share", kShare, 0.0);
  out.slow_node_delay = read_figure_or(reading, at, "slow_node_delay", kDelay, 0.0);
  out.nodes_per_domain = read_figure_or(reading, at, "nodes_per_domain", kDomain, 4.0);
  out.nodes_per_switch = read_figure<double>(reading, at, "nodes_per_switch", kDomain);
  out.switch_repair = read_figure<Seconds>(reading, at, "switch_repair_hours", kHours);
  out.storage_repair = read_figure<Seconds>(reading, at, "storage_repair_hours", kHours);
  reading.world.reliabilities.push_back(std::move(out));
}

void read_recovery(Reading& reading, const Cursor& at) {
  RecoverySpec out;
  out.name = as<pb::Recovery>(at).name();
  out.detection = read_required<Seconds>(reading, at, "detection_minutes", kMinutes);
  out.diagnosis = read_required<Seconds>(reading, at, "diagnosis_minutes", kMinutes);
  out.restart = read_required<Seconds>(reading, at, "restart_minutes", kMinutes);
  out.init_per_device = read_required<Seconds>(reading, at, "init_ms_per_device", kInitTime);
  out.planned = read_required<Seconds>(reading, at, "planned_minutes", kMinutes);
  out.storage_per_node =
      read_required<BytesPerSecond>(reading, at, "storage_gb_s_per_node", kGbPerSecond);
  out.snapshot = read_required<BytesPerSecond>(reading, at, "snapshot_gb_s", kGbPerSecond);
  out.idle_power_share = read_required<double>(reading, at, "idle_power_share", kShare);
  reading.world.recoveries.push_back(std::move(out));
}

void read_interruptions(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::Interruptions>(at);
  InterruptedJobs out;
  constexpr const char* kWhere =
      "import scenarios/catalog/failures.textproto, or write what it has";
  if (reading.scenario.reliabilities().empty()) {
    reading.root.error("interruptions", "nobody says how often devices fail", kWhere);
  }
  if (reading.scenario.recoveries().empty()) {
    reading.root.error("interruptions", "nobody says how jobs go on", kWhere);
  }
  if (in.has_reliability()) {
    out.reliability = reading.reliabilities.lookup(at, "reliability", in.reliability());
  }
  if (in.has_recovery()) {
    out.recovery = reading.recoveries.lookup(at, "recovery", in.recovery()).value_or(0);
  }
  out.rate_factor = read_number(at, "rate_factor", kRateFactor, 1.0).value_or(1.0);
  out.checkpoint_mode = read_enum_or(at, "checkpoint_mode", CheckpointMode::Asynchronous);
  out.with_lemons = in.with_lemons();
  out.with_slow_nodes = in.with_slow_nodes();
  reading.world.interrupted_jobs = out;
}

}  // namespace

void read_reliability(Reading& reading) {
  for (const Cursor& at : reading.root.children("reliabilities")) {
    read_one_reliability(reading, at);
  }
  for (const Cursor& at : reading.root.children("recoveries")) read_recovery(reading, at);
  if (reading.scenario.has_interruptions()) {
    read_interruptions(reading, reading.root.child("interruptions"));
  }
}

}  // namespace chokepoint
