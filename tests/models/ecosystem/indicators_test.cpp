#include "models/ecosystem/indicators.hpp"

#include <catch2/catch.hpp>

#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {
namespace {

Reference reference(Seconds target = Seconds{0.05}) {
  Reference result;
  result.request = request_of(4000, 1000, target);
  return result;
}

/// Worth of `device` whose stack attains `fraction` in training and keeps `kept` of what the
/// reference's serves.
DeviceWorth worth_in_h100(const DeviceSpec& device, double fraction, double kept,
                          Seconds target = Seconds{0.05}) {
  const Attained own = attained_everywhere(fraction), of_unit = attained_everywhere(0.8);
  ServingAttained serving, unit_serving;
  serving.prefill.value = serving.decode.value = kept;
  const DeviceSpec unit = h100();
  const Transformer model = llama_70b();
  const Reference work = reference(target);
  return Yardstick(model, work, {unit, of_unit, unit_serving}).worth({device, own, serving});
}

TEST_CASE("worth: the unit is worth one of itself", "[ecosystem][indicators]") {
  const DeviceWorth one = worth_in_h100(h100(), 0.8, 1.0);
  CHECK(one.h100e_peak == 1.0);
  CHECK(one.h100e_training == 1.0);
  CHECK(one.h100e_prefill == 1.0);
  CHECK(one.h100e_decode == 1.0);
  CHECK(one.h100e_training_nominal == 1.0);
  CHECK(one.h100e_prefill_nominal == 1.0);
  CHECK(one.h100e_decode_nominal == 1.0);
}

// 296 / 1978.9 by peak, 148 / 989.4 in training. A strict target leaves small batches, which are
// bound by bytes (4000 / 3350), a loose one large ones, bound by operations.
TEST_CASE("worth: an H20 is a seventh by peak, and in decode what the target makes of it",
          "[ecosystem][indicators]") {
  const DeviceWorth h20e = worth_in_h100(h20(), 0.8, 1.0);
  CHECK(h20e.tpp == 2368);
  CHECK(h20e.h100e_peak == Approx(296.0 / 1978.9));
  CHECK(h20e.h100e_training == Approx(148.0 / 989.4));
  CHECK(h20e.h100e_training_nominal == Approx(148.0 / 989.4));
  CHECK(h20e.h100e_prefill > 148.0 / 989.4);
  CHECK(h20e.h100e_prefill < 0.25);
  const auto in_decode = [](double target) {
    return worth_in_h100(h20(), 0.8, 1.0, Seconds{target}).h100e_decode;
  };
  CHECK(in_decode(0.05) < in_decode(0.015));
  CHECK(in_decode(0.015) < in_decode(0.01));
  CHECK(in_decode(0.05) > 148.0 / 989.4);
}

TEST_CASE("worth: a poor stack lowers what is usable, not what is nominal",
          "[ecosystem][indicators]") {
  const DeviceWorth good = worth_in_h100(h20(), 0.8, 1.0);
  const DeviceWorth poor = worth_in_h100(h20(), 0.4, 0.25);
  CHECK(poor.h100e_training == Approx(good.h100e_training / 4));  // Gemm and step at half each.
  CHECK(poor.h100e_prefill == Approx(good.h100e_prefill / 4));
  CHECK(poor.h100e_decode == Approx(good.h100e_decode / 4));
  CHECK(poor.h100e_peak == good.h100e_peak);
  CHECK(poor.h100e_training_nominal == good.h100e_training_nominal);
  CHECK(poor.h100e_prefill_nominal == Approx(good.h100e_prefill));
  CHECK(poor.h100e_decode_nominal == Approx(good.h100e_decode));
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
