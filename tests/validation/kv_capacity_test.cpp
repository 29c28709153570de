// What engines report of their memory, against the same arithmetic of ours.

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "models/performance/serving_memory.hpp"
#include "models/world.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "tests/paths.hpp"
#include "tests/validation/figures.hpp"

namespace chokepoint::validation {
namespace {

namespace fs = std::filesystem;

constexpr double kGib = 1'073'741'824.0;
// Pools that start-up lines state, by case.
const std::map<std::string, Bytes> kStatedPools = {{"C07", Bytes{7.01 * kGib}},
                                                   {"C14", Bytes{4.99 * kGib}}};

World shipped_catalog() {
  Diagnostics found;
  const auto composed =
      compose(fs::path(source_dir()) / "scenarios/catalog/serving.textproto", {}, false, found);
  REQUIRE(composed);
  auto world = read_catalog(*composed, found);
  REQUIRE(world);
  return *std::move(world);
}

template <class T>
const T& named(const std::vector<T>& all, const std::string& name) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const T& one) { return one.name == name; });
  REQUIRE(found != all.end());
  return *found;
}

NumericFormat format(const std::string& word) {
  static const std::map<std::string, NumericFormat> formats = {
      {"bf16", NumericFormat::Fp16},
      {"fp8", NumericFormat::Fp8},
      {"fp8_block", NumericFormat::Fp8Block},
      {"mxfp4", NumericFormat::Mxfp4}};
  return formats.at(word);
}

ServingPlan plan_of(const Row& row) {
  ServingPlan plan;
  plan.tensor = static_cast<int>(*number_in(row, "tp"));
  plan.attention_dp = static_cast<int>(*number_in(row, "attention_dp"));
  plan.expert_parallel = row.at("ep") == "1";
  plan.precision = uniform_precision(format(row.at("weights")), format(row.at("kv")));
  plan.precision.experts = format(row.at("experts"));
  plan.has_graphs = false;  // vLLM captures them after its profile.
  return plan;
}

MemorySettings settings_of(const Row& row) {
  MemorySettings settings;
  settings.usable = *number_in(row, "utilisation");
  settings.token_budget = *number_in(row, "token_budget");
  settings.sampled = *number_in(row, "sampled");
  if (settings.sampled > 256) settings.bytes_per_logit = 43;  // vLLM V1.
  return settings;
}

/// What `row` asks of the device and model that it names.
class Capacity {
public:
  Capacity(const World& world, const Row& row)
      : row_(row),
        model_(named(world.transformers, row.at("model"))),
        device_(named(world.devices, row.at("device"))) {
    const std::string& version = row.at("stack_version");
    if (!version.empty()) copies_ = named(world.stack_versions, version).hybrid_cache;
  }

  double kv_tokens() const { return memory(plan_of(row_)).kv_tokens().value; }

  double kv_tokens_of_pool(Bytes pool) const {
    ServingMemory stated = memory(plan_of(row_));
    stated.pool = pool;
    return stated.reported_tokens(request()).value;
  }

  double gib_of_request() const {
    const ServingMemory made = memory(plan_of(row_));
    return made.cache.at_most(request(), made.budget).value / kGib;
  }

  double gib_of_pool() const { return memory(plan_of(row_)).pool.value / kGib; }

  double dp_over_tp() const {
    ServingPlan tensor = plan_of(row_), data = tensor;
    tensor.attention_dp = 1;
    data.tensor = 1;
    return memory(data).reported_tokens(request()) / memory(tensor).reported_tokens(request());
  }

  MemoryFit fit() const { return fits(memory(plan_of(row_)), request()).fit; }

private:
  Tokens request() const { return Tokens{*number_in(row_, "tokens_per_request")}; }
  ServingMemory memory(const ServingPlan& plan) const {
    MemorySettings settings = settings_of(row_);
    settings.copies = copies_;
    return serving_memory(model_, device_, plan, settings);
  }

  const Row& row_;
  const Transformer& model_;
  const DeviceSpec& device_;
  CacheCopies copies_;
};

// What starts is not refused; of what does not start it is not said that it does.
bool is_right(MemoryFit said, bool starts) {
  return said == MemoryFit::AtTheLimit || (said == MemoryFit::Yes) == starts;
}

TEST_CASE("kv capacity: within 5 % of what engines report, and what does not start is told",
          "[validation][memory]") {
  const World world = shipped_catalog();
  int checked = 0;
  for (const Row& row : rows_of(fs::path(source_dir()) / "tests/validation/kv_capacity.csv")) {
    INFO(row.at("case"));
    const Capacity capacity(world, row);
    const double measured = *number_in(row, "measured");
    const auto close = Approx(measured).epsilon(*number_in(row, "tolerance"));
    const std::string& quantity = row.at("quantity");
    if (quantity == "kv_tokens") CHECK(capacity.kv_tokens() == close);
    if (quantity == "kv_tokens_of_pool") {
      CHECK(capacity.kv_tokens_of_pool(kStatedPools.at(row.at("case"))) == close);
    }
    if (quantity == "gib_of_request") CHECK(capacity.gib_of_request() == close);
    if (quantity == "gib_of_pool") CHECK(capacity.gib_of_pool() == close);
    if (quantity == "dp_over_tp") CHECK(capacity.dp_over_tp() == close);
    if (quantity == "starts") CHECK(is_right(capacity.fit(), measured > 0));
    ++checked;
  }
  CHECK(checked >= 16);
}

}  // namespace
}  // namespace chokepoint::validation
