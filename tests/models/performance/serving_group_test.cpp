#include "models/performance/serving_group.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/performance/throughput.hpp"
#include "tests/models/catalog_excerpt.hpp"
#include "tests/models/performance/random_serving.hpp"

namespace chokepoint {
namespace {

ServingPlan eight_by_heads() {
  ServingPlan plan;
  plan.tensor = 8;
  plan.precision = serving_precision(h20().peaks);
  return plan;
}

TEST_CASE("serving group: a device without 8-bit arithmetic stores 8 bits and computes in 16",
          "[performance][serving_group]") {
  Peaks peaks = h20().peaks;
  CHECK(serving_precision(peaks).weights == NumericFormat::Fp8);
  peaks.int8 = *peaks.fp8 * 2.0;
  CHECK(serving_precision(peaks).weights == NumericFormat::Int8);
  peaks.fp8.reset();
  peaks.int8.reset();
  const Precision neither = serving_precision(peaks);
  CHECK(bytes_per_value(neither.weights) == 1.0);
  CHECK(matrix_rate(peaks, neither.weights, neither.activations).bits == 16);
}

TEST_CASE("serving group: layouts are powers of two, at least to 64 and to the domain",
          "[performance][serving_group]") {
  DeviceSpec device = h20();
  for (const int domain : {1, 8, 72, 384}) {
    device.scaleup_domain = Sourced<int>{domain, {}};
    const auto layouts = serving_layouts(deepseek_v3(), device);
    CHECK(layouts.front().devices() == 1);
    CHECK(layouts.back().devices() == (domain == 384 ? 256 : 64));
    for (const auto& plan : layouts) {
      CHECK(plan_complaint(plan, deepseek_v3()).empty());
      CHECK((plan.devices() & (plan.devices() - 1)) == 0);
    }
  }
  // Without experts sequences are divided among replicas, not within one.
  for (const auto& plan : serving_layouts(llama_70b(), device)) CHECK(plan.attention_dp == 1);
}

TEST_CASE("serving group: no layout has more devices than are at hand",
          "[performance][serving_group]") {
  for (const int at_hand : {1, 2, 7, 8, 100}) {
    for (const auto& plan : serving_layouts(deepseek_v3(), h20(), at_hand)) {
      CHECK(plan.devices() <= at_hand);
    }
  }
  CHECK(serving_layouts(deepseek_v3(), h20(), 7).back().devices() == 4);
}

TEST_CASE("serving group: the rate is that of the batch whose iteration takes the target",
          "[performance][serving_group]") {
  const Coefficients coefficients;
  const Transformer model = llama_70b();
  const DeviceSpec device = h20();
  for (const double target : {0.02, 0.03, 0.05}) {
    const RequestShape request = request_of(4000, 1000, Seconds{target});
    const ServingGroup group(model, request, device, coefficients, eight_by_heads());
    const double batch = group.decode().value * target;
    const Replica replica({model, device, interconnect_of(device), eight_by_heads(), coefficients});
    CHECK(replica.time({batch, batch, 4500, 0, 0}).total().value == Approx(target).epsilon(1e-6));
    CHECK(batch < group.memory().requests(Tokens{4550}));
  }
}

TEST_CASE("serving group: without haste the batch is what the cache holds",
          "[performance][serving_group]") {
  const Coefficients coefficients;
  const Transformer model = llama_70b();
  const DeviceSpec device = h20();
  const RequestShape request = request_of(4000, 1000, Seconds{1e3});
  const ServingGroup group(model, request, device, coefficients, eight_by_heads());
  const double batch =
      group.memory().requests(cache_of_request(request.prompt, request.output, EngineSettings{}));
  const Replica replica({model, device, interconnect_of(device), eight_by_heads(), coefficients});
  CHECK(group.decode().value ==
        Approx(batch / replica.time({batch, batch, 4500, 0, 0}).total().value));
}

TEST_CASE("serving group: what does not fit is not held", "[performance][serving_group]") {
  const Coefficients coefficients;
  const Transformer model = deepseek_v3();
  const DeviceSpec device = h20();
  ServingPlan one;
  one.precision = serving_precision(device.peaks);
  const RequestShape request = request_of(4000, 1000, Seconds{0.05});
  CHECK_FALSE(ServingGroup(model, request, device, coefficients, one).holds());
  CHECK(ServingGroup(model, request, device, coefficients, eight_by_heads()).holds());
  const RequestShape endless = request_of(1e7, 1000, Seconds{0.05});
  CHECK_FALSE(ServingGroup(model, endless, device, coefficients, eight_by_heads()).holds());
}

TEST_CASE("serving group: prompts beside answers take no less than in full iterations",
          "[performance][serving_group]") {
  const RequestShape request = request_of(200, 200, Seconds{0.03});
  Coefficients coefficients;
  coefficients.interference = 1;
  const Transformer model = llama_70b();
  const DeviceSpec device = h20();
  const ServingGroup group(model, request, device, coefficients, eight_by_heads());
  const ServingRates rates = group.rates();
  CHECK(rates.decode == group.decode());
  CHECK(rates.prefill < group.prefill());
  coefficients.interference = 2;
  CHECK((group.rates().prefill * 2.0).value == Approx(rates.prefill.value));
}

TEST_CASE("serving group: with 2^i devices at hand, rates are the best of groups up to that size",
          "[performance][serving_group]") {
  const RequestShape request = request_of(4000, 1000, Seconds{0.03});
  const Coefficients coefficients;
  const DeviceSpec device = h20();
  for (const Transformer& model : {llama_70b(), deepseek_v3()}) {
    const auto rates = serving_rates(model, request, device, coefficients);
    REQUIRE(rates.size() == 7);
    for (std::size_t i = 0; i < rates.size(); ++i) {
      TokensPerSecond prefill;
      for (const ServingPlan& plan : serving_layouts(model, device, 1 << i)) {
        const ServingGroup group(model, request, device, coefficients, plan);
        if (group.holds()) prefill = std::max(prefill, group.rates().prefill / group.devices());
      }
      CHECK(rates[i].prefill == prefill);
      CHECK(rates[i].decode == decode_throughput(model, request, device, {}, 1 << i));
    }
  }
}

TEST_CASE("law: neither memory nor bandwidth nor links ever slow what reads and writes in turns",
          "[performance][law]") {
  CHECK(rc::check([] {
    const Transformer model = any::transformer();
    const RequestShape request =
        request_of(std::round(any::number(16, 32'000)), std::round(any::number(16, 8000)),
                   Seconds{any::number(0.005, 0.2)});
    DeviceSpec device = any::device();
    const auto rate = [&] {
      const auto rates = serving_rates(model, request, device, {});
      return rates.empty()
                 ? 0.0
                 : serving_throughput(request, rates.back().prefill, rates.back().decode).value;
    };
    const double before = rate();
    switch (*rc::gen::inRange(0, 3)) {
      case 0:
        device.memory = *device.memory * any::number(1, 3);
        break;
      case 1:
        device.memory_bandwidth = *device.memory_bandwidth * any::number(1, 3);
        break;
      default:
        device.io_bandwidth = *device.io_bandwidth * any::number(1, 3);
    }
    RC_ASSERT(rate() >= before * (1 - 1e-3));
  }));
}

}  // namespace
}  // namespace chokepoint
