#include "models/ecosystem/indicators.hpp"

#include <cassert>

#include "models/performance/throughput.hpp"

namespace chokepoint {
namespace {

bool has_speed(const DeviceSpec& device) {
  return device.peaks.bf16 && device.memory && device.memory_bandwidth;
}

}  // namespace

double usable(const DeviceWorth& worth, WorkKind kind) {
  switch (kind) {
    case WorkKind::Training:
      return worth.h100e_training;
    case WorkKind::Prefill:
      return worth.h100e_prefill;
    case WorkKind::Decode:
      return worth.h100e_decode;
  }
  return 0.0;
}

double nominal(const DeviceWorth& worth, WorkKind kind) {
  switch (kind) {
    case WorkKind::Training:
      return worth.h100e_training_nominal;
    case WorkKind::Prefill:
      return worth.h100e_prefill_nominal;
    case WorkKind::Decode:
      return worth.h100e_decode_nominal;
  }
  return 0.0;
}

Yardstick::Yardstick(const Transformer& model, const Reference& reference,
                     const DeviceOnStack& unit)
    : model_(model),
      reference_(reference),
      unit_(unit.device),
      unit_serving_(unit.serving),
      training_(training_on(unit.device, unit.attained)),
      serving_(serving_on(unit.device, unit.serving)) {
  assert(has_speed(unit_) && serving_.prefill > TokensPerSecond{});
}

TokensPerSecond Yardstick::training_on(const DeviceSpec& device, const Attained& attained) const {
  return training_throughput(model_, reference_.training_sequence_tokens, device, attained);
}

Yardstick::ServingRates Yardstick::serving_on(const DeviceSpec& device,
                                              const ServingAttained& attained) const {
  return {prefill_throughput(model_, reference_.request, device, attained),
          decode_throughput(model_, reference_.request, device, attained)};
}

DeviceWorth Yardstick::worth(const DeviceOnStack& of) const {
  DeviceWorth result;
  result.tpp = tpp(of.device.peaks);
  if (const auto peak = peak_8bit(of.device.peaks)) {
    result.h100e_peak = *peak / *peak_8bit(unit_.peaks);
  }
  if (!has_speed(of.device)) return result;
  result.h100e_training = training_on(of.device, of.attained) / training_;
  result.h100e_training_nominal = *of.device.peaks.bf16 / *unit_.peaks.bf16;
  const ServingRates own = serving_on(of.device, of.serving);
  result.h100e_prefill = own.prefill / serving_.prefill;
  result.h100e_decode = own.decode / serving_.decode;
  const bool is_alike = of.serving.coefficients == unit_serving_.coefficients &&
                        of.serving.prefill.value == unit_serving_.prefill.value &&
                        of.serving.decode.value == unit_serving_.decode.value;
  const ServingRates best = is_alike ? own : serving_on(of.device, unit_serving_);
  result.h100e_prefill_nominal = best.prefill / serving_.prefill;
  result.h100e_decode_nominal = best.decode / serving_.decode;
  return result;
}

}  // namespace chokepoint
