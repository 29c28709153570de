#include "models/serving/fleet_spec.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

namespace chokepoint {
namespace {

constexpr double kUnbounded = std::numeric_limits<double>::infinity();

std::string written(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

// Collects complaints about one thing after the other.
class FleetComplaints {
public:
  void of(const std::string& thing) { thing_ = thing; }

  void say(const std::string& complaint) {
    if (!all_.empty()) all_ += "; ";
    all_ += thing_.empty() ? complaint : thing_ + ": " + complaint;
  }
  void at_least(std::string_view field, std::int64_t value, std::int64_t least) {
    if (value >= least) return;
    say(std::string(field) + " is " + std::to_string(value) + ", must be at least " +
        std::to_string(least));
  }
  void positive(std::string_view field, double value) {
    if (value > 0 && value < kUnbounded) return;
    say(std::string(field) + " is " + written(value) + ", must be positive and finite");
  }
  void within(std::string_view field, double value, double least, double below) {
    if (value >= least && value < below) return;
    const std::string bound =
        below < kUnbounded ? " and below " + written(below) : std::string(" and finite");
    say(std::string(field) + " is " + written(value) + ", must be at least " + written(least) +
        bound);
  }
  const std::string& all() const { return all_; }

private:
  std::string thing_, all_;
};

void check_rules(const EngineRules& rules, FleetComplaints& found) {
  found.at_least("block.tokens", rules.block.tokens, 1);
  found.at_least("block.per_sequence", rules.block.per_sequence, 0);
  found.at_least("groups", rules.groups, 1);
  found.at_least("blocks", rules.blocks, std::max<std::int64_t>(rules.groups, 1));
  found.at_least("host_blocks", rules.host_blocks, 0);
  found.at_least("swap_blocks", rules.swap_blocks, 0);
  if (rules.copy_per_block < 0) found.say("copy_per_block is negative");
  found.at_least("token_budget", rules.token_budget, 1);
  found.at_least("max_sequences", rules.max_sequences, 1);
  found.at_least("context", rules.context, 0);
  found.within("reserved_answer", rules.reserved_answer, 0, kUnbounded);
  found.within("watermark", rules.watermark, 0, 1);
  found.within("acceptance_spread", rules.acceptance_spread, 0, 1);
  found.at_least("first_token", rules.first_token, 0);
  found.within("first_token_steps", rules.first_token_steps, 0, kUnbounded);
  found.at_least("most_steps", rules.most_steps, 1);
}

void check_scaling(const PoolSpec& pool, FleetComplaints& found) {
  const Autoscaling& scaling = *pool.scaling;
  found.at_least("scaling.least", scaling.least, 1);
  found.at_least("scaling.most", scaling.most, std::max<std::int64_t>(scaling.least, 1));
  found.positive("scaling.target", scaling.target);
  found.within("scaling.slack", scaling.slack, 0, 1);
  found.at_least("scaling.interval", scaling.interval, 1);
  found.at_least("scaling.provisioning", scaling.provisioning, 0);
}

void check_pool(const PoolSpec& pool, FleetComplaints& found) {
  if (pool.costs == nullptr) found.say("costs are missing");
  found.at_least("replicas", pool.replicas, 1);
  found.positive("weight", pool.weight);
  check_rules(pool.rules, found);
  if (pool.scaling) check_scaling(pool, found);
  found.at_least("between_failures", pool.between_failures, 0);
  found.at_least("repair", pool.repair, 0);
  found.within("kv_per_token", pool.kv_per_token.value, 0, kUnbounded);
  found.within("kv_per_sequence", pool.kv_per_sequence.value, 0, kUnbounded);
}

void check_class(const SloClass& promised, FleetComplaints& found) {
  if (promised.ttft) found.at_least("ttft", *promised.ttft, 0);
  if (promised.tpot) found.at_least("tpot", *promised.tpot, 0);
  found.within("most_outstanding", promised.most_outstanding, 0, kUnbounded);
}

void check_roles(const FleetSpec& spec, FleetComplaints& found) {
  std::vector<PoolRole> roles;
  bool is_apart = false;
  for (const PoolSpec& pool : spec.pools) {
    roles.push_back(pool.role);
    is_apart = is_apart || pool.role != PoolRole::Whole;
  }
  const auto lacking = lacking_role(roles);
  if (lacking == PoolRole::Decode) found.say("pools read prompts, and none decodes them");
  if (lacking == PoolRole::Prefill) found.say("pools decode, and none reads prompts for them");
  if (is_apart && !lacking && spec.transfers == nullptr) {
    found.say("pools read and decode apart, and transfers are missing");
  }
}

void check_balance(const PrefixBalance& balance, FleetComplaints& found) {
  found.within("balance.more", balance.more, 0, kUnbounded);
  found.within("balance.times", balance.times, 0, kUnbounded);
  found.at_least("balance.names", static_cast<std::int64_t>(balance.names), 2);
}

}  // namespace

std::optional<PoolRole> lacking_role(std::span<const PoolRole> roles) {
  const auto has = [&](PoolRole role) {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
  };
  const bool reads = has(PoolRole::Prefill), decodes = has(PoolRole::Decode);
  if (reads == decodes) return std::nullopt;
  return reads ? PoolRole::Decode : PoolRole::Prefill;
}

bool is_too_long(const Request& request, const FleetSpec& spec) {
  return std::all_of(spec.pools.begin(), spec.pools.end(),
                     [&](const PoolSpec& pool) { return pool.rules.is_too_long(request); });
}

std::int64_t most_replicas(const PoolSpec& pool) {
  return pool.scaling ? std::max(pool.scaling->most, pool.replicas) : pool.replicas;
}

Bytes cache_of_prompt(const PoolSpec& pool, std::uint32_t tokens) {
  return pool.kv_per_token * Tokens{static_cast<double>(tokens)} + pool.kv_per_sequence;
}

std::string fleet_complaint(const FleetSpec& spec) {
  FleetComplaints found;
  if (spec.pools.empty()) found.say("no pools");
  if (spec.classes.empty()) found.say("no classes");
  if (spec.classes.size() > kMostClasses) {
    found.say(std::to_string(spec.classes.size()) + " classes, at most " +
              std::to_string(kMostClasses) + " can be told apart");
  }
  check_roles(spec, found);
  check_balance(spec.balance, found);
  for (std::size_t i = 0; i < spec.pools.size(); ++i) {
    found.of("pool " + std::to_string(i));
    check_pool(spec.pools[i], found);
  }
  for (std::size_t i = 0; i < spec.classes.size(); ++i) {
    const std::string& name = spec.classes[i].name;
    found.of("class " + (name.empty() ? std::to_string(i) : "'" + name + "'"));
    check_class(spec.classes[i], found);
  }
  return found.all();
}

}  // namespace chokepoint
