#include "sim/engine/sampler.hpp"

#include "models/workload/transformer.hpp"
#include "models/world.hpp"

namespace chokepoint {

Sampler::Sampler(const World& world, Agenda& agenda, const Supply& supply,
                 const Datacenter& datacenter, TraceSink& trace)
    : EngineComponent(world, agenda, trace),
      supply_(supply),
      datacenter_(datacenter),
      held_(world.pools.size(), false) {}

void Sampler::start() {
  if (world_.sample_period) {
    repeat();
    return;
  }
  agenda_.at(Seconds{}, Phase::Sample, [this] { sample(); });
  at_months(Phase::Sample, [this] { sample(); });
}

void Sampler::repeat() {
  // A product, since a sum of periods would drift.
  const Seconds date = static_cast<double>(taken_++) * *world_.sample_period;
  agenda_.at(date, Phase::Sample, [this] {
    sample();
    repeat();
  });
}

void Sampler::sample() const {
  for (std::uint32_t i = 0; i < world_.supplies.size(); ++i) {
    record(Counter::SupplyStock, i, supply_.stock(SupplyId{i}));
    if (supply_.made(SupplyId{i}) <= 0.0) continue;
    record(Counter::DevicesMade, i, supply_.made(SupplyId{i}));
    record(Counter::MadeOfStockpiles, i, supply_.made_of_stockpiles(SupplyId{i}));
  }
  for (std::uint32_t i = 0; i < world_.pools.size(); ++i) sample_pool(PoolId{i});
  for (std::uint32_t i = 0; i < world_.sites.size(); ++i) {
    record(Counter::SitePower, i, datacenter_.sites.power(SiteId{i}).value);
    record(Counter::SiteEnergy, i, datacenter_.sites.energy(SiteId{i}, agenda_.now()).value);
    if (world_.sites[i].costs) sample_costs(SiteId{i});
  }
  const auto& services = datacenter_.serving.services;
  for (std::uint32_t i = 0; i < services.size(); ++i) {
    record(Counter::TokensServed, i, services[i]->served().value);
    record(Counter::TokensUnmet, i, services[i]->unmet().value);
    if (world_.lends(ServiceId{i})) {
      record(Counter::UnmetInReturn, i, services[i]->unmet_in_return().value);
    }
    if (const auto cost = services[i]->cost()) record(Counter::TokenCost, i, cost->value * 1e6);
  }
  if (!world_.stack_histories.empty()) {
    for (std::uint32_t i = 0; i < world_.stacks.size(); ++i) {
      record(Counter::StackBreadth, i, datacenter_.stacks.maturity(StackId{i}).breadth);
      record(Counter::StackSpeed, i, datacenter_.stacks.maturity(StackId{i}).speed);
    }
    record(Counter::MonthsToMove, 0, datacenter_.stacks.months_to_move());
    record(Counter::SharedArtefacts, 0, datacenter_.stacks.shared_artefacts());
    record(Counter::Portability, 0, datacenter_.stacks.portability());
    record(Counter::PortingSpent, 0, datacenter_.stacks.porting_spent().value);
  }
  for (std::uint32_t i = 0; i < world_.training_jobs.size(); ++i) {
    const TrainingJob& job = world_.training_jobs[i];
    const Transformer& model = world_.transformers[job.transformer.value];
    const Tokens done = datacenter_.scheduler.done(JobId{i});
    record(Counter::TrainingTokens, i, done.value);
    record(Counter::TrainingFlops, i,
           (done * training_flops_per_token(model, job.sequence_tokens)).value);
    const auto goodput = datacenter_.scheduler.goodput(JobId{i});
    if (goodput) record(Counter::TrainingGoodput, i, *goodput);
  }
}

void Sampler::sample_pool(PoolId pool) const {
  const double installed = datacenter_.sites.installed(pool);
  // Pools for all that is on sale are many, and most of them stay empty.
  if (installed > 0.0 || world_.buyers.empty()) held_[pool.value] = true;
  if (!held_[pool.value]) return;
  if (world_.lending_of(pool) != nullptr) {
    const LentMeter::Use lent = datacenter_.scheduler.lent(pool);
    record(Counter::LentNodeHours, pool.value, lent.node_time / 1_hours);
    record(Counter::LentFlops, pool.value, lent.flops.value);
    record(Counter::GangsTakenBack, pool.value, lent.taken_back);
  }
  const DeviceId device = world_.pools[pool.value].device;
  const DeviceWorth& worth = world_.worth[device.value];
  const auto usable = [&](double h100e, WorkKind kind) {
    return installed * h100e * datacenter_.stacks.factor(device, kind, 0.0);
  };
  const auto put = [&](Counter counter, double value) { record(counter, pool.value, value); };
  put(Counter::DevicesInstalled, installed);
  put(Counter::DevicesPowered, datacenter_.sites.powered_devices(pool));
  put(Counter::Tpp, installed * worth.tpp);
  put(Counter::H100ePeak, installed * worth.h100e_peak);
  put(Counter::H100eTraining, usable(worth.h100e_training, WorkKind::Training));
  put(Counter::H100ePrefill, usable(worth.h100e_prefill, WorkKind::Prefill));
  put(Counter::H100eDecode, usable(worth.h100e_decode, WorkKind::Decode));
  put(Counter::H100eTrainingNominal, installed * worth.h100e_training_nominal);
  put(Counter::H100ePrefillNominal, installed * worth.h100e_prefill_nominal);
  put(Counter::H100eDecodeNominal, installed * worth.h100e_decode_nominal);
}

void Sampler::sample_costs(SiteId site) const {
  const Sites::Bill bill = datacenter_.sites.bill(site, agenda_.now());
  Tokens served;
  for (const auto& service : datacenter_.serving.services) served += service->at_site(site).served;
  record(Counter::CostOfServing, site.value, bill.serving.value);
  record(Counter::CostOfTraining, site.value, bill.training.value);
  record(Counter::CostOfIdle, site.value, bill.idle.value);
  record(Counter::TokensServedThere, site.value, served.value);
  record(Counter::TrainingFlopsThere, site.value, datacenter_.scheduler.trained_at(site).value);
}

void Sampler::record(Counter counter, std::uint32_t index, double value) const {
  trace_.record(CounterSampled{agenda_.now(), counter, index, value});
}

}  // namespace chokepoint
