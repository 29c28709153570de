#include "models/performance/serving_plan.hpp"

#include <catch2/catch.hpp>

#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {
namespace {

TEST_CASE("serving plan: devices are the product of its degrees", "[performance][plan]") {
  const ServingPlan plan{.tensor = 4, .attention_dp = 2, .pipeline = 3};
  CHECK(plan.stage_devices() == 8);
  CHECK(plan.devices() == 24);
}

TEST_CASE("serving plan: what cannot be divided is refused", "[performance][plan]") {
  CHECK(plan_complaint({.tensor = 8}, llama_70b()).empty());
  CHECK(plan_complaint({.tensor = 64}, llama_70b()).empty());
  CHECK(plan_complaint({.tensor = 65}, llama_70b()) == "tensor parallelism of 65 divides 64 heads");
  CHECK(plan_complaint({.tensor = 3}, llama_70b()) ==
        "64 heads do not divide by tensor parallelism of 3");
  CHECK(plan_complaint({.pipeline = 81}, llama_70b()) == "81 pipeline stages divide 80 layers");
  CHECK(plan_complaint({.tensor = 0}, llama_70b()) == "a degree of parallelism is below 1");
  CHECK(plan_complaint({.expert_parallel = true}, llama_70b()) ==
        "the model has no experts to spread");
  CHECK(plan_complaint({.attention_dp = 256, .expert_parallel = true}, deepseek_v3()).empty());
  CHECK(plan_complaint({.attention_dp = 257, .expert_parallel = true}, deepseek_v3()) ==
        "257 devices share 256 experts");
}

TEST_CASE("interconnect: half of the datasheet's both directions", "[performance][plan]") {
  DeviceSpec device = h100();
  CHECK(interconnect_of(device).scaleup == 450_GBps);
  CHECK(interconnect_of(device).domain == 8);
  device.scaleup_domain = Sourced<int>{72, {}};
  device.scaleout = Sourced<BytesPerSecond>{50_GBps, {}};
  CHECK(interconnect_of(device).domain == 72);
  CHECK(interconnect_of(device).scaleout == 50_GBps);
  device.io_bandwidth.reset();
  CHECK(interconnect_of(device).scaleup == 32_GBps);  // PCIe.
}

TEST_CASE("interconnect: a node says it better", "[performance][plan]") {
  NodeSpec node;
  node.links.scaleup = Sourced<BytesPerSecond>{100_GBps, {}};
  node.links.domain = Sourced<int>{16, {}};
  const Interconnect links = interconnect_of(h100(), node);
  CHECK(links.scaleup == 100_GBps);
  CHECK(links.domain == 16);
  CHECK(links.scaleout == interconnect_of(h100()).scaleout);
}

}  // namespace
}  // namespace chokepoint
