#include "models/market/design_knobs.hpp"

#include <catch2/catch.hpp>

#include "tests/models/market/designs.hpp"

namespace chokepoint {
namespace {

TEST_CASE("design knobs: all open, it is the device", "[market][design_knobs]") {
  const DeviceSpec device = device_of(test_knobs(), test_chip(), all_open(test_knobs()));
  CHECK(device.peaks.bf16 == test_chip().peaks.bf16);
  CHECK(device.peaks.fp32 == test_chip().peaks.fp32);
  CHECK(tpp(device.peaks) == tpp(test_chip().peaks));
  CHECK(device.io_bandwidth == test_chip().io_bandwidth);
  CHECK(device.memory_bandwidth == test_chip().memory_bandwidth);
  CHECK(device.memory == test_chip().memory);
}

TEST_CASE("design knobs: cores take matrix and vector rates along, the tensor rate matrix alone",
          "[market][design_knobs]") {
  DesignSetting setting = all_open(test_knobs());
  setting.cores = 50;
  DeviceSpec chip = test_chip();
  chip.matrix_cores = 200;
  chip.visible_memory = 1_GiB;
  DeviceSpec device = device_of(test_knobs(), chip, setting);
  CHECK(device.matrix_cores == 100.0);
  CHECK_FALSE(device.visible_memory);
  CHECK(*device.peaks.bf16 == 500_TFLOPS);
  CHECK(*device.peaks.fp8 == 1000_TFLOPS);
  CHECK(*device.peaks.fp32 == 30_TFLOPS);
  setting.tensor_rate = 0.25;
  device = device_of(test_knobs(), test_chip(), setting);
  CHECK(*device.peaks.bf16 == 125_TFLOPS);
  CHECK(*device.peaks.fp32 == 30_TFLOPS);
}

TEST_CASE("design knobs: cores fused off leave the die as large as it was",
          "[market][design_knobs]") {
  DesignSetting setting = all_open(test_knobs());
  setting.cores = 1;
  const DeviceSpec device = device_of(test_knobs(), test_chip(), setting);
  CHECK(device.die_area_mm2 == test_chip().die_area_mm2);
  CHECK(device.transistors == test_chip().transistors);
}

TEST_CASE("design knobs: a format dropped has no peak and no score", "[market][design_knobs]") {
  DesignSetting setting = all_open(test_knobs());
  for (const Format format : {Format::Fp64, Format::Fp32, Format::Tf32, Format::Bf16, Format::Fp8,
                              Format::Int8, Format::Fp4}) {
    setting.dropped.push_back(format);
  }
  CHECK(tpp(device_of(test_knobs(), test_chip(), setting).peaks) == 0.0);
  setting.dropped = {Format::Fp8};
  const DeviceSpec device = device_of(test_knobs(), test_chip(), setting);
  CHECK_FALSE(device.peaks.fp8);
  CHECK(device.peaks.bf16);
}

TEST_CASE("design knobs: whole links and stacks", "[market][design_knobs]") {
  DesignSetting setting = all_open(test_knobs());
  setting.links = 7;
  setting.memory = 1;
  setting.stacks = 3;
  const DeviceSpec device = device_of(test_knobs(), test_chip(), setting);
  CHECK(*device.io_bandwidth == 414_GBps);  // 7 x 50 and 64 that are fixed.
  CHECK(*device.memory_bandwidth == 2400_GBps);
  CHECK(*device.memory == 72_GiB);
  CHECK_FALSE(device.published_tpp);
}

}  // namespace
}  // namespace chokepoint
