#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "models/hardware/device.hpp"
#include "models/ids.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// A number format that a design may leave out.
enum class Format { Fp64, Fp32, Tf32, Bf16, Fp8, Int8, Fp4 };

/// A memory technology that a design can carry, in whole stacks; with graphics memory a stack is
/// what sits on one channel.
struct MemoryOption {
  std::string name;
  int most_stacks = 1;  ///< >= 1.
  Bytes stack_capacity;
  BytesPerSecond stack_bandwidth;
  std::optional<Date> available;  ///< First day on which it can be had; unset: always.
};

/// What a vendor can change of a device without a new die.
struct DesignKnobs {
  std::string name;
  std::string family;  ///< Designs of one family are dies that the vendor may choose between.
  DeviceId device;     ///< With every knob open: its peaks are those of `cores` cores.
  int cores = 1;       ///< Whole cores enabled in the device, >= 1; more do not yield.
  bool throttles_freely = false;  ///< The tensor rate can be set to any share.
  /// Shares of the full tensor rate that can be set besides 1, each in (0, 1).
  std::vector<double> tensor_rates;
  std::vector<Format> droppable;     ///< Formats that can be left out.
  int links = 0;                     ///< Whole links; one at least is kept where there are any.
  BytesPerSecond link_bandwidth;     ///< Of one link, both directions added.
  BytesPerSecond fixed_io;           ///< What the package has beside its links, both directions.
  std::vector<MemoryOption> memory;  ///< At least one.
};

/// One way to set the knobs.
struct DesignSetting {
  int cores = 1;             ///< In [1, knobs.cores].
  double tensor_rate = 1.0;  ///< Share of the full rate, in (0, 1].
  std::vector<Format> dropped;
  int links = 0;           ///< In [0, knobs.links].
  std::size_t memory = 0;  ///< Index in knobs.memory.
  int stacks = 1;          ///< In [1, most_stacks].
};

/// The device that `setting` makes of `base`:
///
///   matrix formats (TF32, BF16, FP8, INT8, FP4)  times cores / knobs.cores * tensor_rate
///   vector formats (FP64, FP32, vector FP16)     times cores / knobs.cores
///   links * link_bandwidth + fixed_io,  stacks * what one stack has
///
/// Its die area stays: cores are fused off, not cut away. A format dropped has no peak. FP64 counts
/// as a vector format: where matrix units compute it, throttling it away means dropping it.
/// Published scores, price and power are left out: they are not known of a design.
DeviceSpec device_of(const DesignKnobs& knobs, const DeviceSpec& base,
                     const DesignSetting& setting);

}  // namespace chokepoint
