#include "models/market/design_knobs.hpp"

#include <array>
#include <cassert>

namespace chokepoint {
namespace {

std::optional<FlopsPerSecond> scaled(const std::optional<FlopsPerSecond>& peak, double share) {
  return peak ? std::optional(*peak * share) : std::nullopt;
}

void drop(Format format, Peaks& peaks) {
  constexpr std::array kByFormat = {&Peaks::fp64, &Peaks::fp32, &Peaks::tf32, &Peaks::bf16,
                                    &Peaks::fp8,  &Peaks::int8, &Peaks::fp4};
  (peaks.*kByFormat[static_cast<std::size_t>(format)]).reset();
  if (format == Format::Bf16) peaks.headline_bf16.reset();
}

}  // namespace

DeviceSpec device_of(const DesignKnobs& knobs, const DeviceSpec& base,
                     const DesignSetting& setting) {
  assert(1 <= setting.cores && setting.cores <= knobs.cores);
  assert(0.0 < setting.tensor_rate && setting.tensor_rate <= 1.0);
  const MemoryOption& memory = knobs.memory[setting.memory];
  assert(1 <= setting.stacks && setting.stacks <= memory.most_stacks);

  const double vector = static_cast<double>(setting.cores) / knobs.cores;
  const double matrix = vector * setting.tensor_rate;
  DeviceSpec result = base;
  Peaks& peaks = result.peaks;
  for (auto* peak : {&peaks.fp64, &peaks.fp32, &peaks.vector_fp16}) *peak = scaled(*peak, vector);
  for (auto* peak :
       {&peaks.tf32, &peaks.bf16, &peaks.headline_bf16, &peaks.fp8, &peaks.int8, &peaks.fp4}) {
    *peak = scaled(*peak, matrix);
  }
  for (const Format format : setting.dropped) drop(format, peaks);
  result.io_bandwidth = setting.links * knobs.link_bandwidth + knobs.fixed_io;
  if (result.matrix_cores) *result.matrix_cores *= vector;
  result.memory = static_cast<double>(setting.stacks) * memory.stack_capacity;
  result.visible_memory.reset();
  result.memory_bandwidth = static_cast<double>(setting.stacks) * memory.stack_bandwidth;
  result.published_tpp.reset();
  result.published_density.reset();
  result.price.reset();
  result.tdp.reset();
  return result;
}

}  // namespace chokepoint
