#pragma once

#include <optional>
#include <string>

#include "models/ids.hpp"
#include "models/sourced.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// Architecture family of an accelerator. Families differ in what their numbers are, not in units.
enum class DeviceKind { Npu, Ppu, Dsa, Gpu };

/// What device memory is made of.
enum class MemoryKind { Hbm, Gddr, Lpddr, OnDie };

/// Dense peaks per number format, summed over the package. Unset: not known or not supported.
struct Peaks {
  std::optional<FlopsPerSecond> fp64, fp32, tf32, bf16, fp8, int8, fp4;
  std::optional<FlopsPerSecond> vector_fp16;    ///< Vector units alone.
  std::optional<FlopsPerSecond> headline_bf16;  ///< As the vendor adds matrix and vector units.
};

/// Datasheet description of one accelerator package. Plain data: no state, no behavior in time.
struct DeviceSpec {
  std::string name;
  OrgId vendor;
  DeviceKind kind = DeviceKind::Gpu;
  StackId stack;
  Peaks peaks;
  std::optional<double> die_area_mm2;  ///< Applicable die area, all logic dies summed.
  std::optional<Bytes> memory;
  std::optional<Bytes> visible_memory;  ///< What the driver shows of it, where somebody printed it.
  std::optional<MemoryKind> memory_kind;
  std::optional<BytesPerSecond> memory_bandwidth;
  std::optional<BytesPerSecond> io_bandwidth;  ///< All scale-up links, both directions added.
  std::optional<Sourced<int>> scaleup_domain;  ///< Packages that these links reach, itself counted.
  std::optional<Sourced<BytesPerSecond>> scaleout;  ///< Its network card, one direction.
  std::optional<DeviceId> counted_as;  ///< What software counts several of on it, such as dies.
  std::optional<Watts> tdp;
  std::optional<Usd> price;
  bool designed_for_datacenter = true;
  std::optional<double> process_node_nm;  ///< As the foundry calls it; the finest of several.
  std::optional<double> transistors;
  std::optional<double> matrix_cores;  ///< With matrix units, switched on, of the whole package.
  std::optional<double> published_tpp;
  std::optional<double> published_density;
  /// Where the figures that speed rests on come from; unset where the figure is.
  std::optional<InputId> bf16_input, int8_input, memory_bandwidth_input, io_bandwidth_input,
      price_input, tdp_input;
};

/// Total processing performance as the notes to ECCN 3A090 define it: the greatest product of dense
/// peak in 1e12 operations per second and bit length of the operation, over all formats; never
/// rounded. TF32 counts 19 bits. A vendor's headline that adds vector to matrix units counts, since
/// the package can do both. 0 where no peak is known.
/// Source: 15 CFR Part 774, Supp. 1, ECCN 3A090, Technical Notes.
double tpp(const Peaks& peaks);

/// TPP per mm^2 of applicable die area, never rounded; nothing where the area or every peak is not
/// known.
std::optional<double> performance_density(const DeviceSpec& device);

/// The faster of the dense 8-bit peaks, FP8 and INT8; the bf16 peak where there is neither.
/// Nothing where none is known.
std::optional<FlopsPerSecond> peak_8bit(const Peaks& peaks);

}  // namespace chokepoint
