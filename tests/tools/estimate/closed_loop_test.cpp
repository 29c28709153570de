// Requests one by one beside the steady state, over the configurations that ship: those whose cache
// holds all requests at once, since at its edge engines preempt and the steady state only waits.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "models/serving/fleet.hpp"
#include "models/serving/serving_setup.hpp"
#include "sim/measure/experiment_case.hpp"
#include "tests/models/serving/small_loads.hpp"
#include "tests/tools/estimate/shipped_serving.hpp"
#include "tools/estimate/serving_question.hpp"

namespace chokepoint {
namespace {

// Lengths are drawn from this share of the longest to all of it, as in InferenceMAX; the mean is
// half way.
constexpr double kLeastLength = 0.8, kMeanLength = 0.9;

std::vector<std::string> shipped_tables() {
  std::vector<std::string> texts;
  for (const std::string name : {"serving.csv", "vllm_ascend.csv"}) {
    std::ifstream in(std::string(source_dir()) + "/scenarios/measured/" + name);
    texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    REQUIRE_FALSE(texts.back().empty());
  }
  return texts;
}

// Means of requests in the order in which they arrived, from one to before another.
class Means : public FleetObserver {
public:
  Means(std::int64_t from, std::int64_t to) : from_(from), to_(to) {}

  void ended(const EndedRequest& end) override {
    const auto id = static_cast<std::int64_t>(end.request.id);
    if (end.outcome != RequestOutcome::Delivered || id < from_ || id >= to_) return;
    ttft_ += static_cast<double>(ttft_of(end.times)) * 1e-9;
    tpot_ += static_cast<double>(tpot_of(end.times, end.request.output)) * 1e-9;
    ++count_;
  }
  double ttft() const { return ttft_ / count_; }
  double tpot() const { return tpot_ / count_; }

private:
  std::int64_t from_, to_;
  double ttft_ = 0, tpot_ = 0, count_ = 0;
};

struct Compared {
  double settled_tpot, settled_ttft;               // Simulated over estimated, without the ends.
  std::optional<double> ttft;                      // Of the whole benchmark, the same.
  std::optional<double> ttft_error, ttft_was_off;  // Simulated and estimated, from measured.
};

// One configuration, asked both ways.
class Configuration {
public:
  Configuration(const ExperimentCase& one, const Coefficients& coefficients)
      : one_(one),
        memory_(memory_of(one, coefficients)),
        task_{*one.model, *one.device,  one.links,       coefficients,
              one.memory, one.settings, one.load.prompt, one.load.output},
        costs_(step_costs(task_, one.plan)) {
    EngineOptions options;
    options.reads_alone = one.experiment.engine == EngineFamily::Sglang;
    setup_ = serving_setup(task_, one.plan, options);
  }

  bool holds_all() const {
    const double users = one_.load.concurrency;
    const Tokens longest = (one_.load.prompt + one_.load.output) / kMeanLength;
    return setup_.complaint.empty() && memory_.requests(longest) >= users &&
           one_.settings.max_sequences * one_.plan.attention_dp >= users;
  }

  Compared compared() {
    const std::int64_t users = std::llround(std::floor(one_.load.concurrency));
    const Means settled = simulated(users, 8 * users + 60, 3 * users, 7 * users + 60);
    const SteadyState state = estimated(users, 0);
    Compared made{settled.tpot() / state.tpot.value, settled.ttft() / state.ttft.value, {}, {}, {}};
    if (one_.load.waves <= 1) return made;
    const std::int64_t all = users * std::llround(one_.load.waves);
    const double whole = simulated(users, all, 0, all).ttft();
    const double estimate = estimated(users, one_.load.waves).ttft.value;
    made.ttft = whole / estimate;
    if (!one_.experiment.ttft) return made;
    made.ttft_error = std::abs(whole / one_.experiment.ttft->value - 1);
    made.ttft_was_off = std::abs(estimate / one_.experiment.ttft->value - 1);
    return made;
  }

private:
  SteadyState estimated(std::int64_t users, double waves) const {
    ServingLoad load = one_.load;
    load.concurrency = static_cast<double>(users);
    load.waves = waves;
    return steady_state(costs_.replica(), memory_, load, one_.settings);
  }

  Means simulated(std::int64_t users, std::int64_t requests, std::int64_t from, std::int64_t to) {
    FleetSpec spec;
    PoolSpec pool;
    pool.costs = &costs_;
    pool.rules = setup_.rules;
    spec.pools = {pool};
    Means means(from, to);
    Fleet fleet(spec, &means);
    ClosedLoop source(
        users, requests,
        {one_.load.prompt.value / kMeanLength, one_.load.output.value / kMeanLength, kLeastLength},
        1);
    fleet.run(source);
    return means;
  }

  const ExperimentCase& one_;
  ServingMemory memory_;
  ServingTask task_;
  StepCosts costs_;
  ServingSetup setup_;
};

std::vector<Compared> all_compared() {
  const auto& world = shipped_serving();
  std::vector<Compared> all;
  for (const std::string& table : shipped_tables()) {
    for (const Experiment& experiment : experiments_of(read_measured_table(table))) {
      const ExperimentCase one = experiment_case(experiment, world.measured());
      if (!one.is_known() || !states_lengths(experiment)) continue;
      if (one.load.client != Client::Closed) continue;
      Configuration configuration(one, engine_of(world, one).coefficients);
      if (configuration.holds_all()) all.push_back(configuration.compared());
    }
  }
  return all;
}

double share_within(const std::vector<double>& ratios, double bound) {
  const auto within = std::count_if(ratios.begin(), ratios.end(),
                                    [&](double ratio) { return std::abs(ratio - 1) <= bound; });
  return static_cast<double>(within) / static_cast<double>(ratios.size());
}

double median(std::vector<double> of) {
  std::nth_element(of.begin(), of.begin() + std::ssize(of) / 2, of.end());
  return of[of.size() / 2];
}

// What is outside of these bounds reads prompts for a third of its time and more: there the closed
// form has a longer first burst and a shorter queue than requests one by one.
TEST_CASE("closed loop: requests one by one settle where the steady state says",
          "[estimate][serving]") {
  std::vector<double> tpot, settled_ttft, ttft, error, was_off;
  for (const Compared& one : all_compared()) {
    tpot.push_back(one.settled_tpot);
    settled_ttft.push_back(one.settled_ttft);
    if (one.ttft) ttft.push_back(*one.ttft);
    if (one.ttft_error) error.push_back(*one.ttft_error);
    if (one.ttft_was_off) was_off.push_back(*one.ttft_was_off);
  }
  CHECK(tpot.size() > 700);
  CHECK(median(tpot) == Approx(1).margin(0.005));
  CHECK(share_within(tpot, 0.03) >= 0.97);
  CHECK(share_within(tpot, 0.10) == 1.0);
  CHECK(median(settled_ttft) == Approx(1).margin(0.03));
  CHECK(median(ttft) == Approx(1).margin(0.03));
  CHECK(share_within(ttft, 0.10) >= 0.85);
  CHECK(share_within(ttft, 0.15) >= 0.94);
  CHECK(median(error) < median(was_off) + 0.025);
}

}  // namespace
}  // namespace chokepoint
