#pragma once

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "models/random.hpp"
#include "models/serving/fleet.hpp"
#include "models/serving/serving_setup.hpp"
#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {

inline constexpr Nanoseconds kSecond = 1'000'000'000;

/// Requests that are there from the start, in order of arrival.
class ListSource : public RequestSource {
public:
  explicit ListSource(std::vector<Request> requests)
      : requests_(requests.begin(), requests.end()) {}

  std::optional<Nanoseconds> next_arrival() override {
    return requests_.empty() ? std::nullopt : std::optional(requests_.front().arrival);
  }
  std::optional<Request> next() override {
    if (requests_.empty()) return std::nullopt;
    Request request = std::move(requests_.front());
    requests_.pop_front();
    return request;
  }
  void ended(const RequestEnd& end) override { ends.push_back(end); }

  std::vector<RequestEnd> ends;

private:
  std::deque<Request> requests_;
};

/// A fixed number of users, each of whom asks again as soon as the answer is there.
class ClosedLoop : public RequestSource {
public:
  struct Lengths {
    double prompt, output, least_share = 1;  ///< Drawn from that share to the whole, evenly.
  };

  ClosedLoop(std::int64_t users, std::int64_t requests, Lengths lengths, std::uint64_t seed)
      : lengths_(lengths), left_(requests), random_(seed, "lengths") {
    for (std::int64_t i = 0; i < users; ++i) due_.push_back(0);
  }

  std::optional<Nanoseconds> next_arrival() override {
    return due_.empty() || left_ == 0 ? std::nullopt : std::optional(due_.front());
  }
  std::optional<Request> next() override {
    const auto at = next_arrival();
    if (!at) return std::nullopt;
    due_.pop_front();
    --left_;
    Request request;
    request.id = made_++;
    request.arrival = *at;
    request.prompt = drawn(lengths_.prompt);
    request.output = drawn(lengths_.output);
    return request;
  }
  void ended(const RequestEnd& end) override { due_.push_back(end.at); }

private:
  std::uint32_t drawn(double most) {
    const double share = lengths_.least_share + (1 - lengths_.least_share) * random_.uniform();
    return static_cast<std::uint32_t>(std::max(std::lround(most * share), 1L));
  }

  Lengths lengths_;
  std::int64_t left_;
  std::uint64_t made_ = 0;
  RandomStream random_;
  std::deque<Nanoseconds> due_;
};

/// Keeps what became of every request.
class Ends : public FleetObserver {
public:
  struct Fate {
    RequestOutcome outcome;
    RequestTimes times;
    std::uint32_t replica, reader, preemptions;

    bool operator==(const Fate& other) const {
      return outcome == other.outcome && times.scheduled == other.times.scheduled &&
             times.first == other.times.first && times.last == other.times.last &&
             times.handed == other.times.handed && reader == other.reader &&
             replica == other.replica && preemptions == other.preemptions;
    }
  };

  void ended(const EndedRequest& end) override {
    of[end.request.id] = {end.outcome, end.times, end.replica, end.reader, end.preemptions};
  }

  std::map<std::uint64_t, Fate> of;
};

/// Llama-3.1-8B.
inline Transformer llama_8b() {
  Transformer model = llama_70b();
  model.name = "llama_8b";
  model.layers = 32;
  model.hidden = 4096;
  model.heads = 32;
  model.ffn = 14336;
  model.parameters.value = model.active_parameters.value = 8.03e9;
  return model;
}

/// A model on one kind of device, with everything that a fleet needs.
struct SmallService {
  Transformer model = llama_8b();
  DeviceSpec device = h100();
  ServingPlan plan = {.precision = uniform_precision(NumericFormat::Fp8, NumericFormat::Fp8)};
  Coefficients coefficients = {};
  EngineSettings settings = {};
  EngineOptions options = {};
  Tokens prompt{1000}, output{200};

  ServingTask task() const {
    return {model,  device, interconnect_of(device), coefficients, MemorySettings{}, settings,
            prompt, output};
  }
  ServingSetup started() const { return serving_setup(task(), plan, options); }
  StepCosts costs() const { return step_costs(task(), plan); }
};

/// `count` requests at `rate` per second, exponential gaps, lengths even from 1 to twice the mean.
inline std::vector<Request> poisson(std::int64_t count, double rate, double prompt, double output,
                                    std::uint64_t seed) {
  RandomStream random(seed, "poisson");
  std::vector<Request> made;
  double at = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    at += -std::log1p(-random.uniform()) / rate;
    Request request;
    request.id = static_cast<std::uint64_t>(i);
    request.arrival = std::llround(at * 1e9);
    request.prompt = 1 + static_cast<std::uint32_t>(random.uniform() * 2 * prompt);
    request.output = 1 + static_cast<std::uint32_t>(random.uniform() * 2 * output);
    made.push_back(request);
  }
  return made;
}

}  // namespace chokepoint
