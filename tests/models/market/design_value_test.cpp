#include "models/market/design_value.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/models/catalog_excerpt.hpp"
#include "tests/models/market/designs.hpp"

namespace chokepoint {
namespace {

const DesignTaste kTaste{{0.25, {}}, {0.25, {}}, {0.5, {}}, {0.2, {}}, {0.1, {}}, {0.3, {}}};

double value_of(const DeviceSpec& device, const DesignTaste& taste = kTaste) {
  static const Transformer kModel = llama_70b();
  DesignWork work{kModel, request_of(4000, 1000, Seconds{0.05}), 4096, {}, {}};
  for (auto& fraction : work.attained.fraction) fraction.value = 0.7;
  return design_value(device, work, taste);
}

TEST_CASE("design value: twice every rate and memory is more, and at most twice the value",
          "[market][design_value]") {
  DeviceSpec twice = h100();
  twice.peaks.bf16 = *twice.peaks.bf16 * 2.0;
  twice.peaks.fp8 = *twice.peaks.fp8 * 2.0;
  twice.peaks.int8 = *twice.peaks.int8 * 2.0;
  twice.memory_bandwidth = *twice.memory_bandwidth * 2.0;
  CHECK(value_of(twice) > 1.5 * value_of(h100()));  // Launches and links stay.
  CHECK(value_of(twice) <= 2.0 * value_of(h100()));
}

// 0.25 * 0.2 + 0.25 * 0.1 + 0.5 * 0.3 = 0.225, beside what serving rates themselves gain.
TEST_CASE("design value: I/O counts by the weighted elasticity", "[market][design_value]") {
  DeviceSpec twice = h100();
  twice.io_bandwidth = *twice.io_bandwidth * 2.0;
  DesignTaste blind = kTaste;
  blind.training_io_elasticity.value = 0.0;
  blind.prefill_io_elasticity.value = 0.0;
  blind.decode_io_elasticity.value = 0.0;
  const double by_rates = value_of(twice, blind) / value_of(h100(), blind);
  CHECK(by_rates >= 1.0);
  CHECK(value_of(twice) / value_of(h100()) == Approx(by_rates * std::pow(2.0, 0.225)));
}

TEST_CASE("design value: never falls with a peak, a bandwidth or memory",
          "[market][design_value]") {
  const double before = value_of(h100()) * (1.0 - 1e-6);  // As exactly as batches are solved.
  for (double factor = 1.01; factor < 4.0; factor *= 1.3) {
    DeviceSpec more = h100();
    more.peaks.bf16 = *more.peaks.bf16 * factor;
    CHECK(value_of(more) >= before);
    more = h100();
    more.peaks.fp8 = *more.peaks.fp8 * factor;
    CHECK(value_of(more) >= before);
    more = h100();
    more.memory_bandwidth = *more.memory_bandwidth * factor;
    CHECK(value_of(more) >= before);
    more = h100();
    more.memory = *more.memory * factor;
    CHECK(value_of(more) >= before);
    more = h100();
    more.io_bandwidth = *more.io_bandwidth * factor;
    CHECK(value_of(more) >= before);
  }
}

// A target of 50 ms leaves an H20 batches that are bound by operations: an H100 has 6.7 times
// these.
TEST_CASE("design value: an H20 is worth more of an H100 to who decodes than to who trains",
          "[market][design_value]") {
  DesignTaste decode;
  decode.decode_weight.value = 1.0;
  CHECK(value_of(h20(), decode) > 0.3 * value_of(h100(), decode));
  DesignTaste training;
  training.training_weight.value = 1.0;
  CHECK(value_of(h20(), training) < 0.2 * value_of(h100(), training));
}

TEST_CASE("design value: nothing where a rate is not known", "[market][design_value]") {
  DeviceSpec device = h100();
  device.io_bandwidth.reset();
  CHECK(value_of(device) == 0.0);
  device = h100();
  device.peaks.bf16.reset();
  CHECK(value_of(device) == 0.0);
}

}  // namespace
}  // namespace chokepoint
