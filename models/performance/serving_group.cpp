#include "models/performance/serving_group.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint {
namespace {

constexpr int kMostAcrossNodes = 64;    // Devices of a replica beyond one scale-up domain.
constexpr double kWithinTarget = 1e-9;  // Share of the target that the batch is solved to.
constexpr int kMostSteps = 60;

int most_devices(const DeviceSpec& device) {
  int most = kMostAcrossNodes;
  while (2 * most <= interconnect_of(device).domain) most *= 2;
  return most;
}

MemorySettings settings_for(const Coefficients& coefficients) {
  MemorySettings settings;
  settings.usable = coefficients.usable_memory;
  return settings;
}

IterationLoad decoding(const RequestShape& request, double batch) {
  IterationLoad load;
  load.decode_tokens = load.sequences = batch;
  load.decode_context = (request.prompt + request.output / 2.0).value;
  return load;
}

// The greatest batch in [least, most] whose iteration takes no longer than `target`, by secants
// that keep a bracket (Illinois): iterations grow almost linearly. Requires: that of `least` does
// not.
template <class TimeOf>
double greatest_batch(double least, double most, Seconds target, const TimeOf& time_of) {
  const auto over = [&](double batch) { return (time_of(batch) - target).value; };
  double above = over(most);
  if (above <= 0.0) return most;
  double below = over(least);
  bool was_below = false, was_above = false;
  for (int i = 0; i < kMostSteps && most > least; ++i) {
    const double tried = least - below * (most - least) / (above - below);
    const double found = over(tried);
    if (std::abs(found) <= kWithinTarget * target.value) return tried;
    if (found < 0.0) {
      least = tried, below = found;
      if (was_below) above /= 2.0;
    } else {
      most = tried, above = found;
      if (was_above) below /= 2.0;
    }
    was_below = found < 0.0, was_above = !was_below;
  }
  return least;
}

}  // namespace

Precision serving_precision(const Peaks& peaks) {
  const bool has_float = peaks.fp8.has_value(), has_integer = peaks.int8.has_value();
  const bool is_float = has_float && (!has_integer || *peaks.fp8 >= *peaks.int8);
  Precision precision =
      uniform_precision(is_float ? NumericFormat::Fp8 : NumericFormat::Int8, NumericFormat::Fp8);
  if (!has_float && !has_integer) precision.activations = NumericFormat::Fp16;
  return precision;
}

std::vector<ServingPlan> serving_layouts(const Transformer& model, const DeviceSpec& device,
                                         int at_hand) {
  std::vector<ServingPlan> layouts;
  ServingPlan plan;
  plan.precision = serving_precision(device.peaks);
  for (int devices = 1; devices <= std::min(most_devices(device), at_hand); devices *= 2) {
    ServingPlan by_heads = plan, by_sequences = plan;
    by_heads.tensor = devices;
    if (plan_complaint(by_heads, model).empty()) layouts.push_back(by_heads);
    if (devices == 1) continue;
    by_sequences.attention_dp = devices;
    by_sequences.expert_parallel = true;
    if (plan_complaint(by_sequences, model).empty()) layouts.push_back(by_sequences);
  }
  return layouts;
}

ServingGroup::ServingGroup(const Transformer& model, const RequestShape& request,
                           const DeviceSpec& device, const Coefficients& coefficients,
                           const ServingPlan& plan)
    : model_(model),
      request_(request),
      device_(device),
      coefficients_(coefficients),
      plan_(plan),
      memory_(serving_memory(model, device, plan, settings_for(coefficients))) {}

bool ServingGroup::holds() const {
  return fits(memory_, request_.prompt + request_.output).margin >= Bytes{};
}

Replica ServingGroup::replica() const {
  return Replica({model_, device_, interconnect_of(device_), plan_, coefficients_});
}

TokensPerSecond ServingGroup::prefill() const {
  return request_.prompt / prompt_time(replica(), request_.prompt, EngineSettings{}.token_budget);
}

ServingGroup::Batch ServingGroup::batch() const {
  const Replica ready = replica();
  const auto time_of = [&](double batch) { return ready.time(decoding(request_, batch)).total(); };
  const double least = plan_.attention_dp;
  const Seconds target = request_.tpot_target.value, soonest = time_of(least);
  if (soonest >= target) return {least, Tokens{least} / soonest * (target / soonest)};
  const Tokens each = cache_of_request(request_.prompt, request_.output, EngineSettings{});
  const double allowed = least * EngineSettings{}.max_sequences;
  const double most = std::max(least, std::min(memory_.requests(each), allowed));
  const double batch = greatest_batch(least, most, target, time_of);
  return {batch, Tokens{batch} / time_of(batch)};
}

TokensPerSecond ServingGroup::decode() const {
  return batch().decode;
}

ServingRates ServingGroup::rates() const {
  const Batch written = batch();
  const double ending = written.sequences / request_.output.value;  // In an iteration.
  const Seconds prompt =
      prompt_time_beside(replica(), request_.prompt, ending, EngineSettings{}.token_budget);
  return {request_.prompt / prompt, written.decode};
}

std::vector<ServingRates> serving_rates(const Transformer& model, const RequestShape& request,
                                        const DeviceSpec& device,
                                        const Coefficients& coefficients) {
  std::vector<ServingRates> rates;
  ServingRates best;
  int at_hand = 1;  // Of the entry after the last one.
  for (const ServingPlan& plan : serving_layouts(model, device)) {
    for (; at_hand <= plan.devices(); at_hand *= 2) rates.push_back(best);
    const ServingGroup group(model, request, device, coefficients, plan);
    if (group.holds()) {
      const ServingRates of_group = group.rates();
      best.prefill = std::max(best.prefill, of_group.prefill / group.devices());
      best.decode = std::max(best.decode, of_group.decode / group.devices());
    }
    rates.back() = best;
  }
  return rates;
}

}  // namespace chokepoint
