#include "tools/fleet/request_trace.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "models/serving/nanoseconds.hpp"
#include "tools/console/manifest.hpp"

namespace chokepoint {
namespace {

constexpr const char* kEpoch = "2000-01-01";  // Replays have no date of their own.
constexpr const char* kEnd = "2049-12-31";

/// The scenario of the cluster with its pools as they were planned.
pb::Scenario planned_scenario(const Cluster& cluster, const PlannedFleet& fleet) {
  pb::Scenario scenario = cluster.composed.scenario;
  scenario.set_start(kEpoch);
  scenario.set_end(kEnd);
  scenario.set_seed(fleet.seed);
  pb::ServingFleet& served = *scenario.mutable_serving_fleet();
  const pb::ServingFleet written = served;
  served.set_model(fleet.model->name);
  served.set_routing(static_cast<pb::ServingFleet::Routing>(static_cast<int>(fleet.routing) + 1));
  served.clear_pools();
  for (const PlannedPool& pool : fleet.pools) {
    pb::ServingPool& out = *served.add_pools();
    for (const auto& known : written.pools()) {
      if (known.name() == pool.asked.name) out = known;
    }
    const ServingPlan& plan = pool.subject.plan;
    out.set_name(pool.asked.name);
    out.set_pool(cluster.world.pools[pool.asked.pool.value].name);
    out.set_replicas(static_cast<std::uint32_t>(pool.replicas));
    out.set_engine(pool.subject.engine.name);
    out.set_tp(static_cast<std::uint32_t>(plan.tensor));
    out.set_dp(static_cast<std::uint32_t>(plan.attention_dp));
    out.set_pp(static_cast<std::uint32_t>(plan.pipeline));
    out.set_ep(plan.expert_parallel);
  }
  return scenario;
}

}  // namespace

/// Tells the trace of each request that it passes on.
class RequestTrace::Heard : public RequestSource {
public:
  Heard(std::unique_ptr<RequestSource> of, RequestTrace& trace)
      : of_(std::move(of)), trace_(trace) {}

  std::optional<Nanoseconds> next_arrival() override { return of_->next_arrival(); }
  std::optional<Request> next() override {
    auto request = of_->next();
    if (request) trace_.under_way_.insert(request->arrival);
    return request;
  }
  void ended(const RequestEnd& end) override { of_->ended(end); }

private:
  std::unique_ptr<RequestSource> of_;
  RequestTrace& trace_;
};

pb::Manifest manifest_of(const Cluster& cluster, const PlannedFleet& fleet) {
  Composed composed = cluster.composed;
  composed.scenario = planned_scenario(cluster, fleet);
  return manifest_of(composed, fleet.seed, TraceLevel::Request, cluster.file.parent_path());
}

RequestTrace::RequestTrace(const std::filesystem::path& file, const Cluster& cluster,
                           const PlannedFleet& fleet, Nanoseconds period)
    : fleet_(fleet), world_(cluster.world), period_(period), next_look_(period) {
  world_.served.pools.clear();
  for (const PlannedPool& pool : fleet.pools) world_.served.pools.push_back(pool.asked);
  writer_ =
      std::make_unique<TraceWriter>(file, manifest_of(cluster, fleet), world_, TraceLevel::Request);
}

std::unique_ptr<RequestSource> RequestTrace::heard(std::unique_ptr<RequestSource> source) {
  return std::make_unique<Heard>(std::move(source), *this);
}

void RequestTrace::keep(Nanoseconds at, TraceEvent event) {
  kept_.push({at, order_++, std::move(event)});
}

void RequestTrace::keep_phases(const EndedRequest& end) {
  const RequestTimes& times = end.times;
  const auto slice = [&](RequestPhase phase, std::uint32_t replica, Nanoseconds from,
                         Nanoseconds to, bool leaves) {
    const ReplicaPlace place = fleet_.place_of(replica);
    const ServingPoolId pool{place.pool};
    const int number = static_cast<int>(place.number);
    keep(from, PhaseBegan{to_seconds(from), end.request.id, pool, number, phase});
    keep(to, PhaseEnded{to_seconds(to), end.request.id, pool, number, phase, leaves});
  };
  slice(RequestPhase::Queued, end.reader, times.arrival, times.scheduled, false);
  const bool is_handed = times.handed > 0;
  const Nanoseconds read =
      is_handed ? std::clamp(times.first, times.scheduled, std::max(times.handed, times.scheduled))
                : times.first;
  slice(RequestPhase::Prefill, end.reader, times.scheduled, read,
        is_handed || times.last == times.first);
  if (is_handed) {
    const Nanoseconds come = std::max(times.handed, read);
    slice(RequestPhase::Transfer, end.replica, read, come, false);
    slice(RequestPhase::Decode, end.replica, come, std::max(times.last, come), true);
  } else if (times.last > times.first) {
    slice(RequestPhase::Decode, end.replica, times.first, times.last, true);
  }
}

void RequestTrace::ended(const EndedRequest& end, const Fleet& fleet) {
  const auto found = under_way_.find(end.request.arrival);
  if (found != under_way_.end()) under_way_.erase(found);
  if (end.outcome == RequestOutcome::Delivered) {
    keep_phases(end);
  } else {
    const ReplicaPlace place = fleet_.place_of(end.replica);
    keep(end.times.last,
         RequestDropped{to_seconds(end.times.last), end.request.id, ServingPoolId{place.pool},
                        static_cast<int>(place.number), end.outcome == RequestOutcome::Lost});
  }
  const Nanoseconds now = fleet.now();
  write_before(under_way_.empty() ? now : std::min(now, *under_way_.begin()));
}

void RequestTrace::look(const Fleet& fleet, Nanoseconds at) {
  next_look_ = at + period_;
  gauges_.resize(fleet.replicas(), {-1, -1, -1});
  for (std::uint32_t i = 0; i < fleet.replicas(); ++i) {
    const EngineReplica& engine = fleet.replica(i);
    const double blocks = std::max<double>(static_cast<double>(engine.rules().blocks), 1);
    const std::array<double, 3> now = {static_cast<double>(engine.waiting()),
                                       static_cast<double>(engine.running()),
                                       static_cast<double>(engine.blocks_in_use()) / blocks};
    const ReplicaPlace place = fleet_.place_of(i);
    for (std::size_t g = 0; g < now.size(); ++g) {
      if (now[g] == gauges_[i][g]) continue;
      keep(at,
           ReplicaSampled{to_seconds(at), ServingPoolId{place.pool}, static_cast<int>(place.number),
                          static_cast<ReplicaGauge>(g), now[g]});
    }
    gauges_[i] = now;
  }
}

void RequestTrace::write_before(Nanoseconds at) {
  while (!kept_.empty() && kept_.top().at < at) {
    writer_->record(kept_.top().event);
    kept_.pop();
  }
}

void RequestTrace::close(Seconds span) {
  write_before(std::numeric_limits<Nanoseconds>::max());
  writer_->record(RunEnded{span});
  writer_->close();
}

}  // namespace chokepoint
