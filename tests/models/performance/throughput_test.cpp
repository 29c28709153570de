#include "models/performance/throughput.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <vector>

#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {
namespace {

constexpr double kSolved = 1e-6;  // A batch is solved to 1e-9 of the target.

Attained with(OperatorClass c, double fraction) {
  Attained attained = attained_everywhere(1.0);
  attained.fraction[static_cast<std::size_t>(c)].value = fraction;
  return attained;
}

TokensPerSecond decode_of(const DeviceSpec& device, const Transformer& model, Seconds target) {
  return decode_throughput(model, request_of(4000, 1000, target), device, {});
}

struct Rates {
  TokensPerSecond training, prefill, decode;
};

Rates rates(const Transformer& model, const RequestShape& request, const DeviceSpec& device) {
  return {training_throughput(model, 4096, device, attained_everywhere(0.7)),
          prefill_throughput(model, request, device, {}),
          decode_throughput(model, request, device, {})};
}

const std::vector<Transformer> kModels = {llama_70b(), deepseek_v3()};
const std::vector<RequestShape> kRequests = {
    request_of(1, 1, Seconds{0.05}), request_of(128, 4096, Seconds{0.1}),
    request_of(2048, 512, Seconds{0.02}), request_of(100'000, 1000, Seconds{0.05}),
    request_of(4000, 1000, Seconds{1e-4})};

TEST_CASE("throughput: more of anything never slows a device", "[performance][throughput]") {
  const std::vector<std::function<void(DeviceSpec&)>> improvements = {
      [](DeviceSpec& d) { d.peaks.bf16 = *d.peaks.bf16 * 1.5; },
      [](DeviceSpec& d) { d.peaks.fp8 = *d.peaks.fp8 * 1.5; },
      [](DeviceSpec& d) { d.memory_bandwidth = *d.memory_bandwidth * 1.5; },
      [](DeviceSpec& d) { d.io_bandwidth = *d.io_bandwidth * 1.5; },
      [](DeviceSpec& d) { d.memory = *d.memory * 1.5; }};
  for (const auto& model : kModels) {
    for (const auto& request : kRequests) {
      for (const DeviceSpec& device : {h100(), h20()}) {
        const Rates before = rates(model, request, device);
        for (const auto& improve : improvements) {
          DeviceSpec better = device;
          improve(better);
          const Rates after = rates(model, request, better);
          CHECK(after.training >= before.training);
          CHECK(after.prefill.value >= before.prefill.value * (1.0 - kSolved));
          CHECK(after.decode.value >= before.decode.value * (1.0 - kSolved));
        }
      }
    }
  }
}

TEST_CASE("throughput: more memory never slows a device, from 8 GiB to 512",
          "[performance][throughput]") {
  for (const auto& model : kModels) {
    for (const auto& request : kRequests) {
      Rates before{};
      for (int gib = 8; gib <= 512; gib += 4) {
        DeviceSpec device = h100();
        device.memory = gib * 1_GiB;
        const Rates now = rates(model, request, device);
        REQUIRE(now.decode.value >= before.decode.value * (1.0 - kSolved));
        REQUIRE(now.prefill.value >= before.prefill.value * (1.0 - kSolved));
        before = now;
      }
    }
  }
}

TEST_CASE("decode: a stricter target is never faster, and a loose one ends at what memory holds",
          "[performance][throughput]") {
  for (const auto& model : kModels) {
    for (const DeviceSpec& device : {h100(), h20()}) {
      TokensPerSecond before{};
      for (double target = 1e-4; target < 100.0; target *= 1.3) {
        const TokensPerSecond rate = decode_of(device, model, Seconds{target});
        REQUIRE(rate.value >= before.value * (1.0 - kSolved));
        before = rate;
      }
      CHECK(decode_of(device, model, Seconds{1e3}) == decode_of(device, model, Seconds{1e4}));
    }
  }
}

// Below the time of one sequence answers are late, and count for as much less.
TEST_CASE("decode: a target that nothing meets has no step and falls to nothing",
          "[performance][throughput]") {
  const auto rate = [](double target) {
    return decode_of(h20(), llama_70b(), Seconds{target}).value;
  };
  CHECK(rate(2e-4) == Approx(2.0 * rate(1e-4)));
  for (double target = 1e-3; target < 1.0; target *= 1.01) {
    REQUIRE(rate(target * 1.0001) < rate(target) * 1.01);
  }
}

// What decode_batch hid: a chip rich in FLOPs gains from time, one poor in them does not.
TEST_CASE("decode: time for an answer is worth more to a device rich in FLOPs than to an H20",
          "[performance][throughput]") {
  DeviceSpec rich = h20();  // As a 910C beside it: fewer bytes, five times the FLOPs.
  rich.peaks.bf16 = FlopsPerSecond{707.8e12};
  rich.peaks.fp8.reset();
  rich.peaks.int8 = FlopsPerSecond{1415.6e12};
  rich.memory = 128_GiB;
  rich.memory_bandwidth = 3200_GBps;
  for (const auto& model : kModels) {
    const auto gain = [&](const DeviceSpec& device) {
      return decode_of(device, model, Seconds{0.1}) / decode_of(device, model, Seconds{0.025});
    };
    CHECK(gain(rich) > 1.05);
    CHECK(gain(h20()) > 1.0);
    CHECK(gain(rich) > gain(h20()));
  }
}

// 989.4e12 * 0.8 * 0.5 over 4.397e11 operations per token: 900 tokens per second.
TEST_CASE("training: attained operations over operations per token", "[performance][throughput]") {
  Attained attained = with(OperatorClass::DenseGemm, 0.8);
  attained.fraction[static_cast<std::size_t>(OperatorClass::TrainingStep)].value = 0.5;
  CHECK(training_throughput(llama_70b(), 4096, h100(), attained).value ==
        Approx(989.4e12 * 0.4 / 439'706'127'360.0).epsilon(1e-12));
}

TEST_CASE("serving: what a stack keeps scales its phase alone", "[performance][throughput]") {
  ServingAttained half;
  half.prefill.value = 0.5;
  half.decode.value = 0.25;
  for (const auto& model : kModels) {
    for (const auto& request : kRequests) {
      const Rates full = rates(model, request, h100());
      CHECK(prefill_throughput(model, request, h100(), half) == 0.5 * full.prefill);
      CHECK(decode_throughput(model, request, h100(), half) == 0.25 * full.decode);
    }
  }
}

TEST_CASE("serving: whole requests lie between the two phases", "[performance][throughput]") {
  for (const auto& model : kModels) {
    for (const auto& request : kRequests) {
      const Rates r = rates(model, request, h100());
      const auto whole = serving_throughput(request, r.prefill, r.decode);
      CHECK(whole >= std::min(r.prefill, r.decode) * (1.0 - 1e-12));
      CHECK(whole <= std::max(r.prefill, r.decode) * (1.0 + 1e-12));
    }
  }
}

// One H20 does not serve 671 billion parameters, four do not, eight do.
TEST_CASE("group: the least power of two that holds model and request",
          "[performance][throughput]") {
  const auto group = [](const DeviceSpec& device, const Transformer& model) {
    return devices_to_hold(model, request_of(4000, 1000, Seconds{0.05}), device, Coefficients{});
  };
  CHECK(group(h20(), deepseek_v3()) == 8);
  CHECK(group(h100(), deepseek_v3()) == 16);
  CHECK(group(h20(), llama_70b()) == 1);
  CHECK(group(h100(), llama_70b()) == 1);
  DeviceSpec smaller = h100();
  smaller.memory = 64_GiB;
  CHECK(group(smaller, llama_70b()) == 2);
  DeviceSpec tiny = h20();
  tiny.memory = 4_GiB;
  CHECK_FALSE(group(tiny, deepseek_v3()));
  const RequestShape request = request_of(4000, 1000, Seconds{0.05});
  CHECK(decode_throughput(deepseek_v3(), request, tiny, {}) == TokensPerSecond{});
  CHECK(prefill_throughput(deepseek_v3(), request, tiny, {}) == TokensPerSecond{});
}

TEST_CASE("law: a pool has the rate of groups that it holds, more with more devices",
          "[performance][law]") {
  const RequestShape request = request_of(4000, 1000, Seconds{0.05});
  TokensPerSecond before;
  for (int at_hand = 1; at_hand <= 128; at_hand *= 2) {
    const auto rate = decode_throughput(deepseek_v3(), request, h20(), {}, at_hand);
    CHECK((rate > TokensPerSecond{}) == (at_hand >= 8));
    CHECK(rate >= before);
    before = rate;
  }
  CHECK(before == decode_throughput(deepseek_v3(), request, h20(), {}));
}

TEST_CASE("training memory: 16 bytes per parameter, sharded evenly", "[performance][throughput]") {
  CHECK(training_memory_per_device(llama_70b(), 1) == Bytes{16 * 70.6e9});
  CHECK(training_memory_per_device(llama_70b(), 64) == Bytes{16 * 70.6e9 / 64});
}

TEST_CASE("throughput: training takes the roof that binds", "[performance][throughput]") {
  const Attained attained = attained_everywhere(0.5);
  const auto rate = [&](double bandwidth_factor) {
    DeviceSpec device = h20();
    device.memory_bandwidth = *device.memory_bandwidth * bandwidth_factor;
    return training_throughput(llama_70b(), 4096, device, attained) / TokensPerSecond{1.0};
  };
  CHECK(rate(1.0) == rate(2.0));                  // Matrix-bound, as every model we know.
  CHECK(rate(2e-4) == Approx(2.0 * rate(1e-4)));  // Starved of bandwidth.
}

}  // namespace
}  // namespace chokepoint
