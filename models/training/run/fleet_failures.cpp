#include "models/training/run/fleet_failures.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint {

FleetFailures::FleetFailures(const ReliabilitySpec& spec, int devices_per_node, std::uint64_t seed,
                             const std::string& streams)
    : spec_(spec),
      devices_per_node_(devices_per_node),
      times_(seed, streams + "/failures"),
      causes_(seed, streams + "/causes"),
      repairs_(seed, streams + "/repairs"),
      rates_(spec.modes.size()),
      left_(times_.exponential()) {}

void FleetFailures::hold(int nodes, Seconds now) {
  assert(nodes >= 0 && now >= since_);
  left_ -= rate_ * (now - since_);
  since_ = now;
  nodes_ = nodes;
  rate_ = {};
  for (std::size_t i = 0; i < rates_.size(); ++i) {
    const FailureMode& mode = spec_.modes[i];
    const bool is_hit = nodes > 0 && mode.scope != FailureScope::Run;
    const GangSize gang{nodes * devices_per_node_, devices_per_node_};
    rates_[i] = is_hit ? gang_rate(mode, gang, spec_) : PerSecond{};
    rate_ += rates_[i];
  }
}

std::optional<Seconds> FleetFailures::next() const {
  if (rate_ <= PerSecond{}) return std::nullopt;
  return since_ + Seconds{std::max(left_, 0.0) / rate_.value};
}

FleetFailure FleetFailures::fail(Seconds now) {
  assert(rate_ > PerSecond{});
  FleetFailure failure;
  double at = causes_.uniform() * rate_.value;
  while (failure.mode + 1 < rates_.size() && at >= rates_[failure.mode].value) {
    at -= rates_[failure.mode++].value;
  }
  while (rates_[failure.mode] == PerSecond{}) --failure.mode;  // Rounding led past the last.
  const FailureMode& mode = spec_.modes[failure.mode];
  failure.is_broken = causes_.uniform() < mode.broken_share.value;
  const int size = spec_.nodes_struck(mode.scope);
  const int groups = (nodes_ + size - 1) / size;
  const int group = std::min(groups - 1, static_cast<int>(causes_.uniform() * groups));
  failure.nodes = std::min(size, nodes_ - group * size);
  const Seconds mean = spec_.repair_of(mode.scope);
  while (failure.is_broken && static_cast<int>(failure.repairs.size()) < failure.nodes) {
    const bool is_one = mode.scope == FailureScope::Switches && !failure.repairs.empty();
    failure.repairs.push_back(is_one ? failure.repairs.front() : mean * repairs_.exponential());
  }
  since_ = now;
  left_ = times_.exponential();
  return failure;
}

}  // namespace chokepoint
