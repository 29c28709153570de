#include "models/ecosystem/indicators.hpp"

#include <array>
#include <cassert>

#include "models/performance/throughput.hpp"

namespace chokepoint {
namespace {

bool has_speed(const DeviceSpec& device) {
  return device.peaks.bf16 && device.memory && device.memory_bandwidth;
}

}  // namespace

double usable(const DeviceWorth& worth, WorkKind kind) {
  constexpr std::array kByKind = {&DeviceWorth::h100e_training, &DeviceWorth::h100e_prefill,
                                  &DeviceWorth::h100e_decode};
  return worth.*kByKind[static_cast<std::size_t>(kind)];
}

double nominal(const DeviceWorth& worth, WorkKind kind) {
  constexpr std::array kByKind = {&DeviceWorth::h100e_training_nominal,
                                  &DeviceWorth::h100e_prefill_nominal,
                                  &DeviceWorth::h100e_decode_nominal};
  return worth.*kByKind[static_cast<std::size_t>(kind)];
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

DeviceWorth Yardstick::worth_by_peak(const DeviceSpec& device) const {
  DeviceWorth result;
  result.tpp = tpp(device.peaks);
  if (const auto peak = peak_8bit(device.peaks)) {
    result.h100e_peak = *peak / *peak_8bit(unit_.peaks);
  }
  return result;
}

DeviceWorth Yardstick::worth(const DeviceOnStack& of) const {
  DeviceWorth result = worth_by_peak(of.device);
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
