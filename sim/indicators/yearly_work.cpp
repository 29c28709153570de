#include "sim/indicators/yearly_work.hpp"

#include <array>

#include "models/performance/throughput.hpp"

namespace chokepoint {

namespace {

const Country kMainland("CN");
constexpr Seconds kLongRun = 100_days;

/// A counter whose values at a year's end add up by region.
struct AtYearsEnd {
  Counter counter;
  const char* name;
  const char* unit;
  double scale = 1.0;
};
constexpr std::array kAtYearsEnd = {
    AtYearsEnd{Counter::Tpp, "tpp", "1e6 TPP", 1e-6},
    AtYearsEnd{Counter::H100ePeak, "installed_peak", "H100e"},
    AtYearsEnd{Counter::H100eTraining, "installed_training", "H100e"},
    AtYearsEnd{Counter::H100ePrefill, "installed_prefill", "H100e"},
    AtYearsEnd{Counter::H100eDecode, "installed_decode", "H100e"},
    AtYearsEnd{Counter::H100eTrainingNominal, "installed_training_nominal", "H100e"},
    AtYearsEnd{Counter::H100ePrefillNominal, "installed_prefill_nominal", "H100e"},
    AtYearsEnd{Counter::H100eDecodeNominal, "installed_decode_nominal", "H100e"}};

/// A counter of the whole run, as it stands at a year's end.
struct OfRun {
  Counter counter;
  const char* name;
  const char* unit;
};
constexpr std::array kOfRun = {OfRun{Counter::MonthsToMove, "months_to_move", "months"},
                               OfRun{Counter::Portability, "portability", "share"},
                               OfRun{Counter::SharedArtefacts, "shared_artefacts", "share"}};

/// A counter that sums up since the start: a year has the difference of its two ends.
struct SinceStart {
  Counter counter;
  const char* name;
  const char* unit;
  double scale;
};
constexpr std::array kSinceStart = {
    SinceStart{Counter::TokensServed, "tokens_served", "1e12 tokens", 1e-12},
    SinceStart{Counter::TokensUnmet, "tokens_unmet", "1e12 tokens", 1e-12},
    SinceStart{Counter::TrainingFlops, "training_flops", "FLOP", 1.0},
    SinceStart{Counter::SiteEnergy, "energy", "GWh", 1.0 / 3.6e12},
    SinceStart{Counter::PortingSpent, "porting_cost", "USD", 1.0}};

std::string subject_of(const World& world, Counter counter, std::uint32_t index) {
  switch (counter) {
    case Counter::TokensServed:
    case Counter::TokensUnmet:
      return world.services[index].name;
    case Counter::TrainingFlops:
      return world.training_jobs[index].name;
    case Counter::SiteEnergy:
      return world.sites[index].name;
    default:
      return "";
  }
}

/// Model FLOPs per second that the reference device trains at.
double reference_flops_per_second(const World& world) {
  const Reference& reference = world.reference;
  const Transformer& model = world.transformers[reference.transformer.value];
  const DeviceId device = reference.device;
  const auto rate = training_throughput(model, reference.training_sequence_tokens,
                                        world.devices[device.value], world.attained[device.value]);
  return (rate * training_flops_per_token(model, reference.training_sequence_tokens)).value;
}

double sample_or(const Ledger& ledger, Counter counter, std::uint32_t index, int year,
                 double absent) {
  const auto found = ledger.samples().find({counter, index, year});
  return found == ledger.samples().end() ? absent : found->second;
}

/// Chips of one device with power at one site are one group: what a single run can have.
void add_largest_run(const World& world, const Ledger& ledger, Sums& sums) {
  const double flops = reference_flops_per_second(world) * kLongRun.value;
  for (const auto& [key, h100e] : ledger.samples()) {
    const auto& [counter, index, year] = key;
    if (counter != Counter::H100eTraining) continue;
    const double installed = sample_or(ledger, Counter::DevicesInstalled, index, year, 0.0);
    if (installed <= 0.0) continue;
    const double powered = sample_or(ledger, Counter::DevicesPowered, index, year, 0.0);
    sums.raise({"largest_run", pool_region(world, PoolId{index}), "FLOP", year},
               h100e * powered / installed * flops);
  }
}

}  // namespace

std::string pool_region(const World& world, PoolId pool) {
  const SiteId site = world.pools[pool.value].site;
  if (world.sites[site.value].country == kMainland) return "mainland";
  for (const Buyer& buyer : world.buyers) {
    if (buyer.site == site && world.home_of(buyer.user) == kMainland) return "offshore sites";
  }
  return "abroad";
}

void add_installed(const World& world, const Ledger& ledger, Sums& sums) {
  for (const auto& [key, value] : ledger.samples()) {
    const auto& [counter, index, year] = key;
    for (const AtYearsEnd& figure : kAtYearsEnd) {
      if (counter != figure.counter) continue;
      sums.add({figure.name, pool_region(world, PoolId{index}), figure.unit, year},
               value * figure.scale);
    }
    for (const OfRun& of_run : kOfRun) {
      if (counter == of_run.counter) sums.set({of_run.name, "", of_run.unit, year}, value);
    }
  }
  add_largest_run(world, ledger, sums);
}

void add_work(const World& world, const Ledger& ledger, Sums& sums) {
  for (const auto& [key, value] : ledger.samples()) {
    const auto& [counter, index, year] = key;
    for (const SinceStart& since : kSinceStart) {
      if (counter != since.counter) continue;
      const double before = sample_or(ledger, counter, index, year - 1, 0.0);
      sums.add({since.name, subject_of(world, counter, index), since.unit, year},
               (value - before) * since.scale);
    }
    if (counter == Counter::TokenCost) {
      sums.set({"token_cost", world.services[index].name, "USD per 1e6 tokens", year}, value);
    }
  }
}

}  // namespace chokepoint
