#include "sim/zoom/zoomed_study.hpp"

#include <google/protobuf/text_format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>

#include "models/device_speed.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/zoom/zoomed_gangs.hpp"

namespace chokepoint {
namespace {

constexpr double kSecondsPerHour = 3'600.0, kBillion = 1e9;
constexpr const char* kSource = "zoomed_run";

// What sites, jobs and services rest on.
constexpr const char* kKept[] = {
    "seed",       "sources",         "devices",        "nodes",          "stacks",
    "priors",     "serving_engines", "serving_errors", "stack_versions", "fallbacks",
    "recoveries", "reliabilities",   "transformers",   "reference",      "orgs"};

pb::Scenario what_it_rests_on(const pb::Scenario& whole) {
  pb::Scenario kept = whole;
  std::vector<const google::protobuf::FieldDescriptor*> written;
  kept.GetReflection()->ListFields(kept, &written);
  for (const auto* field : written) {
    const bool stays =
        std::ranges::any_of(kKept, [&](const char* name) { return field->name() == name; });
    if (!stays) kept.GetReflection()->ClearField(&kept, field);
  }
  return kept;
}

template <class Named>
const Named& element(const google::protobuf::RepeatedPtrField<Named>& list,
                     const std::string& name) {
  return *std::ranges::find(list, name, &Named::name);
}

// Days and moments are whole seconds.
Moment moment_at(const World& world, Seconds at) {
  return world.start + std::chrono::seconds(std::llround(at.value));
}

pb::Sourced of_the_run(double value) {
  pb::Sourced sourced;
  sourced.set_value(value);
  sourced.set_source(kSource);
  sourced.set_confidence(pb::ESTIMATED);
  return sourced;
}

void add_source(const std::string& run, pb::Scenario& study) {
  pb::Source& source = *study.add_sources();
  source.set_name(kSource);
  source.set_what(concat("What a run of ", run, " had come to when the zoom began"));
  source.set_location("-");
  source.set_confidence(pb::ESTIMATED);
}

// Who holds the chips: of a pool that buyers fill the run does not say.
std::string holder(const pb::Scenario& whole, const pb::Site& site) {
  for (const auto& pool : site.pools()) {
    if (pool.stocks_size() > 0) return pool.stocks(0).owner();
  }
  for (const auto& buyer : whole.buyers()) {
    if (buyer.site() == site.name()) return buyer.org();
  }
  return whole.orgs(0).name();
}

// Names of the pools at the site, beyond "site/".
class PoolNames {
public:
  PoolNames(const World& world, SiteId site) : world_(world), site_(site) {}
  bool is_here(PoolId pool) const { return world_.pools[pool.value].site == site_; }
  std::string operator()(PoolId pool) const {
    return world_.pools[pool.value].name.substr(world_.sites[site_.value].name.size() + 1);
  }

private:
  const World& world_;
  SiteId site_;
};

// Pools that something refers to stay, empty ones too.
std::set<PoolId> pools_named(const World& world, const WatchedSite& seen) {
  std::set<PoolId> named;
  for (const WatchedPool& pool : seen.pools) named.insert(pool.pool);
  for (const WatchedJob& job : seen.jobs) {
    const auto& pools = world.training_jobs[job.job.value].pools;
    named.insert(pools.begin(), pools.end());
  }
  return named;
}

void add_site(const Composed& composed, const World& world, const WatchedSite& seen,
              pb::Scenario& study) {
  const PoolNames names(world, seen.asked.site);
  const pb::Site& whole =
      element(composed.scenario.sites(), world.sites[seen.asked.site.value].name);
  pb::Site& site = *study.add_sites();
  site = whole;
  site.clear_pools();
  site.clear_storage_gb_s();  // Of checkpoints of jobs that something stops: here nothing does.
  const std::string owner = holder(composed.scenario, whole);
  for (const PoolId id : pools_named(world, seen)) {
    if (!names.is_here(id)) continue;
    const NodeSpec& node = world.nodes[world.pools[id.value].node.value];
    pb::Pool& pool = *site.add_pools();
    pool.set_name(names(id));
    pool.set_node(node.name);
    pool.set_host_scale(pb::ONE_PER_NODE);
    const auto found = std::ranges::find(seen.pools, id, &WatchedPool::pool);
    if (found == seen.pools.end()) continue;
    pb::Stock& stock = *pool.add_stocks();
    stock.set_name("powered");
    stock.set_owner(owner);
    stock.set_status(pb::LEGAL);
    const double devices = static_cast<double>(found->powered_nodes) * node.devices_per_node;
    *stock.mutable_units() = of_the_run(devices);
  }
}

void add_speeds(const World& world, const WatchedSite& seen, pb::Scenario& study) {
  std::set<DeviceId> told;
  for (const WatchedPool& pool : seen.pools) {
    const DeviceId device = world.pools[pool.pool.value].device;
    if (!told.insert(device).second) continue;
    pb::DeviceSpeed& speed = *study.add_device_speeds();
    speed.set_name(world.devices[device.value].name);
    speed.set_training(pool.speeds[static_cast<std::size_t>(WorkKind::Training)]);
    speed.set_prefill(pool.speeds[static_cast<std::size_t>(WorkKind::Prefill)]);
    speed.set_decode(pool.speeds[static_cast<std::size_t>(WorkKind::Decode)]);
  }
}

// Tokens a second of a job that runs, over those of one that is placed now.
double pace_of(const World& world, const WatchedSite& seen, const WatchedJob& job) {
  const auto pool = std::ranges::find(seen.pools, *job.pool, &WatchedPool::pool);
  if (pool == seen.pools.end()) return 1.0;
  const TrainingJob& whole = world.training_jobs[job.job.value];
  const double speed = pool->speeds[static_cast<std::size_t>(WorkKind::Training)];
  const TokensPerSecond today = gang_throughput(world, whole, *job.pool) * speed;
  return today > TokensPerSecond{} ? job.throughput / today * whole.pace : 1.0;
}

void add_jobs(const Composed& composed, const World& world, const WatchedSite& seen,
              pb::Scenario& study) {
  const PoolNames names(world, seen.asked.site);
  const std::string& site = world.sites[seen.asked.site.value].name;
  for (const WatchedJob& watched : seen.jobs) {
    if (watched.left <= Tokens{}) continue;
    const TrainingJob& whole = world.training_jobs[watched.job.value];
    pb::TrainingJob& job = *study.add_training_jobs();
    job = element(composed.scenario.training_jobs(), whole.name);
    job.clear_checkpoint_copy();
    job.clear_pools();
    *job.mutable_tokens_bn() = of_the_run(watched.left.value / kBillion);
    job.set_submitted(format_moment(moment_at(world, seen.asked.from + watched.submitted)));
    for (const PoolId pool : whole.pools) {
      const bool may = watched.pool ? pool == *watched.pool : names.is_here(pool);
      if (may) job.add_pools(concat(site, "/", names(pool)));
    }
    if (watched.pool) job.set_pace(pace_of(world, seen, watched));
  }
}

void add_services(const Composed& composed, const World& world, const WatchedSite& seen,
                  pb::Scenario& study) {
  const std::string& site = world.sites[seen.asked.site.value].name;
  for (const WatchedService& watched : seen.services) {
    pb::InferenceService service =
        element(composed.scenario.services(), world.services[watched.service.value].name);
    service.clear_demand_bn_tokens_per_day();
    service.clear_growth_per_year();
    service.clear_demand_variation();
    service.clear_window_hours();
    service.clear_elastic_demand();
    service.clear_demand_windows();
    service.clear_daily_pattern();  // Windows have it.
    for (const DemandWindow& window : watched.windows) {
      pb::DemandWindow& out = *service.add_demand_windows();
      out.set_hours(window.length.value / kSecondsPerHour);
      out.set_bn_tokens(window.demand.value / kBillion);
    }
    // Shares of pools that are not there mean nothing; those of the whole site hold for all of it.
    auto& shares = *service.mutable_shares();
    const auto gone = std::remove_if(shares.begin(), shares.end(), [&](const pb::Share& share) {
      return std::ranges::none_of(study.sites(0).pools(), [&](const pb::Pool& pool) {
        return share.pool() == concat(site, "/", pool.name());
      });
    });
    shares.erase(gone, shares.end());
    auto& sites = *service.mutable_site_shares();
    sites.erase(std::remove_if(sites.begin(), sites.end(),
                               [&](const pb::SiteShare& share) { return share.site() != site; }),
                sites.end());
    if (service.shares_size() + service.site_shares_size() > 0) *study.add_services() = service;
  }
}

}  // namespace

pb::Scenario zoomed_study(const Composed& composed, const World& world, const WatchedSite& seen) {
  const std::string& site = world.sites[seen.asked.site.value].name;
  const std::string from = format_moment(moment_at(world, seen.asked.from));
  pb::Scenario study = what_it_rests_on(composed.scenario);
  study.set_name(concat(world.name, "-", site));
  study.set_question(
      concat("What does ", site, " do from ", from, " on, as ", world.name, " has left it?"));
  study.set_start(from);
  study.set_end(format_moment(moment_at(world, seen.asked.until)));
  add_source(world.name, study);
  add_site(composed, world, seen, study);
  add_speeds(world, seen, study);
  add_jobs(composed, world, seen, study);
  add_services(composed, world, seen, study);
  return study;
}

std::string study_text(const pb::Scenario& study) {
  std::string text;
  google::protobuf::TextFormat::PrintToString(study, &text);
  return concat("# A site of a longer run, as it stood: chokepoint run ... --zoom wrote it.\n",
                "# Run it, or replay logs of jobs and requests on it.\n\n", text);
}

}  // namespace chokepoint
