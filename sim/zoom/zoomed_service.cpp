#include "sim/zoom/zoomed_service.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "models/device_speed.hpp"
#include "models/performance/serving_group.hpp"
#include "models/performance/throughput.hpp"
#include "models/serving/fleet.hpp"
#include "models/serving/nanoseconds.hpp"
#include "models/serving/serving_setup.hpp"
#include "models/serving/sources/open_loop.hpp"

namespace chokepoint {
namespace {

// Idle replicas keep their weights: they are sent requests again at once.
constexpr Nanoseconds kLook = 2'000'000'000, kWakeUp = 1'000'000;
constexpr double kMostWaiting = 4;       // Batches with a replica, until more are refused.
constexpr double kSpread = 0.2;          // Of lengths, to both sides of the mean.
constexpr double kAnswersToWarmUp = 20;  // As long as these take at the target, before it counts.
constexpr Seconds kLeastPlayed{3600};    // However many requests that are,
constexpr std::int64_t kLeastReplicas = 8;  // and of as many, where there are.

ServingTask task_of(const World& world, const ReplicaGroup& group) {
  const InferenceService& service = world.services[group.service.value];
  const DeviceId device = world.pools[group.pool.value].device;
  return {world.transformers[service.transformer.value],
          world.devices[device.value],
          interconnect_of(world.devices[device.value]),
          world.serving[device.value].coefficients,
          MemorySettings{},
          EngineSettings{},
          service.request.prompt,
          service.request.output};
}

// The batch of the steady state, as whole sequences: at most what the target, the engine and the
// cache allow.
std::int64_t batch_of(const ReplicaGroup& group, const ServingGroup& serving,
                      const RequestShape& request, const EngineRules& rules) {
  const double at_target = serving.decode().value * request.tpot_target.value.value;
  const Tokens each = cache_of_request(request.prompt, request.output, EngineSettings{});
  const double most = std::min(at_target, serving.memory().requests(each));
  const auto least = static_cast<std::int64_t>(group.plan.attention_dp);
  return std::clamp<std::int64_t>(std::llround(most), std::max<std::int64_t>(least, 1),
                                  std::max<std::int64_t>(rules.max_sequences, least));
}

Seconds length_of(const std::vector<DemandWindow>& windows) {
  Seconds all;
  for (const DemandWindow& window : windows) all += window.length;
  return all;
}

Tokens demand_of(const std::vector<DemandWindow>& windows) {
  Tokens all;
  for (const DemandWindow& window : windows) all += window.demand;
  return all;
}

// What is played of a group.
struct Sample {
  std::int64_t replicas = 1;
  double of_replicas = 1, of_time = 1;  // Shares.
  Seconds warm_up, played;
};

Sample sample_of(const ReplicaGroup& group, const std::vector<DemandWindow>& windows,
                 const RequestShape& request, const PlayBounds& bounds) {
  Sample sample;
  const double tokens_per_request = (request.prompt + request.output).value;
  const Seconds answer = request.output.value * request.tpot_target.value;
  const Seconds all = length_of(windows);
  const double least = std::min(1.0, kLeastPlayed / all);
  const double of_one =  // Requests that one replica has in all the time.
      demand_of(windows).value / tokens_per_request / static_cast<double>(group.replicas);
  const auto bound = static_cast<double>(bounds.most_requests);
  const double most = std::min(bound / (of_one * least), static_cast<double>(bounds.most_replicas));
  sample.replicas =
      std::min(group.replicas, std::max(static_cast<std::int64_t>(most), kLeastReplicas));
  sample.of_replicas = static_cast<double>(sample.replicas) / static_cast<double>(group.replicas);
  const double requests = of_one * static_cast<double>(sample.replicas);
  if (requests > bound) sample.of_time = std::max(least, bound / requests);
  sample.played = sample.of_time * all;
  sample.warm_up = kAnswersToWarmUp * answer;
  return sample;
}

// Requests a second on what is played: a while as in the first window, then all of them.
RateCurve arrivals_of(const Sample& sample, const std::vector<DemandWindow>& windows,
                      double tokens_per_request) {
  RateCurve curve;
  Seconds from;
  for (const DemandWindow& window : windows) {
    const double per_second =
        window.demand.value / window.length.value * sample.of_replicas / tokens_per_request;
    if (curve.steps.empty()) {
      curve.steps.push_back({Seconds{}, per_second, {}});
      from = sample.warm_up + sample.of_time * window.length;
      continue;
    }
    curve.steps.push_back({from, per_second, {}});
    from += sample.of_time * window.length;
  }
  curve.steps.push_back({from, 0.0, {}});
  return curve;
}

// Of the same lengths, requests that begin together end together, and so for ever: replicas would
// read many prompts at once, and run out of cache at once.
Lengths about(Tokens mean) {
  const auto middle = std::max<std::int64_t>(std::llround(mean.value), 1);
  const std::int64_t spread = std::llround(kSpread * static_cast<double>(middle));
  return Lengths::uniform(static_cast<std::uint32_t>(middle - spread),
                          static_cast<std::uint32_t>(middle + spread));
}

Autoscaling scaling_of(const Sample& sample, std::int64_t batch) {
  Autoscaling scaling;
  scaling.least = 1;
  scaling.most = sample.replicas;
  scaling.target = static_cast<double>(batch);
  scaling.interval = kLook;
  scaling.provisioning = kWakeUp;
  return scaling;
}

// What ends once the fleet has warmed up.
class Counted : public FleetObserver {
public:
  explicit Counted(Nanoseconds from) : from_(from) {}

  void ended(const EndedRequest& end) override {
    if (end.times.last < from_) return;
    if (end.outcome == RequestOutcome::Delivered) {
      tally.deliver(end.request, end.times, {});
    } else {
      tally.drop(end.request, end.outcome);
    }
  }

  Tally tally;

private:
  Nanoseconds from_;
};

std::int64_t replicas_needed(const ReplicaGroup& group, const Sample& sample,
                             const DemandWindow& first) {
  if (group.capacity <= TokensPerSecond{}) return sample.replicas;
  const double load = first.demand / first.length / group.capacity;
  const auto needed = std::ceil(load * static_cast<double>(sample.replicas));
  return std::clamp<std::int64_t>(static_cast<std::int64_t>(std::min(needed, 1e9)), 1,
                                  sample.replicas);
}

}  // namespace

std::optional<ReplicaGroup> replica_group(const World& world, ServiceId service, PoolId pool,
                                          double devices) {
  const InferenceService& served = world.services[service.value];
  const DeviceId id = world.pools[pool.value].device;
  const DeviceSpec& device = world.devices[id.value];
  const Transformer& model = world.transformers[served.transformer.value];
  const ServingAttained& attained = world.serving[id.value];
  ReplicaGroup best;
  best.service = service;
  best.pool = pool;
  best.devices = devices;
  best.pace = {attained.prefill.value * device_speed(world, id, WorkKind::Prefill),
               attained.decode.value * device_speed(world, id, WorkKind::Decode)};
  if (!(best.pace.prefill > 0 && best.pace.decode > 0) || devices < 1) return std::nullopt;
  const int at_hand = static_cast<int>(std::min(devices, 1e9));
  TokensPerSecond most;  // Of a device.
  for (const ServingPlan& plan : serving_layouts(model, device, at_hand)) {
    const ServingGroup group(model, served.request, device, attained.coefficients, plan);
    if (!group.holds()) continue;
    const ServingRates rates = group.rates();
    const TokensPerSecond rate =
        serving_throughput(served.request, best.pace.prefill * rates.prefill / group.devices(),
                           best.pace.decode * rates.decode / group.devices());
    if (rate <= most) continue;
    most = rate;
    best.plan = plan;
  }
  if (most <= TokensPerSecond{}) return std::nullopt;
  best.capacity = most * devices;
  best.replicas = static_cast<std::int64_t>(std::floor(devices / best.plan.devices() + 1e-9));
  const ServingTask task = task_of(world, best);
  const ServingSetup setup = serving_setup(task, best.plan, {});
  if (!setup.complaint.empty()) return std::nullopt;
  const ServingGroup group(model, served.request, device, attained.coefficients, best.plan);
  best.batch = batch_of(best, group, served.request, setup.rules);
  return best;
}

PlayedGroup play_group(const World& world, const ReplicaGroup& group,
                       const std::vector<DemandWindow>& windows, const PlayBounds& bounds) {
  PlayedGroup played;
  if (windows.empty() || group.replicas == 0 || demand_of(windows) <= Tokens{}) return played;
  const InferenceService& service = world.services[group.service.value];
  const double per_request = (service.request.prompt + service.request.output).value;
  const Sample sample = sample_of(group, windows, service.request, bounds);
  const ServingTask task = task_of(world, group);
  StepCosts costs = step_costs(task, group.plan, group.pace);
  PoolSpec pool;
  pool.costs = &costs;
  pool.rules = serving_setup(task, group.plan, {}).rules;
  pool.rules.max_sequences = group.batch;
  pool.replicas = replicas_needed(group, sample, windows.front());
  if (sample.replicas > 1) pool.scaling = scaling_of(sample, group.batch);
  FleetSpec spec;
  spec.pools = {pool};
  spec.classes.front().most_outstanding = kMostWaiting * static_cast<double>(group.batch);
  spec.seed = world.seed;
  const Nanoseconds begins = to_nanoseconds(sample.warm_up);
  const Nanoseconds ends = begins + to_nanoseconds(sample.played);
  Counted counted(begins);
  Fleet fleet(spec, &counted);
  OpenLoop source(arrivals_of(sample, windows, per_request),
                  {{Seconds{}, about(service.request.prompt), about(service.request.output)}},
                  world.seed, "zoom/" + service.name + "/" + world.pools[group.pool.value].name);
  fleet.run(source, begins);
  const Ticks busy_before = fleet.pool(0).engines.busy;
  fleet.run(source, ends);
  const double busy =
      static_cast<double>(fleet.pool(0).engines.busy - busy_before) * kSecondsPerTick;
  const Tally& tally = counted.tally;
  played.replicas_played = sample.replicas;
  played.time_share = sample.of_time;
  played.requests = tally.delivered + tally.refused + tally.lost;
  played.refused_share = played.requests > 0 ? static_cast<double>(tally.refused + tally.lost) /
                                                   static_cast<double>(played.requests)
                                             : 0.0;
  const auto delivered = static_cast<double>(tally.tokens_delivered + tally.prompt_tokens);
  played.served = Tokens{delivered / (sample.of_replicas * sample.of_time)};
  played.busy_share =
      std::min(1.0, busy / (sample.played.value * static_cast<double>(sample.replicas)));
  played.ttft_p50 = tally.ttft.quantile(0.5);
  played.ttft_p99 = tally.ttft.quantile(0.99);
  played.tpot_p50 = tally.tpot.quantile(0.5);
  played.tpot_p99 = tally.tpot.quantile(0.99);
  return played;
}

}  // namespace chokepoint
