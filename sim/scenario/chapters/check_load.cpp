#include "sim/scenario/chapters/chapters.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "models/device_speed.hpp"
#include "models/network/topology.hpp"
#include "models/performance/throughput.hpp"
#include "models/training/run/goodput.hpp"
#include "models/training/run/placed_run.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

// proto/scenario: Scenario.
constexpr double kMostCheckpoints = 1e6;
constexpr double kMostCopiesUnderWay = 1e3;
constexpr double kMostWindows = 2e6;
constexpr double kMostSamples = 2e7;
constexpr double kMostDeliveries = 1e5;
constexpr double kMostHosts = 1e5;

/// A sum, and where most of it comes from.
class Tally {
public:
  void add(double amount, const Cursor& at, const char* field) {
    sum_ += amount;
    if (at_ && amount <= most_) return;
    most_ = amount;
    at_ = at;
    field_ = field;
  }

  void report(double bound, const char* what, const char* help) const {
    if (sum_ <= bound) return;
    at_->error(
        field_,
        concat("the run would have about ", std::round(sum_), " ", what, ", more than ", bound),
        help);
  }

private:
  double sum_ = 0.0, most_ = 0.0;
  std::optional<Cursor> at_;
  const char* field_ = "";
};

/// How long a job runs: until its tokens are trained in the slowest of its pools, or the run ends.
Seconds longest_run(const World& world, const TrainingJob& job) {
  const Seconds submitted = world.calendar().at(job.submitted);
  const Seconds left = world.horizon() - std::max(submitted, Seconds{});
  if (left <= Seconds{} || !world.stack_histories.empty()) return std::max(left, Seconds{});
  Seconds longest;
  for (const PoolId pool : job.pools) {
    const DeviceId device = world.pools[pool.value].device;
    const TokensPerSecond rate =
        static_cast<double>(job.devices) *
        training_throughput(world.transformers[job.transformer.value], job.sequence_tokens,
                            world.devices[device.value], world.attained[device.value]);
    longest = std::max(longest, job.tokens.value / rate);
  }
  return std::min(left, longest);
}

/// How often a job saves and how far apart, both at worst; what stops it counts as well.
struct Saves {
  double number = 0.0;
  Seconds period;
};

Saves saves_of(const World& world, const TrainingJob& job) {
  Saves worst{longest_run(world, job) / job.checkpoint_period, job.checkpoint_period};
  const Seconds left = world.horizon() - std::max(world.calendar().at(job.submitted), Seconds{});
  for (const PoolId pool : job.pools) {
    if (left <= Seconds{} || !may_stop(world, job, pool)) continue;
    const LongRun run = placed_run(world, job, pool, gang_throughput(world, job, pool));
    const bool has_speed = world.stack_histories.empty();
    const Seconds wall = has_speed ? std::min(left, expected_run(run).wall) : left;
    worst.number =
        std::max(worst.number, wall / run.interval + wall * (run.failure_rate() + run.planned));
    worst.period = std::min(worst.period, run.interval);
  }
  return worst;
}

/// What copies of checkpoints ask of each direction of a line, per second.
using Traffic = std::map<std::pair<LinkId, bool>, BytesPerSecond>;

/// A job whose checkpoints travel.
struct Copies {
  int job = 0;
  double sent = 0.0;
  std::vector<std::pair<LinkId, bool>> lines;  ///< With the direction.
};

std::vector<std::pair<LinkId, bool>> lines_of(const World& world, const Route& route, PlaceId at) {
  std::vector<std::pair<LinkId, bool>> lines;
  for (const LinkId id : route) {
    const LinkSpec& link = world.links[id.value];
    lines.emplace_back(id, link.a == at);
    at = link.a == at ? link.b : link.a;
  }
  return lines;
}

/// What a line cannot carry piles up on it.
void check_copies(const Reading& reading, const std::vector<Saves>& checkpoints) {
  const World& world = reading.world;
  const Topology topology(world.sites.size() + world.exchanges.size(), world.links);
  Traffic asked;
  std::vector<Copies> all;
  for (std::size_t j = 0; j < world.training_jobs.size(); ++j) {
    const TrainingJob& job = world.training_jobs[j];
    if (!job.checkpoint_copy || job.pools.empty()) continue;
    const PlaceId from{world.pools[job.pools.front().value].site.value};
    const auto route = topology.route(from, PlaceId{job.checkpoint_copy->value});
    if (!route) continue;
    Copies copies{static_cast<int>(j), checkpoints[j].number, lines_of(world, *route, from)};
    const Bytes size = checkpoint_size(world.transformers[job.transformer.value]);
    for (const auto& line : copies.lines) asked[line] += size / checkpoints[j].period;
    all.push_back(std::move(copies));
  }
  Tally under_way;
  for (const Copies& copies : all) {
    double late = 0.0;  // Share of what is sent.
    for (const auto& line : copies.lines) {
      const BytesPerSecond carried = world.links[line.first.value].bandwidth.value;
      late = std::max(late, 1.0 - carried / asked[line]);
    }
    under_way.add(late * copies.sent, reading.root.child("training_jobs", copies.job),
                  "checkpoint_hours");
  }
  under_way.report(kMostCopiesUnderWay, "checkpoints on their way at the same time",
                   "copies pile up on a line: raise checkpoint_hours or its bandwidth_gbit_s");
}

void check_jobs(const Reading& reading) {
  const World& world = reading.world;
  Tally saved, hosts;
  std::vector<Saves> checkpoints;
  for (std::size_t j = 0; j < world.training_jobs.size(); ++j) {
    const TrainingJob& job = world.training_jobs[j];
    const Cursor at = reading.root.child("training_jobs", static_cast<int>(j));
    checkpoints.push_back(saves_of(world, job));
    saved.add(checkpoints.back().number, at, "checkpoint_hours");
    hosts.add(static_cast<double>(job.pools.size()), at, "pools");
  }
  saved.report(kMostCheckpoints, "checkpoints",
               "raise checkpoint_hours, or run for a shorter time");
  hosts.report(kMostHosts, "places where a job may run", "name fewer pools in each job");
  check_copies(reading, checkpoints);
}

void check_services(const Reading& reading) {
  const World& world = reading.world;
  Tally windows;
  for (std::size_t i = 0; i < world.services.size(); ++i) {
    const InferenceService& service = world.services[i];
    const double shares = 1.0 + static_cast<double>(service.shares.size());
    const double count = service.windows.empty() ? world.horizon() / service.window
                                                 : static_cast<double>(service.windows.size());
    windows.add(count * shares, reading.root.child("services", static_cast<int>(i)),
                "window_hours");
  }
  windows.report(kMostWindows, "windows of demand, by service and pool",
                 "raise window_hours, or run for a shorter time");
}

void check_samples(const Reading& reading) {
  const World& world = reading.world;
  const auto many = [](const auto& list, double values) {
    return static_cast<double>(list.size()) * values;
  };
  // As sim/engine/sampler records them.
  const double values = many(world.supplies, 3.0) + many(world.pools, 10.0) +
                        many(world.sites, 2.0) + many(world.services, 3.0) +
                        many(world.training_jobs, world.interrupted_jobs ? 3.0 : 2.0) +
                        many(world.stack_histories, 2.0);
  constexpr Seconds kMonth = 30_days;
  Tally samples;
  samples.add(world.horizon() / world.sample_period.value_or(kMonth) * values, reading.root,
              "sample_days");
  samples.report(kMostSamples, "sampled values", "raise sample_days, or run for a shorter time");
}

void check_deliveries(const Reading& reading) {
  const World& world = reading.world;
  Tally deliveries;
  for (int i = 0; i < reading.scenario.orders_size(); ++i) {
    double due = 0.0;
    for (const Tranche& tranche : world.orders[static_cast<std::size_t>(i)].tranches) {
      due += tranche.months;
    }
    deliveries.add(due, reading.root.child("orders", i), "tranches");
  }
  deliveries.report(kMostDeliveries, "deliveries", "join orders, or tranches of one order");
}

}  // namespace

bool check_size(const Composed& composed, Diagnostics& found) {
  const pb::Scenario& in = composed.scenario;
  const Cursor root(composed, found);
  const auto count = [](const auto& list) { return static_cast<double>(list.size()); };
  bool fits = true;
  const auto most = [&](double bound, double number, const char* what, const char* field) {
    if (number <= bound) return;
    fits = false;
    root.error(field, concat("there are ", number, " ", what, ", more than ", bound));
  };
  double pools = in.buyers_size() > 0 ? count(in.sites()) * count(in.offers()) : 0.0;
  for (const pb::Site& site : in.sites()) pools += count(site.pools());
  double parts = 0.0;
  for (const pb::BillOfMaterials& bill : in.bills()) parts += count(bill.items());
  most(200.0, count(in.sites()) + count(in.exchanges()), "sites and exchanges", "sites");
  most(2'000.0, count(in.links()), "links", "links");
  most(20'000.0, pools, "pools, with one at every site for every offer", "sites");
  most(100'000.0, count(in.buyers()) * count(in.offers()), "pairs of a buyer and an offer",
       "buyers");
  most(2'000.0, count(in.rules()) + count(in.exceptions()), "rules and exceptions", "rules");
  most(100.0, count(in.reactions()), "reactions", "reactions");
  most(500.0, count(in.supply_stages()), "supply stages", "supply_stages");
  most(1'000.0, count(in.supply_flows()), "supply flows", "supply_flows");
  most(2'000.0, parts, "items of bills", "bills");
  return fits;
}

void check_load(const Reading& reading) {
  check_jobs(reading);
  check_services(reading);
  check_samples(reading);
  check_deliveries(reading);
}

}  // namespace chokepoint
