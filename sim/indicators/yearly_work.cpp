#include "sim/indicators/yearly.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "models/performance/throughput.hpp"
#include "sim/indicators/listing.hpp"
#include "sim/indicators/regions.hpp"

namespace chokepoint {

namespace {

constexpr Seconds kLongRun = 100_days;

/// What is said of a counter, and units of that in one of the counter's.
struct Told {
  Counter counter;
  YearlyIndicator said;
  double scale = 1.0;
};

// Their values at a year's end add up by region.
constexpr std::array kAtYearsEnd = {
    Told{Counter::Tpp, indicator("tpp"), 1e-6},
    Told{Counter::H100ePeak, indicator("installed_peak")},
    Told{Counter::H100eTraining, indicator("installed_training")},
    Told{Counter::H100ePrefill, indicator("installed_prefill")},
    Told{Counter::H100eDecode, indicator("installed_decode")},
    Told{Counter::H100eTrainingNominal, indicator("installed_training_nominal")},
    Told{Counter::H100ePrefillNominal, indicator("installed_prefill_nominal")},
    Told{Counter::H100eDecodeNominal, indicator("installed_decode_nominal")}};

// Of the whole run, as they stand at a year's end.
constexpr std::array kOfRun = {Told{Counter::MonthsToMove, indicator("months_to_move")},
                               Told{Counter::Portability, indicator("portability")},
                               Told{Counter::SharedArtefacts, indicator("shared_artefacts")}};

// They sum up since the start: a year has the difference of its two ends.
constexpr std::array kSinceStart = {
    Told{Counter::TokensServed, indicator("tokens_served"), 1e-12},
    Told{Counter::TokensUnmet, indicator("tokens_unmet"), 1e-12},
    Told{Counter::TrainingFlops, indicator("training_flops")},
    Told{Counter::SiteEnergy, indicator("energy"), 1.0 / kJoulesPerGwh},
    Told{Counter::PortingSpent, indicator("porting_cost")}};

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

/// What pools of a region have in a year, together or at most.
using ByRegion = std::map<std::pair<Region, int>, double>;

void tell_by_region(const YearlyIndicator& what, const ByRegion& values, Figures& figures) {
  for (const auto& [key, value] : values) {
    figures[what.of(pool_region_name(key.first), key.second)] = value;
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

/// Chips of one device with power at one site are one group: what a single run can have.
void add_largest_run(const World& world, const Ledger& ledger, const std::vector<Region>& regions,
                     Figures& figures) {
  const double flops = reference_flops_per_second(world) * kLongRun.value;
  ByRegion most;
  for (const auto& [key, h100e] : ledger.samples_of(Counter::H100eTraining)) {
    const auto& [counter, index, year] = key;
    const double installed = ledger.sample_or(Counter::DevicesInstalled, index, year, 0.0);
    if (installed <= 0.0) continue;
    const double powered = ledger.sample_or(Counter::DevicesPowered, index, year, 0.0);
    double& largest = most[{regions[index], year}];
    largest = std::max(largest, h100e * powered / installed * flops);
  }
  tell_by_region(indicator("largest_run"), most, figures);
}

}  // namespace

void add_installed(const World& world, const Ledger& ledger, Figures& figures) {
  const auto regions = regions_of_pools(world);
  for (const Told& figure : kAtYearsEnd) {
    ByRegion sums;
    for (const auto& [key, value] : ledger.samples_of(figure.counter)) {
      const auto& [counter, index, year] = key;
      sums[{regions[index], year}] += value * figure.scale;
    }
    tell_by_region(figure.said, sums, figures);
  }
  for (const Told& of_run : kOfRun) {
    for (const auto& [key, value] : ledger.samples_of(of_run.counter)) {
      figures[of_run.said.of("", std::get<int>(key))] = value;
    }
  }
  add_largest_run(world, ledger, regions, figures);
}

void add_work(const World& world, const Ledger& ledger, Figures& figures) {
  for (const Told& since : kSinceStart) {
    for (const auto& [key, value] : ledger.samples_of(since.counter)) {
      const auto& [counter, index, year] = key;
      const double before = ledger.sample_or(counter, index, year - 1, 0.0);
      figures[since.said.of(subject_of(world, counter, index), year)] +=
          (value - before) * since.scale;
    }
  }
  for (const auto& [key, value] : ledger.samples_of(Counter::TokenCost)) {
    const auto& [counter, index, year] = key;
    figures[indicator("token_cost").of(world.services[index].name, year)] = value;
  }
}

}  // namespace chokepoint
