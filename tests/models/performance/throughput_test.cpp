#include "models/performance/throughput.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <vector>

#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {
namespace {

RequestShape request_of(double prompt, double output, double batch) {
  return {Tokens{prompt}, Tokens{output}, batch};
}

Attained with(OperatorClass c, double fraction) {
  Attained attained = attained_everywhere(1.0);
  attained.fraction[static_cast<std::size_t>(c)].value = fraction;
  return attained;
}

struct Rates {
  TokensPerSecond training, prefill, decode, serving;
};

Rates rates(const Transformer& model, const RequestShape& request, const DeviceSpec& device,
            const Attained& attained) {
  return {training_throughput(model, 4096, device, attained),
          prefill_throughput(model, request, device, attained),
          decode_throughput(model, request, device, attained),
          serving_throughput(model, request, device, attained)};
}

const std::vector<Transformer> kModels = {llama_70b(), deepseek_v3()};
const std::vector<RequestShape> kRequests = {request_of(1, 1, 1), request_of(128, 4096, 8),
                                             request_of(2048, 512, 32),
                                             request_of(100'000, 1000, 256)};

TEST_CASE("throughput: twice the peaks and the bandwidth give twice every rate",
          "[performance][throughput]") {
  const Attained attained = attained_everywhere(0.6);
  for (const auto& model : kModels) {
    for (const auto& request : kRequests) {
      DeviceSpec twice = h20();
      twice.peaks.bf16 = *twice.peaks.bf16 * 2.0;
      twice.peaks.fp8 = *twice.peaks.fp8 * 2.0;
      twice.peaks.int8 = *twice.peaks.int8 * 2.0;
      twice.memory_bandwidth = *twice.memory_bandwidth * 2.0;
      const Rates once = rates(model, request, h20(), attained);
      const Rates doubled = rates(model, request, twice, attained);
      CHECK(doubled.training.value == Approx(2.0 * once.training.value).epsilon(1e-12));
      CHECK(doubled.prefill.value == Approx(2.0 * once.prefill.value).epsilon(1e-12));
      CHECK(doubled.decode.value == Approx(2.0 * once.decode.value).epsilon(1e-12));
      CHECK(doubled.serving.value == Approx(2.0 * once.serving.value).epsilon(1e-12));
    }
  }
}

TEST_CASE("throughput: more of anything never slows a device", "[performance][throughput]") {
  const std::vector<std::function<void(DeviceSpec&)>> improvements = {
      [](DeviceSpec& d) { d.peaks.bf16 = *d.peaks.bf16 * 1.5; },
      [](DeviceSpec& d) { d.peaks.fp8 = *d.peaks.fp8 * 1.5; },
      [](DeviceSpec& d) { d.memory_bandwidth = *d.memory_bandwidth * 1.5; },
      [](DeviceSpec& d) { d.memory = *d.memory * 1.5; }};
  const Attained attained = attained_everywhere(0.7);
  for (const auto& model : kModels) {
    for (const auto& request : kRequests) {
      const Rates before = rates(model, request, h100(), attained);
      for (const auto& improve : improvements) {
        DeviceSpec better = h100();
        improve(better);
        const Rates after = rates(model, request, better, attained);
        CHECK(after.training >= before.training);
        CHECK(after.prefill >= before.prefill);
        CHECK(after.decode >= before.decode);
        CHECK(after.serving >= before.serving);
      }
    }
  }
}

// 989.4e12 * 0.8 * 0.5 over 4.397e11 operations per token: 900 tokens per second.
TEST_CASE("training: attained operations over operations per token", "[performance][throughput]") {
  Attained attained = with(OperatorClass::DenseGemm, 0.8);
  attained.fraction[static_cast<std::size_t>(OperatorClass::TrainingStep)].value = 0.5;
  CHECK(training_throughput(llama_70b(), 4096, h100(), attained).value ==
        Approx(989.4e12 * 0.4 / 439'706'127'360.0).epsilon(1e-12));
}

TEST_CASE("prefill: long prompts are matrix-bound", "[performance][throughput]") {
  const auto request = request_of(8192, 1, 1);
  const Attained attained = with(OperatorClass::DenseGemm, 0.5);
  // The matrix roof over the operations per token at half a prompt; the group cancels.
  const auto expected = *h100().peaks.fp8 * 0.5 / forward_flops_per_token(llama_70b(), 4096);
  CHECK(prefill_throughput(llama_70b(), request, h100(), attained).value ==
        Approx(expected.value).epsilon(1e-12));
  CHECK(prefill_throughput(llama_70b(), request, h100(), with(OperatorClass::MemoryStream, 0.5)) ==
        prefill_throughput(llama_70b(), request, h100(), attained_everywhere(1.0)));
}

TEST_CASE("prefill: short prompts are bandwidth-bound", "[performance][throughput]") {
  // Two devices read 35.3 GB each for one token that they share.
  CHECK(prefill_throughput(llama_70b(), request_of(1, 1, 1), h100(), attained_everywhere(1.0))
            .value == Approx(3350e9 / 70.6e9).epsilon(1e-12));
}

TEST_CASE("decode: small batches are bandwidth-bound", "[performance][throughput]") {
  const auto request = request_of(1000, 200, 4);
  // Two devices of 64 GiB hold the model: a step of 8 requests reads it and 8 caches of 1100
  // tokens.
  const double traffic = 70.6e9 + 8 * 1100 * 163'840.0;
  CHECK(decode_throughput(llama_70b(), request, h100(), attained_everywhere(1.0)).value ==
        Approx(8 * 3350e9 / traffic).epsilon(1e-12));
  CHECK(decode_throughput(llama_70b(), request, h100(), with(OperatorClass::DenseGemm, 0.5)) ==
        decode_throughput(llama_70b(), request, h100(), attained_everywhere(1.0)));
}

TEST_CASE("decode: large batches of short requests are matrix-bound", "[performance][throughput]") {
  const auto request = request_of(10, 10, 2000);
  const auto expected = *h100().peaks.fp8 / forward_flops_per_token(llama_70b(), 15);
  CHECK(decode_throughput(llama_70b(), request, h100(), attained_everywhere(1.0)).value ==
        Approx(expected.value).epsilon(1e-12));
}

TEST_CASE("decode: the batch is what fits beside the weights", "[performance][throughput]") {
  // Two devices of 80 GiB: 0.9 of them less 70.6e9 is room for 10.26 caches of 50 000 tokens.
  const double room = 0.9 * 2 * 80 * 1'073'741'824.0 - 70.6e9;
  const double fits = room / (163'840.0 * 50'000);
  const auto rate = [](double prompt, double batch) {
    return decode_throughput(llama_70b(), request_of(prompt, 2000, batch), h100(),
                             attained_everywhere(1.0));
  };
  CHECK(rate(49'000, 5) < rate(49'000, 6));
  CHECK(rate(49'000, 6) == rate(49'000, 1000));
  CHECK(rate(49'000, 6).value == Approx(fits * 3350e9 / (70.6e9 + room)).epsilon(1e-12));
  // One request per device is always served, even where it does not fit.
  CHECK(rate(999'000, 8).value ==
        Approx(2 * 3350e9 / (70.6e9 + 2 * 163'840.0 * 1e6)).epsilon(1e-12));
}

// In a group of parameters / (0.8 * memory) devices 0.9 of the memory is 9/8 of the weights.
TEST_CASE("decode: small devices form a larger group", "[performance][throughput]") {
  const auto request = request_of(4000, 1000, 32);
  const double fits = 70.6e9 / 8 / (163'840.0 * 4500);  // 12 of the 64 that are asked for.
  DeviceSpec small = h100();
  for (const Bytes memory : {16_GiB, 24_GiB, 32_GiB}) {
    small.memory = memory;
    CHECK(decode_throughput(llama_70b(), request, small, attained_everywhere(1.0)).value ==
          Approx(fits * 3350e9 / (70.6e9 * 9 / 8)).epsilon(1e-12));
  }
}

TEST_CASE("decode: more memory never slows a device, from 8 GiB to 512",
          "[performance][throughput]") {
  for (const auto& model : kModels) {
    for (const auto& request : kRequests) {
      TokensPerSecond before{};
      for (int gib = 8; gib <= 512; ++gib) {
        DeviceSpec device = h100();
        device.memory = gib * 1_GiB;
        const auto rate = decode_throughput(model, request, device, attained_everywhere(0.7));
        REQUIRE(rate.value >= before.value * (1.0 - 1e-12));
        before = rate;
      }
    }
  }
}

TEST_CASE("decode: a larger batch is never slower", "[performance][throughput]") {
  for (const auto& model : kModels) {
    TokensPerSecond before{};
    for (double batch = 1; batch < 2000; batch *= 1.5) {
      const auto rate =
          decode_throughput(model, request_of(2000, 500, batch), h100(), attained_everywhere(1.0));
      REQUIRE(rate.value >= before.value * (1.0 - 1e-12));
      before = rate;
    }
  }
}

TEST_CASE("serving: the system's fractions scale their phases", "[performance][throughput]") {
  auto half = with(OperatorClass::PrefillSystem, 0.5);
  half.fraction[static_cast<std::size_t>(OperatorClass::DecodeSystem)].value = 0.5;
  for (const auto& model : kModels) {
    for (const auto& request : kRequests) {
      const Rates full = rates(model, request, h100(), attained_everywhere(1.0));
      const Rates slow = rates(model, request, h100(), half);
      CHECK(slow.prefill.value == Approx(full.prefill.value / 2));
      CHECK(slow.decode.value == Approx(full.decode.value / 2));
      CHECK(slow.training == full.training);
    }
  }
}

TEST_CASE("serving: whole requests lie between the two phases", "[performance][throughput]") {
  const Attained attained = attained_everywhere(0.7);
  for (const auto& model : kModels) {
    for (const auto& request : kRequests) {
      const Rates r = rates(model, request, h100(), attained);
      CHECK(r.serving >= std::min(r.prefill, r.decode) * (1.0 - 1e-12));
      CHECK(r.serving <= std::max(r.prefill, r.decode) * (1.0 + 1e-12));
    }
  }
}

TEST_CASE("group: just large enough for the weights", "[performance][throughput]") {
  DeviceSpec device;
  device.memory = 100_GB;
  Transformer model;
  for (const auto& [billions, group] :
       {std::pair{1.0, 1}, {80.0, 1}, {80.001, 2}, {160.0, 2}, {671.0, 9}}) {
    model.parameters.value = billions * 1e9;
    CHECK(devices_to_hold(model, device) == group);
  }
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
