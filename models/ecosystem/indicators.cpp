#include "models/ecosystem/indicators.hpp"

#include <array>
#include <cassert>

#include "models/performance/throughput.hpp"

namespace chokepoint {
namespace {

// Every fraction 1: what the datasheet promises.
Attained all_of_it() {
  Attained attained;
  for (auto& fraction : attained.fraction) fraction.value = 1.0;
  return attained;
}

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

DeviceWorth worth(const DeviceSpec& device, const Attained& attained, const DeviceSpec& unit,
                  const Attained& unit_attained, const Transformer& model,
                  const Reference& reference) {
  assert(has_speed(unit));
  DeviceWorth result;
  result.tpp = tpp(device.peaks);
  if (const auto peak = peak_8bit(device.peaks)) {
    result.h100e_peak = *peak / *peak_8bit(unit.peaks);
  }
  if (!has_speed(device)) return result;

  const auto training = [&](const DeviceSpec& d, const Attained& a) {
    return training_throughput(model, reference.training_sequence_tokens, d, a);
  };
  const auto prefill = [&](const DeviceSpec& d, const Attained& a) {
    return prefill_throughput(model, reference.request, d, a);
  };
  const auto decode = [&](const DeviceSpec& d, const Attained& a) {
    return decode_throughput(model, reference.request, d, a);
  };
  result.h100e_training = training(device, attained) / training(unit, unit_attained);
  result.h100e_prefill = prefill(device, attained) / prefill(unit, unit_attained);
  result.h100e_decode = decode(device, attained) / decode(unit, unit_attained);

  const Attained full = all_of_it();
  result.h100e_training_nominal = *device.peaks.bf16 / *unit.peaks.bf16;
  result.h100e_prefill_nominal = prefill(device, full) / prefill(unit, full);
  result.h100e_decode_nominal = decode(device, full) / decode(unit, full);
  return result;
}

}  // namespace chokepoint
