#include "models/training/pipeline.hpp"

#include <algorithm>
#include <cassert>
#include <vector>

#include "models/training/dual_pipe.hpp"

namespace chokepoint {
namespace {

// One pass of one microbatch through one stage.
struct Pass {
  int microbatch, stage;
};

// Who wants to know of each pass; null: nobody.
using Passes = std::vector<PlayedPass>;

// Plays forward and backward passes in the order that each device has them in.
class TakingTurns {
public:
  explicit TakingTurns(const PipelineLoad& load, Passes* told = nullptr)
      : load_(load),
        told_(told),
        passes_(load.microbatches * load.chunks),
        forward_(
            static_cast<std::size_t>(load.microbatches) * static_cast<std::size_t>(load.stages()),
            kNotYet),
        backward_(forward_),
        devices_(static_cast<std::size_t>(load.devices)) {
    for (int k = 0; k < load.devices; ++k) {
      const int ahead = load.chunks == 1
                            ? load.devices - k - 1
                            : (load.devices - k - 1) * 2 + (load.chunks - 1) * load.devices;
      devices_[static_cast<std::size_t>(k)].ahead = std::min(ahead, passes_);
    }
  }

  Seconds end() {
    for (bool moves = true; moves;) {
      moves = false;
      for (int k = 0; k < load_.devices; ++k) {
        while (step(k)) moves = true;
      }
    }
    double last = 0;
    for (const Device& device : devices_) {
      assert(device.forward == passes_ && device.backward == passes_);
      last = std::max(last, device.free_at);
    }
    return Seconds{last};
  }

private:
  static constexpr double kNotYet = -1;

  struct Device {
    int ahead = 0, forward = 0, backward = 0;  // Passes ahead of the first backward; passes done.
    double free_at = 0;
  };

  // The pass that a device takes as number `n`: chunk by chunk, microbatches in groups of as many
  // as there are devices.
  Pass pass(int device, int n, bool is_backward) const {
    const int p = load_.devices, group = n / (p * load_.chunks), within = n % (p * load_.chunks);
    if (load_.chunks == 1) return {n, device};
    const int chunk = is_backward ? load_.chunks - 1 - within / p : within / p;
    return {group * p + within % p, chunk * p + device};
  }

  double& at(std::vector<double>& of, const Pass& pass) {
    const auto each = static_cast<std::size_t>(load_.microbatches);
    return of[static_cast<std::size_t>(pass.stage) * each +
              static_cast<std::size_t>(pass.microbatch)];
  }

  bool step(int k) {
    Device& device = devices_[static_cast<std::size_t>(k)];
    const bool is_forward =
        device.forward < passes_ && device.forward <= device.ahead + device.backward;
    if (!is_forward && device.backward == passes_) return false;
    return is_forward ? go_forward(k, device) : go_backward(k, device);
  }

  bool go_forward(int k, Device& device) {
    const Pass pass = this->pass(k, device.forward, false);
    const double ready = pass.stage == 0 ? 0 : at(forward_, {pass.microbatch, pass.stage - 1});
    if (ready == kNotYet) return false;
    take(k, device, pass, StepPass::Forward, ready, load_.of(pass.stage).forward);
    at(forward_, pass) = device.free_at;
    ++device.forward;
    return true;
  }

  bool go_backward(int k, Device& device) {
    const Pass pass = this->pass(k, device.backward, true);
    const double ready = pass.stage == load_.stages() - 1
                             ? at(forward_, pass)
                             : at(backward_, {pass.microbatch, pass.stage + 1});
    if (ready == kNotYet) return false;
    take(k, device, pass, StepPass::Backward, ready, load_.of(pass.stage).backward);
    at(backward_, pass) = device.free_at;
    ++device.backward;
    return true;
  }

  void take(int k, Device& device, const Pass& pass, StepPass which, double ready, Seconds time) {
    const double begins = std::max(device.free_at, ready);
    device.free_at = begins + time.value;
    if (told_ == nullptr) return;
    told_->push_back({which, k, pass.microbatch, pass.stage / load_.devices, Seconds{begins},
                      Seconds{device.free_at}});
  }

  const PipelineLoad& load_;
  Passes* told_;
  int passes_;
  std::vector<double> forward_, backward_;
  std::vector<Device> devices_;
};

// Each device in the order of ZB-H1: device k has p - k forward passes ahead, then in turn
// gradients of inputs, those of weights of the microbatch k before, and a forward pass.
class WithoutBubbles {
public:
  explicit WithoutBubbles(const PipelineLoad& load, Passes* told = nullptr)
      : load_(load), told_(told), devices_(static_cast<std::size_t>(load.devices)) {
    const auto m = static_cast<std::size_t>(load.microbatches);
    forward_.assign(devices_.size(), std::vector<double>(m, kNotYet));
    inputs_ = forward_;
  }

  Seconds end() {
    for (bool moves = true; moves;) {
      moves = false;
      for (std::size_t k = 0; k < devices_.size(); ++k) {
        while (step(k)) moves = true;
      }
    }
    double last = 0;
    for (const Device& device : devices_) {
      assert(device.weights == load_.microbatches);
      last = std::max(last, device.free_at);
    }
    return Seconds{last};
  }

private:
  static constexpr double kNotYet = -1;
  enum class Kind { Inputs, Forward, Weights };

  struct Device {
    int forward = 0, inputs = 0, weights = 0;  // Passes done.
    double free_at = 0;
  };

  Kind next(std::size_t k) const {
    const Device& device = devices_[k];
    const int m = load_.microbatches, after = static_cast<int>(k);
    const int ahead = std::min(load_.devices - after, m);
    if (device.forward < ahead) return Kind::Forward;
    if (device.weights < device.inputs - after) return Kind::Weights;
    if (device.forward < std::min(m, ahead + device.inputs)) return Kind::Forward;
    return device.inputs < m ? Kind::Inputs : Kind::Weights;
  }

  bool step(std::size_t k) {
    Device& device = devices_[k];
    const StageTime& stage = load_.of(static_cast<int>(k));
    if (device.weights == load_.microbatches) return false;
    switch (next(k)) {
      case Kind::Forward: {
        const auto n = static_cast<std::size_t>(device.forward);
        const double ready = k == 0 ? 0 : forward_[k - 1][n];
        return take(k, {StepPass::Forward, ready, stage.forward}, forward_[k][n], device.forward);
      }
      case Kind::Inputs: {
        const auto n = static_cast<std::size_t>(device.inputs);
        const double ready = k + 1 == devices_.size() ? forward_[k][n] : inputs_[k + 1][n];
        return take(k, {StepPass::Backward, ready, stage.backward - stage.weights}, inputs_[k][n],
                    device.inputs);
      }
      case Kind::Weights:
        break;
    }
    double unused = 0;
    return take(k, {StepPass::Weights, device.free_at, stage.weights}, unused, device.weights);
  }

  struct Asked {
    StepPass which;
    double ready;
    Seconds time;
  };

  bool take(std::size_t k, const Asked& pass, double& done, int& count) {
    if (pass.ready == kNotYet) return false;
    Device& device = devices_[k];
    const double begins = std::max(device.free_at, pass.ready);
    done = device.free_at = begins + pass.time.value;
    if (told_ != nullptr) {
      told_->push_back({pass.which, static_cast<int>(k), count, 0, Seconds{begins}, Seconds{done}});
    }
    ++count;
    return true;
  }

  const PipelineLoad& load_;
  Passes* told_;
  std::vector<Device> devices_;
  std::vector<std::vector<double>> forward_, inputs_;
};

bool no_slower(const StageTime& one, const StageTime& other) {
  return one.forward <= other.forward && one.backward <= other.backward;
}

// Whether the closed form holds.
bool ends_slowest(const PipelineLoad& load) {
  if (load.stages() == 1) return true;
  if (!load.each.empty()) {
    return load.chunks == 1 && std::ranges::all_of(load.each, [&](const StageTime& one) {
             return no_slower(one, load.each.back());
           });
  }
  if (load.chunks > 1) {
    return no_slower(load.first, load.middle) && no_slower(load.middle, load.last);
  }
  return no_slower(load.first, load.last) &&
         (load.stages() == 2 || no_slower(load.middle, load.last));
}

bool takes_turns(const PipelineLoad& load) {
  return load.schedule == PipelineSchedule::OneForwardOneBackward || load.devices == 1;
}

Seconds closed_form(const PipelineLoad& load) {
  const double p = load.devices, m = load.microbatches;
  Seconds others;
  if (!load.each.empty()) {
    for (const StageTime& one : load.each.first(load.each.size() - 1)) others += one.total();
    return load.each.back().total() * m + others;
  }
  const Seconds of_last = load.last.total() + load.middle.total() * (load.chunks - 1.0);
  others = load.first.total() + load.middle.total() * (p - 2);
  return of_last * m + (p > 1 ? others : Seconds{});
}

// What one device does for all microbatches, and what passes through before it may begin.
Seconds busy_until_done(const PipelineLoad& load, int device) {
  const double m = load.microbatches;
  const StageTime& own = load.of(device);
  if (load.schedule == PipelineSchedule::DualPipe) {
    const StageTime& other = load.of(load.devices - 1 - device);
    return (own.total() + other.total() - own.forward_hidden - own.backward_hidden -
            other.forward_hidden - other.backward_hidden) *
           (m / 2);
  }
  Seconds busy;
  for (int chunk = 0; chunk < load.chunks; ++chunk) {
    busy += load.of(device + chunk * load.devices).total() * m;
  }
  return busy;
}

// The same for all devices; of those between both ends the first, where they are alike.
Seconds busiest(const PipelineLoad& load) {
  Seconds most, before;
  const bool has_turns = takes_turns(load) && load.chunks == 1;
  const int last = load.devices - 1;
  for (int k = 0; k <= last; ++k) {
    most = std::max(most, busy_until_done(load, k) + (has_turns ? before : Seconds{}));
    if (load.each.empty() && k == 1 && last > 2) {
      // All between are alike; the last of them waits longest.
      before += load.middle.total() * (last - 2.0);
      most = std::max(most, busy_until_done(load, k) + (has_turns ? before : Seconds{}));
      k = last - 1;
    }
    before += load.of(k).total();
  }
  return most;
}

}  // namespace

Seconds played_pipeline(const PipelineLoad& load) {
  assert(load.devices >= 1 && load.chunks >= 1 && load.microbatches >= 1);
  assert(load.chunks == 1 || load.microbatches % load.devices == 0);
  if (takes_turns(load)) return TakingTurns(load).end();
  if (load.schedule == PipelineSchedule::DualPipe) return played_dual_pipe(load);
  return WithoutBubbles(load).end();
}

std::vector<PlayedPass> played_passes(const PipelineLoad& load) {
  Passes passes;
  if (load.schedule == PipelineSchedule::ZeroBubble && load.devices > 1) {
    WithoutBubbles(load, &passes).end();
  } else {
    TakingTurns(load, &passes).end();
  }
  std::ranges::stable_sort(passes, {}, &PlayedPass::device);
  return passes;
}

Seconds pipeline_time(const PipelineLoad& load) {
  return takes_turns(load) && ends_slowest(load) ? closed_form(load) : played_pipeline(load);
}

Seconds least_pipeline_time(const PipelineLoad& load) {
  return takes_turns(load) && ends_slowest(load) ? closed_form(load) : busiest(load);
}

}  // namespace chokepoint
