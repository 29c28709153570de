#include "sim/network/flow_player.hpp"

#include <cassert>
#include <memory>
#include <optional>
#include <simgrid/kernel/Timer.hpp>
#include <simgrid/s4u/Comm.hpp>
#include <simgrid/s4u/Engine.hpp>
#include <stdexcept>
#include <unordered_map>
#include <utility>

#include "sim/engine/kernel/configure_simgrid.hpp"
#include "sim/network/lane_platform.hpp"

namespace chokepoint {

namespace sg4 = simgrid::s4u;

namespace {

// SimGrid's flows are of whole bytes: none of less than half of one.
constexpr Bytes kLeast{0.5};

std::vector<FlowSchedule> schedules_of(const std::vector<FlowJob>& jobs) {
  std::vector<FlowSchedule> schedules;
  schedules.reserve(jobs.size());
  for (const FlowJob& job : jobs) schedules.push_back(job.schedule);
  return schedules;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_of(
    const std::vector<FlowSchedule>& schedules) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const FlowSchedule& schedule : schedules) {
    for (const FlowPhase& phase : schedule) {
      for (const DeviceFlow& flow : phase.flows) pairs.emplace_back(flow.from, flow.to);
    }
  }
  return pairs;
}

/// Starts phases and hears of their ends; every step is a timer of SimGrid's or the end of a flow.
class FlowPlayer {
public:
  FlowPlayer(const NetworkGraph& graph, const std::vector<FlowJob>& jobs)
      : engine_(configure_simgrid()),
        epoch_(sg4::Engine::get_clock()),
        schedules_(without_twins(graph, schedules_of(jobs))),
        platform_(graph, pairs_of(schedules_)),
        running_(jobs.size()),
        flying_(std::make_shared<Flying>()) {
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      running_[i].repeats = jobs[i].repeats;
      left_ += jobs[i].repeats ? 0 : 1;
    }
    const std::weak_ptr<Flying> weak = flying_;  // SimGrid's callback outlives us.
    sg4::Activity::on_completion_cb([weak, this](const sg4::Activity& activity) {
      if (const auto flying = weak.lock()) on_completion(*flying, activity);
    });
  }

  std::vector<PlayedJob> play() {
    for (std::size_t job = 0; job < running_.size(); ++job) wait_for_phase(job);
    engine_->run();
    assert(left_ == 0);
    std::vector<PlayedJob> played;
    for (Running& job : running_) played.push_back(std::move(job.played));
    return played;
  }

private:
  using Flying = std::unordered_map<const sg4::Activity*, std::size_t>;  // Looked up alone.

  struct Running {
    bool repeats = false, is_first_round = true;
    std::size_t phase = 0, pending = 0;
    std::vector<sg4::CommPtr> flows;  // The only references: SimGrid itself holds none.
    PlayedJob played;
  };

  Seconds now() const { return Seconds{sg4::Engine::get_clock() - epoch_}; }

  // SimGrid does not wait for a timer at its very first date.
  void wait_for_phase(std::size_t job) {
    const Seconds wait = schedules_[job][running_[job].phase].wait;
    if (wait <= Seconds{}) return begin_phase(job);
    set_timer(wait, job, &FlowPlayer::begin_phase);
  }

  void begin_phase(std::size_t job) {
    Running& running = running_[job];
    for (const DeviceFlow& flow : schedules_[job][running.phase].flows) {
      if (flow.bytes < kLeast) continue;
      running.flows.push_back(platform_.flow(flow.from, flow.to, flow.bytes));
      flying_->emplace(running.flows.back().get(), job);
    }
    running.pending = running.flows.size();
    if (running.pending == 0) return set_timer(Seconds{}, job, &FlowPlayer::end_phase);
    for (const sg4::CommPtr& flow : running.flows) flow->start();
  }

  // SimGrid still uses the activity after this: what follows waits for a timer, which SimGrid
  // looks at again on the same date.
  void on_completion(Flying& flying, const sg4::Activity& activity) {
    const auto found = flying.find(&activity);
    if (found == flying.end()) return;
    const std::size_t job = found->second;
    flying.erase(found);
    if (--running_[job].pending == 0) set_timer(Seconds{}, job, &FlowPlayer::end_phase);
  }

  void end_phase(std::size_t job) {
    Running& running = running_[job];
    running.flows.clear();
    if (running.is_first_round) running.played.phase_ends.push_back(now());
    if (++running.phase < schedules_[job].size()) return wait_for_phase(job);
    if (running.is_first_round) {
      running.played.end = now();
      left_ -= running.repeats ? 0 : 1;
    }
    running.is_first_round = false;
    running.phase = 0;
    if (running.repeats && left_ > 0) wait_for_phase(job);
  }

  void set_timer(Seconds in, std::size_t job, void (FlowPlayer::*then)(std::size_t)) {
    simgrid::kernel::timer::Timer::set(sg4::Engine::get_clock() + in.value,
                                       [this, job, then] { (this->*then)(job); });
  }

  std::unique_ptr<sg4::Engine> engine_;
  double epoch_;  // By SimGrid's clock, which goes on from one simulation to the next.
  std::vector<FlowSchedule> schedules_;  // By job.
  LanePlatform platform_;
  std::vector<Running> running_;  // By job.
  std::shared_ptr<Flying> flying_;
  std::size_t left_ = 0;  // Jobs that do not repeat.
};

}  // namespace

std::vector<PlayedJob> play_flows(const NetworkGraph& graph, const std::vector<FlowJob>& jobs) {
  if (sg4::Engine::is_initialized()) {
    throw std::logic_error("flows are played inside another simulation");
  }
  return FlowPlayer(graph, jobs).play();
}

}  // namespace chokepoint
