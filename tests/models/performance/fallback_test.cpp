#include "models/performance/fallback.hpp"

#include <catch2/catch.hpp>

#include "tests/models/catalog_excerpt.hpp"
#include "tests/models/performance/random_serving.hpp"

namespace chokepoint {
namespace {

constexpr auto kDense = ModelFamily::Dense;

Fallback on_host() {
  Fallback made;
  made.host = HostPath{{BytesPerSecond{10e9}, {}}, {FlopsPerSecond{1e12}, {}}, {Seconds{1e-4}, {}}};
  return made;
}

Fallback slower(double rate_share) {
  Fallback made;
  made.rate_share.value = rate_share;
  return made;
}

CoverageRule rule(std::optional<Kernel> kernel, std::optional<ModelFamily> family, double share,
                  bool is_of_research = false) {
  return {kernel, family, is_of_research, {share, {}}};
}

const std::vector<FallbackRule> kRules = {{"gpu", DeviceKind::Gpu, {}, slower(0.3)}};

KernelSupport everywhere(double coverage, const Fallback& fallback) {
  KernelSupport made;
  for (auto& of : made.of) of = {coverage, fallback};
  return made;
}

Fallback any_fallback() {
  return any::chance() ? on_host() : slower(any::number(0.01, 1));
}

OperatorWork any_work() {
  OperatorWork work;
  work.kernel = static_cast<Kernel>(*rc::gen::inRange(0, 6));
  work.matrix = Flops{any::number(1, 1e15)};
  work.traffic = Bytes{any::number(1, 1e10)};
  return work;
}

Seconds total(const SupportedTime& time) {
  return time.native.time + time.fallback.time;
}

TEST_CASE("law: coverage of 1 changes nothing, less never speeds up", "[performance][law]") {
  CHECK(rc::check([] {
    const OperatorWork work = any_work();
    const KernelTime native{Seconds{any::number(1e-6, 1)}, Limit::Memory};
    const Fallback fallback = any_fallback();
    const double coverage = any::number(0.001, 1), less = coverage * any::number(0.1, 1);
    const Seconds all = total(supported_time(work, native, everywhere(1, fallback)));
    const Seconds some = total(supported_time(work, native, everywhere(coverage, fallback)));
    RC_ASSERT(all == native.time);
    RC_ASSERT(some >= all * (1 - 1e-12));
    RC_ASSERT(total(supported_time(work, native, everywhere(less, fallback))) >=
              some * (1 - 1e-12));
    // The fallback alone is no faster than the native kernel.
    RC_ASSERT(total(supported_time(work, native, everywhere(0, fallback))) >= native.time);
  }));
}

TEST_CASE("law: an iteration with less coverage never takes less", "[performance][law]") {
  CHECK(rc::check([] {
    const Transformer model = any::transformer();
    const DeviceSpec device = any::device();
    const ServingPlan plan = any::plan(model);
    const IterationLoad load = any::iteration_load();
    const Fallback fallback = any_fallback();
    const auto time = [&](double coverage) {
      ServingSystem system{model, device, interconnect_of(device), plan, {}};
      system.support = everywhere(coverage, fallback);
      return Replica(system).time(load).total();
    };
    const Replica native({model, device, interconnect_of(device), plan, {}});
    RC_ASSERT(time(1) == native.time(load).total());
    RC_ASSERT(time(0.9) >= time(1) * (1 - 1e-12));
    RC_ASSERT(time(0.2) >= time(0.9) * (1 - 1e-12));
  }));
}

// Ten launches: 10 x 100 us, 1 MB at 10 GB/s, 1e9 operations at 1e12.
TEST_CASE("fallback: a round trip to the host by hand", "[performance][fallback]") {
  OperatorWork work;
  work.kernel = Kernel::Vector;
  work.vector = Flops{1e9};
  work.traffic = Bytes{1e6};
  work.launches = 10;
  const KernelTime native{Seconds{1e-6}, Limit::Memory};
  const auto time = supported_time(work, native, everywhere(0.75, on_host()));
  CHECK(time.native.time.value == Approx(0.75e-6));
  CHECK(time.fallback.time.value == Approx(0.25 * (1e-3 + 1e-4 + 1e-3)));
  CHECK(time.fallback.limit == Limit::Overhead);
}

TEST_CASE("fallback: another kernel of the device takes its share of the rates",
          "[performance][fallback]") {
  const KernelTime native{Seconds{1}, Limit::Matrix};
  const auto time = supported_time({}, native, everywhere(0.5, slower(0.25)));
  CHECK(total(time) == Seconds{0.5 + 0.5 * 4});
  CHECK(time.fallback.limit == Limit::Matrix);
}

TEST_CASE("fallback: the stronger rule holds", "[performance][fallback]") {
  StackVersion version;
  version.coverage = {rule({}, {}, 0.9), rule(Kernel::Vector, {}, 0.7), rule({}, kDense, 0.8),
                      rule(Kernel::Vector, kDense, 0.6)};
  const auto share = [&](Kernel kernel, ModelFamily family) {
    return kernel_support(version, family, false, DeviceKind::Gpu, kRules)[kernel].coverage;
  };
  CHECK(share(Kernel::Vector, kDense) == 0.6);
  CHECK(share(Kernel::Vector, ModelFamily::Latent) == 0.7);
  CHECK(share(Kernel::Gather, kDense) == 0.8);
  CHECK(share(Kernel::Gather, ModelFamily::Latent) == 0.9);
}

TEST_CASE("fallback: research models have no more kernels than deployed ones",
          "[performance][fallback]") {
  StackVersion version;
  version.coverage = {rule(Kernel::Vector, {}, 0.9, true), rule(Kernel::GroupedGemm, {}, 0.5)};
  const auto share = [&](Kernel kernel, bool is_research) {
    return kernel_support(version, kDense, is_research, DeviceKind::Gpu, kRules)[kernel].coverage;
  };
  CHECK(share(Kernel::Vector, false) == 1);
  CHECK(share(Kernel::Vector, true) == 0.9);
  CHECK(share(Kernel::GroupedGemm, true) == 0.5);
}

TEST_CASE("fallback: what is stated of a kernel goes before what is stated of all",
          "[performance][fallback]") {
  const std::vector<FallbackRule> rules = {
      {"npu", DeviceKind::Npu, {}, on_host()},
      {"npu_experts", DeviceKind::Npu, Kernel::GroupedGemm, slower(0.4)},
      {"gpu", DeviceKind::Gpu, {}, slower(0.3)}};
  const auto of = [&](DeviceKind kind) { return kernel_support({}, kDense, true, kind, rules); };
  CHECK(of(DeviceKind::Npu)[Kernel::Vector].fallback.host.has_value());
  CHECK(of(DeviceKind::Npu)[Kernel::GroupedGemm].fallback.rate_share.value == 0.4);
  CHECK(of(DeviceKind::Gpu)[Kernel::GroupedGemm].fallback.rate_share.value == 0.3);
  CHECK(lacks_fallback(rule({}, {}, 0.9), DeviceKind::Dsa, rules));
  CHECK_FALSE(lacks_fallback(rule({}, {}, 1), DeviceKind::Dsa, rules));
  CHECK_FALSE(lacks_fallback(rule({}, {}, 0.9), DeviceKind::Gpu, rules));
  const std::vector<FallbackRule> experts_alone = {rules[1]};
  CHECK(lacks_fallback(rule({}, {}, 0.9), DeviceKind::Npu, experts_alone));
  CHECK_FALSE(lacks_fallback(rule(Kernel::GroupedGemm, {}, 0.9), DeviceKind::Npu, experts_alone));
}

// Of 80 layers of Llama-3.1-70B, four products of attention and two of the MLP, 100 us each.
TEST_CASE("fallback: each dense product of a layer waits for the host once",
          "[performance][fallback]") {
  KernelSupport support = everywhere(1, on_host());
  support.of[static_cast<std::size_t>(Kernel::DenseGemm)].coverage = 0;
  auto& host = *support.of[static_cast<std::size_t>(Kernel::DenseGemm)].fallback.host;
  host.link.value = BytesPerSecond{1e30};
  host.compute.value = FlopsPerSecond{1e30};
  ServingPlan plan;
  const IterationLoad load{.decode_tokens = 0.001, .sequences = 0.001, .decode_context = 1};
  DeviceSpec fast = h100();
  fast.memory_bandwidth = BytesPerSecond{1e30};
  const Transformer model = llama_70b();
  ServingSystem on_fast{model, fast, interconnect_of(fast), plan, {}};
  on_fast.support = support;
  const Seconds dense = Replica(on_fast).time(load).of(Kernel::DenseGemm);
  CHECK(dense.value == Approx((80 * 6 + 1) * 1e-4).epsilon(1e-3));
}

TEST_CASE("fallback: the newest version of a stack", "[performance][fallback]") {
  const std::vector<StackVersion> versions = {{"b", StackId{1}, "2025-03", {}, {}},
                                              {"c", StackId{1}, "2026-01-10", {}, {}},
                                              {"a", StackId{1}, "2024-12", {}, {}},
                                              {"d", StackId{2}, "2027", {}, {}}};
  CHECK(newest_version(versions, StackId{1})->name == "c");
  CHECK(newest_version(versions, StackId{3}) == nullptr);
}

}  // namespace
}  // namespace chokepoint
