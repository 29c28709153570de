#include "models/serving/fleet_spec.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <limits>
#include <utility>

#include "tests/models/serving/small_loads.hpp"

namespace chokepoint {
namespace {

struct SoundFleet {
  SmallService service;
  StepCosts costs = service.costs();
  UncontendedTransfers link{Seconds{1e-5}, 10_GBps};
  FleetSpec spec;

  SoundFleet() {
    PoolSpec pool;
    pool.costs = &costs;
    pool.rules = service.started().rules;
    pool.scaling = Autoscaling{};
    spec.pools = {pool};
  }
  void take_apart() {
    spec.pools[0].role = PoolRole::Prefill;
    spec.pools.push_back(spec.pools[0]);
    spec.pools[1].role = PoolRole::Decode;
    spec.transfers = &link;
  }
};

TEST_CASE("fleet spec: a sound fleet is not complained about", "[serving][fleet_spec]") {
  SoundFleet made;
  CHECK(fleet_complaint(made.spec).empty());
  made.take_apart();
  CHECK(fleet_complaint(made.spec).empty());
}

TEST_CASE("fleet spec: whatever is out of range is named", "[serving][fleet_spec]") {
  using Change = std::function<void(FleetSpec&, PoolSpec&)>;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<std::pair<std::string, Change>> changes = {
      {"pool 0: costs are missing", [](auto&, auto& pool) { pool.costs = nullptr; }},
      {"pool 0: replicas is 0, must be at least 1", [](auto&, auto& pool) { pool.replicas = 0; }},
      {"pool 0: weight is 0, must be positive and finite",
       [](auto&, auto& pool) { pool.weight = 0; }},
      {"pool 0: weight is nan, must be positive and finite",
       [=](auto&, auto& pool) { pool.weight = nan; }},
      {"pool 0: groups is 0, must be at least 1", [](auto&, auto& pool) { pool.rules.groups = 0; }},
      {"pool 0: blocks is 7, must be at least 8",
       [](auto&, auto& pool) { pool.rules.groups = 8, pool.rules.blocks = 7; }},
      {"pool 0: token_budget is 0, must be at least 1",
       [](auto&, auto& pool) { pool.rules.token_budget = 0; }},
      {"pool 0: max_sequences is 0, must be at least 1",
       [](auto&, auto& pool) { pool.rules.max_sequences = 0; }},
      {"pool 0: most_steps is 0, must be at least 1",
       [](auto&, auto& pool) { pool.rules.most_steps = 0; }},
      {"pool 0: block.tokens is 0, must be at least 1",
       [](auto&, auto& pool) { pool.rules.block.tokens = 0; }},
      {"pool 0: watermark is 1, must be at least 0 and below 1",
       [](auto&, auto& pool) { pool.rules.watermark = 1; }},
      {"pool 0: reserved_answer is -0.5, must be at least 0 and finite",
       [](auto&, auto& pool) { pool.rules.reserved_answer = -0.5; }},
      {"pool 0: acceptance_spread is 2, must be at least 0 and below 1",
       [](auto&, auto& pool) { pool.rules.acceptance_spread = 2; }},
      {"pool 0: copy_per_block is negative",
       [](auto&, auto& pool) { pool.rules.copy_per_block = -1; }},
      {"pool 0: scaling.interval is 0, must be at least 1",
       [](auto&, auto& pool) { pool.scaling->interval = 0; }},
      {"pool 0: scaling.least is 0, must be at least 1",
       [](auto&, auto& pool) { pool.scaling->least = 0; }},
      {"pool 0: scaling.most is 2, must be at least 3",
       [](auto&, auto& pool) { pool.scaling->least = 3, pool.scaling->most = 2; }},
      {"pool 0: scaling.target is 0, must be positive and finite",
       [](auto&, auto& pool) { pool.scaling->target = 0; }},
      {"pool 0: scaling.slack is 1, must be at least 0 and below 1",
       [](auto&, auto& pool) { pool.scaling->slack = 1; }},
      {"pool 0: between_failures is -1, must be at least 0",
       [](auto&, auto& pool) { pool.between_failures = -1; }},
      {"no pools", [](auto& spec, auto&) { spec.pools.clear(); }},
      {"no classes", [](auto& spec, auto&) { spec.classes.clear(); }},
      {"256 classes, at most 255 can be told apart",
       [](auto& spec, auto&) { spec.classes.resize(256); }},
      {"class 'chat': most_outstanding is -1, must be at least 0 and finite",
       [](auto& spec, auto&) { spec.classes = {{.name = "chat", .most_outstanding = -1}}; }},
      {"class 0: ttft is -1, must be at least 0",
       [](auto& spec, auto&) { spec.classes[0].ttft = -1; }},
      {"pool 0: context is -1, must be at least 0",
       [](auto&, auto& pool) { pool.rules.context = -1; }},
      {"balance.names is 1, must be at least 2", [](auto& spec, auto&) { spec.balance.names = 1; }},
      {"pools read prompts, and none decodes them",
       [](auto&, auto& pool) { pool.role = PoolRole::Prefill; }},
      {"pools decode, and none reads prompts for them",
       [](auto&, auto& pool) { pool.role = PoolRole::Decode; }},
  };
  for (const auto& [complaint, change] : changes) {
    SoundFleet made;
    change(made.spec, made.spec.pools[0]);
    CHECK(fleet_complaint(made.spec) == complaint);
  }
}

TEST_CASE("fleet spec: pools that read and decode apart need a way between them",
          "[serving][fleet_spec]") {
  SoundFleet made;
  made.take_apart();
  made.spec.transfers = nullptr;
  made.spec.pools[1].kv_per_token = BytesPerToken{-1};
  CHECK(fleet_complaint(made.spec) ==
        "pools read and decode apart, and transfers are missing; pool 1: kv_per_token is -1, must "
        "be at least 0 and finite");
}

TEST_CASE("fleet spec: a request is too long where no pool takes its context",
          "[serving][fleet_spec]") {
  SoundFleet made;
  made.take_apart();
  Request request;
  request.prompt = 900;
  request.output = 100;
  const auto with = [&](std::int64_t first, std::int64_t second) {
    made.spec.pools[0].rules.context = first;
    made.spec.pools[1].rules.context = second;
    return is_too_long(request, made.spec);
  };
  CHECK_FALSE(with(0, 0));
  CHECK_FALSE(with(1000, 999));
  CHECK_FALSE(with(999, 0));
  CHECK(with(999, 999));
}

TEST_CASE("fleet spec: replicas and caches of a pool", "[serving][fleet_spec]") {
  PoolSpec pool;
  pool.replicas = 3;
  CHECK(most_replicas(pool) == 3);
  pool.scaling = Autoscaling{.least = 1, .most = 5};
  CHECK(most_replicas(pool) == 5);
  pool.scaling->most = 2;
  CHECK(most_replicas(pool) == 3);
  pool.kv_per_token = BytesPerToken{10};
  pool.kv_per_sequence = Bytes{7};
  CHECK(cache_of_prompt(pool, 100).value == 1007);
}

}  // namespace
}  // namespace chokepoint
