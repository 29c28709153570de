#include "models/training/dual_pipe.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <deque>
#include <vector>

namespace chokepoint {
namespace {

// What a device does next. Both: forward for `way`, side by side with backward for the other one.
struct DualPass {
  enum class Kind { Forward, Backward, Inputs, Weights, Both };
  Kind kind;
  int way = 0;
};

// All passes of one device in their order.
std::vector<DualPass> dual_order(int rank, int ranks, int microbatches) {
  using Kind = DualPass::Kind;
  const int half = ranks / 2, inner = std::min(rank, ranks - 1 - rank), outer = half - inner - 1;
  const int near = rank < half ? 0 : 1, far = 1 - near;
  std::vector<DualPass> order;
  const auto repeat = [&](int times, std::initializer_list<DualPass> passes) {
    for (int i = 0; i < times; ++i) order.insert(order.end(), passes);
  };
  repeat(2 * outer, {{Kind::Forward, near}});
  repeat(inner + 1, {{Kind::Forward, near}, {Kind::Forward, far}});
  repeat(outer, {{Kind::Inputs, far}, {Kind::Weights}, {Kind::Forward, far}});
  int steady = microbatches / 2 - ranks + inner + 1;
  if (outer == 0) {  // In the middle the first two are not done side by side: none waits so long.
    repeat(1, {{Kind::Forward, near}, {Kind::Backward, far}, {Kind::Both, far}});
    --steady;
  }
  repeat(steady, {{Kind::Both, near}, {Kind::Both, far}});
  repeat(outer, {{Kind::Backward, far}, {Kind::Both, far}});
  const int last = inner + 1;
  for (int i = 0; i < last; ++i) {
    const bool waits = i > last / 2, turns = i == last / 2;
    const auto pass = [&](bool fills) { return fills ? Kind::Inputs : Kind::Backward; };
    repeat(1, {{pass(waits || (turns && inner % 2 == 1)), far}, {pass(waits || turns), near}});
  }
  repeat(outer, {{Kind::Weights}, {Kind::Inputs, near}});
  repeat(last, {{Kind::Weights}});
  return order;
}

class DualPlay {
public:
  explicit DualPlay(const PipelineLoad& load) : load_(load) {
    const auto ranks = static_cast<std::size_t>(load.devices);
    const std::vector<double> none(ranks * static_cast<std::size_t>(load.microbatches / 2),
                                   kNotYet);
    forward_ = backward_ = {none, none};
    devices_.resize(ranks);
    for (int k = 0; k < load.devices; ++k) {
      device(k).order = dual_order(k, load.devices, load.microbatches);
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
    for (const Device& one : devices_) {
      assert(one.next == one.order.size() && one.waiting.empty());
      last = std::max(last, one.free_at);
    }
    return Seconds{last};
  }

private:
  static constexpr double kNotYet = -1;

  struct Device {
    std::vector<DualPass> order;
    std::size_t next = 0;
    std::array<int, 2> forward{}, backward{};  // Passes done, of each way.
    std::deque<double> waiting;                // Gradients of weights, in seconds.
    double free_at = 0;
  };
  using Times = std::array<std::vector<double>, 2>;

  Device& device(int k) { return devices_[static_cast<std::size_t>(k)]; }
  int stage(int k, int way) const { return way == 0 ? k : load_.devices - 1 - k; }
  double& at(Times& of, int way, int stage, int microbatch) const {
    const auto each = static_cast<std::size_t>(load_.microbatches / 2);
    return of[static_cast<std::size_t>(way)]
             [static_cast<std::size_t>(stage) * each + static_cast<std::size_t>(microbatch)];
  }
  static int& count(std::array<int, 2>& of, int way) { return of[static_cast<std::size_t>(way)]; }

  double forward_ready(int k, int way) {
    const int s = stage(k, way);
    return s == 0 ? 0 : at(forward_, way, s - 1, count(device(k).forward, way));
  }

  double backward_ready(int k, int way) {
    const int s = stage(k, way), n = count(device(k).backward, way);
    return s == load_.devices - 1 ? at(forward_, way, s, n) : at(backward_, way, s + 1, n);
  }

  void end_forward(int k, int way) {
    at(forward_, way, stage(k, way), count(device(k).forward, way)++) = device(k).free_at;
  }

  void end_backward(int k, int way) {
    at(backward_, way, stage(k, way), count(device(k).backward, way)++) = device(k).free_at;
  }

  // Whether it could begin; ends it if so.
  bool take(Device& one, std::initializer_list<double> ready, Seconds time) {
    for (const double each : ready) {
      if (each == kNotYet) return false;
      one.free_at = std::max(one.free_at, each);
    }
    one.free_at += time.value;
    ++one.next;
    return true;
  }

  bool step(int k) {
    Device& one = device(k);
    if (one.next == one.order.size()) return false;
    const DualPass pass = one.order[one.next];
    const int way = pass.way, other = 1 - way;
    const StageTime &of = load_.of(stage(k, way)), &beside = load_.of(stage(k, other));
    switch (pass.kind) {
      case DualPass::Kind::Forward:
        if (!take(one, {forward_ready(k, way)}, of.forward)) return false;
        end_forward(k, way);
        return true;
      case DualPass::Kind::Backward:
        if (!take(one, {backward_ready(k, way)}, of.backward)) return false;
        end_backward(k, way);
        return true;
      case DualPass::Kind::Inputs:
        if (!take(one, {backward_ready(k, way)}, of.backward - of.weights)) return false;
        end_backward(k, way);
        one.waiting.push_back(of.weights.value);
        return true;
      case DualPass::Kind::Both: {
        const Seconds saved = of.forward_hidden + beside.backward_hidden;
        const double ahead = forward_ready(k, way), back = backward_ready(k, other);
        if (ahead == kNotYet || back == kNotYet) return false;
        take(one, {ahead, back}, of.forward + beside.backward - saved);
        end_forward(k, way);
        end_backward(k, other);
        return true;
      }
      case DualPass::Kind::Weights:
        break;
    }
    assert(!one.waiting.empty());
    take(one, {}, Seconds{one.waiting.front()});
    one.waiting.pop_front();
    return true;
  }

  const PipelineLoad& load_;
  Times forward_, backward_;
  std::vector<Device> devices_;
};

}  // namespace

bool passes_both_ways(int devices, int microbatches) {
  return devices >= 2 && devices % 2 == 0 && microbatches % 2 == 0 && microbatches >= 2 * devices;
}

Seconds played_dual_pipe(const PipelineLoad& load) {
  assert(passes_both_ways(load.devices, load.microbatches) && load.chunks == 1);
  return DualPlay(load).end();
}

}  // namespace chokepoint
