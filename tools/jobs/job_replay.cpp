#include "tools/jobs/job_replay.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "models/find_named.hpp"
#include "sim/scenario/text/spelling.hpp"

namespace chokepoint {
namespace {

constexpr double kMillis = 1e-3, kSecondsOfDay = 86'400, kSecondsOfYear = 365.25 * kSecondsOfDay;
constexpr double kMillisOfHour = 3'600e3;
constexpr double kGramsOfTonne = 1e6;
constexpr double kShortRun = 10;  // Seconds; shorter runs count as this in slowdowns.

// The smallest value that a share of them does not exceed. Requires: sorted, not empty.
double quantile(const std::vector<double>& sorted, double share) {
  const auto rank = std::ceil(share * static_cast<double>(sorted.size()));
  return sorted[std::min(static_cast<std::size_t>(std::max(rank - 1, 0.0)), sorted.size() - 1)];
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// What large products of a device attain; nothing where it is not known.
std::optional<FlopsPerSecond> products_of(const std::string& device, const TrainingWorld& world) {
  const DeviceSpec* found = find_named(world.devices, device);
  if (found == nullptr || !found->peaks.bf16 || !found->memory_bandwidth) return std::nullopt;
  return large_products_on(*found, world);
}

// Nodes that come to a pool.
int arriving_nodes(const World& world, PoolId id) {
  double nodes = 0;
  for (const SiteChange& change : world.sites[world.pools[id.value].site.value].changes) {
    const bool arrives = change.kind == PoolChangeKind::Arrive && !change.is_refused;
    if (change.pool == id && arrives) nodes += change.nodes.value;
  }
  return static_cast<int>(nodes);
}

JobPoolFacts facts_of(const Cluster& cluster, PoolId id, double speed) {
  const World& world = cluster.world;
  const Pool& pool = world.pools[id.value];
  const NodeSpec& node = world.nodes[pool.node.value];
  const Site& site = world.sites[pool.site.value];
  JobPoolFacts facts;
  facts.name = pool.name;
  facts.device = world.devices[pool.device.value].name;
  facts.pool = {devices_of(world, id) / node.devices_per_node + arriving_nodes(world, id),
                node.devices_per_node, speed};
  const double share = site.pue.value / node.devices_per_node;
  facts.busy = node_power(node, site.idle_power_share.value, 1) * share;
  facts.idle = node_power(node, site.idle_power_share.value, 0) * share;
  facts.price = world.devices[pool.device.value].price;
  facts.id = id;
  if (!site.electricity.empty()) facts.tariff = Tariff::of(site.electricity);
  facts.states_carbon =
      !site.electricity.empty() && site.electricity.front().carbon_g_per_kwh.has_value();
  return facts;
}

// What large products attain in a pool; of one that is empty where something arrives.
std::optional<FlopsPerSecond> products_in(const Cluster& cluster, PoolId id,
                                          const RankPlacement& placement,
                                          const TrainingWorld& world) {
  for (const RankPool& pool : placement.pools()) {
    if (pool.id == id) return pool.products;
  }
  const DeviceSpec& device = cluster.world.devices[cluster.world.pools[id.value].device.value];
  const bool is_known = device.peaks.bf16 && device.memory && device.memory_bandwidth;
  if (!is_known || arriving_nodes(cluster.world, id) == 0) return std::nullopt;
  return large_products_on(device, world);
}

// Device-milliseconds of a job of those that were kept.
ElasticUse use_of(const JobLog& log, const JobReplay& replay, std::size_t i) {
  const RigidJob& job = log.jobs[replay.kept[i]];
  if (job.is_elastic()) return replay.played.elastic[i];
  const QueuedRun& run = replay.played.jobs[i];
  return {static_cast<double>(run.held) * job.size(), static_cast<double>(run.lost) * job.size(),
          static_cast<double>(run.redone) * job.size()};
}

void sum_elastic(const JobLog& log, JobReplay& replay) {
  double had = 0, asked = 0;
  for (std::size_t i = 0; i < replay.kept.size(); ++i) {
    const QueuedRun& run = replay.played.jobs[i];
    const RigidJob& job = log.jobs[replay.kept[i]];
    if (!job.is_elastic()) continue;
    had += replay.played.elastic[i].held;
    asked += static_cast<double>(run.held) * job.devices;
  }
  if (asked > 0) replay.elastic_devices = had / asked;
}

void sum_waits(const JobLog& log, const std::vector<JobPoolFacts>& pools, JobReplay& replay) {
  std::vector<double> waits, slowdowns;  // Of jobs that were placed.
  double held = 0, lost = 0;             // Device-milliseconds.
  for (std::size_t i = 0; i < replay.kept.size(); ++i) {
    const QueuedRun& played = replay.played.jobs[i];
    const RigidJob& job = log.jobs[replay.kept[i]];
    const double there = static_cast<double>(played.end - job.submit) * kMillis;
    const double run =
        (job.is_elastic() ? static_cast<double>(job.run) / pools[played.pool].pool.speed
                          : static_cast<double>(played.held - played.lost)) *
        kMillis;
    if (!played.is_never_placed) {
      waits.push_back(static_cast<double>(played.end - job.submit - played.held) * kMillis);
      slowdowns.push_back(std::max(1.0, there / std::max(run, kShortRun)));
    }
    replay.preempted += played.preempted;
    const ElasticUse use = use_of(log, replay, i);
    held += use.held;
    lost += use.lost;
  }
  replay.lost_share = held > 0 ? lost / held : 0;
  if (waits.empty()) return;
  const auto waiting = std::ranges::count_if(waits, [](double wait) { return wait > 0; });
  replay.waited = static_cast<double>(waiting) / static_cast<double>(waits.size());
  replay.wait_mean = mean(waits);
  replay.slowdown_mean = mean(slowdowns);
  std::ranges::sort(waits);
  std::ranges::sort(slowdowns);
  replay.wait_p50 = quantile(waits, 0.5);
  replay.wait_p90 = quantile(waits, 0.9);
  replay.wait_p99 = quantile(waits, 0.99);
  replay.slowdown_p50 = quantile(slowdowns, 0.5);
}

Tariff tariff_of(const JobPoolFacts& facts, const JobPrices& prices) {
  if (facts.tariff && !prices.usd_per_kwh) return *facts.tariff;
  Tariff flat = Tariff::flat(prices.usd_per_kwh.value_or(kUsdPerKwhUnsaid));
  if (facts.tariff) flat.carbon_g_per_kwh = facts.tariff->carbon_g_per_kwh;
  return flat;
}

std::vector<PoolMeter> meters_of(const std::vector<JobPoolFacts>& pools, const JobPrices& prices) {
  std::vector<PoolMeter> meters;
  meters.reserve(pools.size());
  for (const JobPoolFacts& facts : pools) meters.push_back({facts.busy, tariff_of(facts, prices)});
  return meters;
}

// Of devices that cost `price`, over so much time of one.
double written_off(Usd price, double device_seconds, const JobPrices& prices) {
  return price.value * device_seconds / (prices.life_years * kSecondsOfYear);
}

// What power all devices of a pool draw, those that wait too. What is away draws none.
Metered power_of(const JobPoolFacts& facts, const PoolMeter& meter, const ByHour& held,
                 const ByHour& span, const PoolUse& use) {
  ByHour idle{};
  const double devices = facts.pool.nodes * facts.pool.per_node;
  for (std::size_t hour = 0; hour < idle.size(); ++hour) {
    idle[hour] = devices * span[hour] - held[hour];
  }
  for (const AwayPeriod& away : use.away) {
    const ByHour time = time_by_hour(away.from, away.until);
    for (std::size_t hour = 0; hour < idle.size(); ++hour) {
      idle[hour] -= away.devices * time[hour];
    }
  }
  Metered used = metered(facts.busy, held, meter.tariff);
  used += metered(facts.idle, idle, meter.tariff);
  return used;
}

void add_bills(const JobLog& log, const std::vector<JobPoolFacts>& pools, const MeteredJobs& meters,
               const JobPrices& prices, JobReplay& replay) {
  replay.bills.reserve(meters.jobs().size());
  for (std::size_t i = 0; i < meters.jobs().size(); ++i) {
    const QueuedRun& run = replay.played.jobs[i];
    JobBill bill{meters.jobs()[i], {}};
    if (const auto& price = pools[run.pool].price) {
      const RigidJob& job = log.jobs[replay.kept[i]];
      const double held = job.is_elastic() ? replay.played.elastic[i].held * kMillis
                                           : static_cast<double>(run.held) * kMillis * job.size();
      bill.usd = bill.power.usd + written_off(*price, held, prices);
    }
    replay.bills.push_back(bill);
  }
}

// Device-seconds in which devices of a pool were away.
double away_of(const PoolUse& use) {
  double away = 0;
  for (const AwayPeriod& one : use.away) {
    away += static_cast<double>(one.until - one.from) * kMillis * one.devices;
  }
  return away;
}

// Device-seconds before devices of a pool arrived: nobody pays for these.
double before_arrival(std::uint32_t pool, const JobPool& of, const PlayedQueue& played,
                      const std::vector<PoolChange>& changes) {
  double before = 0;
  for (const PoolChange& change : changes) {
    if (change.pool != pool || change.kind != PoolChangeKind::Arrive) continue;
    const Milliseconds comes = std::clamp(change.on, played.begins, played.ends);
    before += static_cast<double>(comes - played.begins) * kMillis * change.nodes * of.per_node;
  }
  return before;
}

void sum_devices(const JobLog& log, const std::vector<JobPoolFacts>& pools,
                 const QueueSettings& settings, const JobPrices& prices, const MeteredJobs& meters,
                 JobReplay& replay) {
  const double span = static_cast<double>(replay.played.ends - replay.played.begins) * kMillis;
  const ByHour by_hour = time_by_hour(replay.played.begins, replay.played.ends);
  double busy = 0, stranded = 0, unshared = 0, all = 0;
  replay.usd = 0;
  Metered power;
  for (std::uint32_t p = 0; p < pools.size(); ++p) {
    const JobPoolFacts& facts = pools[p];
    const double devices = facts.pool.nodes * facts.pool.per_node;
    const double held = replay.played.pools[p].busy * kMillis;
    busy += held;
    stranded += replay.played.pools[p].stranded * kMillis;
    unshared += replay.played.pools[p].unshared * kMillis;
    all += devices * span - away_of(replay.played.pools[p]);
    power += power_of(facts, meters.pools()[p], meters.held()[p], by_hour, replay.played.pools[p]);
    if (!facts.price) replay.usd.reset();
    if (replay.usd) {
      const double paid =
          devices * span - before_arrival(p, facts.pool, replay.played, settings.changes);
      *replay.usd += written_off(*facts.price, paid, prices);
    }
  }
  replay.utilization = all > 0 ? busy / all : 0;
  replay.fragmentation = all > busy ? stranded / (all - busy) : 0;
  if (log.shares > 0) replay.part_fragmentation = all > busy ? unshared / (all - busy) : 0;
  replay.span_days = span / kSecondsOfDay;
  replay.energy_mwh = power.energy.value / kJoulesPerGwh * 1e3;
  replay.power_usd = power.usd;
  if (replay.usd) *replay.usd += power.usd;
  const auto states_carbon = [](const JobPoolFacts& facts) { return facts.states_carbon; };
  if (std::ranges::all_of(pools, states_carbon)) replay.carbon_t = power.carbon_g / kGramsOfTonne;
}

void sum_failures(const JobLog& log, const std::vector<JobPoolFacts>& pools, JobReplay& replay) {
  const double span = static_cast<double>(replay.played.ends - replay.played.begins);
  double down = 0, all = 0, held = 0, useful = 0, redone = 0;
  for (std::size_t p = 0; p < pools.size(); ++p) {
    const PoolUse& use = replay.played.pools[p];
    replay.failures += use.failures;
    replay.repairs += use.broken;
    down += use.down;
    all += span * pools[p].pool.nodes * pools[p].pool.per_node - away_of(use) / kMillis;
  }
  for (std::size_t i = 0; i < replay.kept.size(); ++i) {
    const QueuedRun& run = replay.played.jobs[i];
    const RigidJob& job = log.jobs[replay.kept[i]];
    const ElasticUse use = use_of(log, replay, i);
    held += use.held;
    redone += use.redone;
    if (run.is_ended()) {
      useful += job.is_elastic() ? use.held - use.lost
                                 : static_cast<double>(run.held - run.lost) * job.size();
    }
    if (run.is_given_up) ++replay.given_up;
  }
  replay.stops = replay.played.stops;
  replay.lost_device_hours = redone / kMillisOfHour;
  replay.goodput = held > 0 ? useful / held : 1;
  replay.availability = all > 0 ? 1 - down / all : 1;
}

double spread_of(const std::vector<JobPoolFacts>& pools, const JobReplay& replay) {
  double sum = 0;
  std::size_t placed = 0;
  for (std::size_t i = 0; i < replay.kept.size(); ++i) {
    const QueuedRun& played = replay.played.jobs[i];
    if (played.nodes == 0) continue;
    ++placed;
    const int per_node = pools[played.pool].pool.per_node;
    const int fewest = (played.devices + per_node - 1) / per_node;
    sum += static_cast<double>(played.nodes) / fewest;
  }
  return sum / static_cast<double>(std::max<std::size_t>(placed, 1));
}

void sum_changes(JobReplay& replay) {
  replay.closed_stops = replay.played.closed_stops;
  for (std::size_t i = 0; i < replay.kept.size(); ++i) {
    const QueuedRun& run = replay.played.jobs[i];
    if (run.is_never_placed) replay.never_placed.push_back(replay.kept[i]);
    const bool is_broken = run.promised && (run.is_never_placed || run.start > *run.promised);
    if (is_broken) ++replay.broken_promises;
  }
}

// Domains of the network that gangs larger than a node stand in, over the fewest that hold as many.
void sum_domains(const std::vector<JobPoolFacts>& pools, JobReplay& replay) {
  double sum = 0, worst = 0;
  int gangs = 0;
  for (std::size_t i = 0; i < replay.kept.size(); ++i) {
    const QueuedRun& played = replay.played.jobs[i];
    const JobPool& pool = pools[played.pool].pool;
    const int devices = played.devices;
    if (pool.nodes_per_domain == 0 || played.domains == 0 || devices <= pool.per_node) continue;
    const int per_domain = pool.nodes_per_domain * pool.per_node;
    const double over =
        static_cast<double>(played.domains) / std::ceil(double(devices) / per_domain);
    ++gangs;
    sum += over;
    worst = std::max(worst, over);
  }
  if (gangs == 0) return;
  replay.domains_mean = sum / gangs;
  replay.domains_worst = worst;
}

}  // namespace

double devices_had(const RigidJob& job, const QueuedRun& run) {
  return job.is_elastic() ? run.devices : job.size();
}

std::vector<JobPoolFacts> job_pools(const Cluster& cluster, const TrainingWorld& world,
                                    const std::string& recorded_on, Diagnostics& found) {
  const RankPlacement placement(cluster, world);
  if (placement.pools().empty()) {
    found.error({cluster.file.string(), 0, 0}, "has no device whose speed can be compared");
    return {};
  }
  FlopsPerSecond reference = placement.pools().front().products;
  if (!recorded_on.empty()) {
    const auto products = products_of(recorded_on, world);
    if (!products) {
      std::vector<std::string> names;
      for (const DeviceSpec& device : world.devices) names.push_back(device.name);
      found.error({"--recorded-on", 0, 0}, "no device '" + recorded_on + "' whose speed is known",
                  did_you_mean(recorded_on, names, "see 'chokepoint catalog list devices'"));
      return {};
    }
    reference = *products;
  }
  std::vector<JobPoolFacts> pools;
  for (std::uint32_t i = 0; i < cluster.world.pools.size(); ++i) {
    const auto products = products_in(cluster, PoolId{i}, placement, world);
    if (!products) continue;
    JobPoolFacts facts = facts_of(cluster, PoolId{i}, *products / reference);
    if (facts.pool.nodes > 0) pools.push_back(std::move(facts));
  }
  if (pools.empty()) {
    found.error({cluster.file.string(), 0, 0}, "has no whole node", "add units to a pool's stocks");
  }
  return pools;
}

std::vector<std::size_t> kept_jobs(const JobLog& log, const std::vector<JobPoolFacts>& pools) {
  int most = 0;
  for (const JobPoolFacts& facts : pools) {
    most = std::max(most, facts.pool.nodes * facts.pool.per_node);
  }
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < log.jobs.size(); ++i) {
    if (log.jobs[i].devices <= most) kept.push_back(i);
  }
  return kept;
}

JobReplay replay_jobs(const JobLog& log, const std::vector<JobPoolFacts>& pools, QueuePolicy policy,
                      const QueueSettings& settings, const JobPrices& prices,
                      QueueObserver* observer) {
  std::vector<JobPool> queue_pools;
  queue_pools.reserve(pools.size());
  for (const JobPoolFacts& facts : pools) queue_pools.push_back(facts.pool);
  JobReplay replay;
  replay.policy = policy;
  replay.has_failures = !settings.failures.empty();
  replay.has_changes = !settings.changes.empty();
  replay.kept = kept_jobs(log, pools);
  std::vector<RigidJob> jobs;
  for (const std::size_t i : replay.kept) jobs.push_back(log.jobs[i]);
  for (std::size_t i = 0, next = 0; i < log.jobs.size(); ++i) {
    const bool is_kept = next < replay.kept.size() && replay.kept[next] == i;
    if (is_kept) ++next;
    if (!is_kept) replay.too_large.push_back(i);
  }
  MeteredJobs meters(meters_of(pools, prices), jobs.size(), observer);
  replay.played = play_queue(jobs, queue_pools, policy, settings, &meters);
  if (jobs.empty()) return replay;
  sum_failures(log, pools, replay);
  sum_waits(log, pools, replay);
  sum_elastic(log, replay);
  sum_changes(replay);
  sum_devices(log, pools, settings, prices, meters, replay);
  add_bills(log, pools, meters, prices, replay);
  replay.spread = spread_of(pools, replay);
  sum_domains(pools, replay);
  return replay;
}

}  // namespace chokepoint
