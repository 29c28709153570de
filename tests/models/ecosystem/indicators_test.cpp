#include "models/ecosystem/indicators.hpp"

#include <catch2/catch.hpp>

#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {
namespace {

Reference reference() {
  Reference result;
  result.request = {Tokens{4000}, Tokens{1000}, 16};
  return result;
}

DeviceWorth worth_in_h100(const DeviceSpec& device, double fraction, double unit_fraction) {
  return worth(device, attained_everywhere(fraction), h100(), attained_everywhere(unit_fraction),
               llama_70b(), reference());
}

TEST_CASE("worth: the unit is worth one of itself", "[ecosystem][indicators]") {
  const DeviceWorth one = worth_in_h100(h100(), 0.7, 0.7);
  CHECK(one.h100e_peak == 1.0);
  CHECK(one.h100e_training == 1.0);
  CHECK(one.h100e_prefill == 1.0);
  CHECK(one.h100e_decode == 1.0);
  CHECK(one.h100e_training_nominal == 1.0);
  CHECK(one.h100e_prefill_nominal == 1.0);
  CHECK(one.h100e_decode_nominal == 1.0);
}

// 296 / 1978.9 by peak, 148 / 989.4 in training, 4000 / 3350 by bandwidth.
TEST_CASE("worth: an H20 is a seventh by peak and above one in decode", "[ecosystem][indicators]") {
  const DeviceWorth h20e = worth_in_h100(h20(), 0.7, 0.7);
  CHECK(h20e.tpp == 2368);
  CHECK(h20e.h100e_peak == Approx(296.0 / 1978.9));
  CHECK(h20e.h100e_training == Approx(148.0 / 989.4));
  CHECK(h20e.h100e_training_nominal == Approx(148.0 / 989.4));
  CHECK(h20e.h100e_prefill == Approx(296.0 / 1978.9));
  CHECK(h20e.h100e_decode == Approx(4000.0 / 3350.0));
  CHECK(h20e.h100e_decode_nominal == Approx(4000.0 / 3350.0));
}

TEST_CASE("worth: a poor stack lowers what is usable, not what is nominal",
          "[ecosystem][indicators]") {
  const DeviceWorth good = worth_in_h100(h20(), 0.8, 0.8);
  const DeviceWorth poor = worth_in_h100(h20(), 0.4, 0.8);
  // Gemm and training step, or roof and serving system: two fractions at half each.
  CHECK(poor.h100e_training == Approx(good.h100e_training / 4));
  CHECK(poor.h100e_prefill == Approx(good.h100e_prefill / 4));
  CHECK(poor.h100e_decode == Approx(good.h100e_decode / 4));
  CHECK(poor.h100e_peak == good.h100e_peak);
  CHECK(poor.h100e_training_nominal == good.h100e_training_nominal);
  CHECK(poor.h100e_prefill_nominal == good.h100e_prefill_nominal);
  CHECK(poor.h100e_decode_nominal == good.h100e_decode_nominal);
}

TEST_CASE("worth: a device of unknown speed counts its peak alone", "[ecosystem][indicators]") {
  for (const int missing : {0, 1, 2}) {
    DeviceSpec device = h20();
    if (missing == 0) device.memory.reset();
    if (missing == 1) device.memory_bandwidth.reset();
    if (missing == 2) device.peaks.bf16.reset();
    const DeviceWorth known = worth_in_h100(device, 0.7, 0.7);
    CHECK(known.tpp == 2368);
    CHECK(known.h100e_peak == Approx(296.0 / 1978.9));
    CHECK(known.h100e_training == 0.0);
    CHECK(known.h100e_prefill == 0.0);
    CHECK(known.h100e_decode == 0.0);
    CHECK(known.h100e_decode_nominal == 0.0);
  }
}

}  // namespace
}  // namespace chokepoint
