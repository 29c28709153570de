#include "models/serving/engine_replica.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "tests/models/performance/random_serving.hpp"
#include "tests/models/serving/small_loads.hpp"

namespace chokepoint {
namespace {

// Requests on a path through a tree of prefixes, in bursts and pauses; cache for a few of them.
std::vector<Request> any_requests() {
  std::vector<Request> made;
  Nanoseconds at = 0;
  for (int i = *rc::gen::inRange(1, 40); i > 0; --i) {
    if (any::chance()) at += static_cast<Nanoseconds>(any::number(1e3, 1e8));
    Request request;
    request.id = made.size();
    request.arrival = at;
    request.prompt = *rc::gen::inRange(1u, 2000u);
    request.output = *rc::gen::inRange(1u, 600u);
    request.block_tokens = 64;
    std::uint64_t node = 1;
    if (any::chance()) {
      for (std::uint32_t read = 0; read < request.prompt; read += 64) {
        node = node * 31 + static_cast<std::uint64_t>(*rc::gen::inRange(0, 2));
        request.blocks.push_back(node);
      }
    }
    made.push_back(request);
  }
  return made;
}

EngineRules any_rules() {
  EngineRules rules;
  rules.blocks = *rc::gen::inRange(180, 500);  // Of 16 tokens: one to three of the longest.
  rules.block.per_sequence = *rc::gen::inRange(0, 3);
  rules.token_budget = *rc::gen::inRange(32, 4000);
  rules.budget_counts_decoding = any::chance();
  rules.reads_alone = any::chance();
  rules.max_sequences = *rc::gen::inRange(1, 30);
  rules.reserved_answer = *rc::gen::inRange(0, 3) / 2.0;
  rules.watermark = any::chance() ? 0.02 : 0.0;
  rules.host_blocks = any::chance() ? 300 : 0;
  rules.swap_blocks = any::chance() ? 200 : 0;
  rules.copy_per_block = ticks_of(Seconds{1e-5});
  rules.acceptance_spread = any::chance() ? 0.3 : 0.0;
  rules.first_token = *rc::gen::inRange(0, 20'000'000);
  rules.first_token_steps = *rc::gen::inRange(0, 200) / 100.0;
  return rules;
}

bool are_alike(const EngineCounters& a, const EngineCounters& b) {
  return a.steps == b.steps && a.prompt_tokens == b.prompt_tokens &&
         a.preemptions == b.preemptions && a.names == b.names && a.hits == b.hits &&
         a.busy == b.busy && a.held == b.held;
}

StepCosts& costs_with(int drafted) {
  static std::map<int, StepCosts> all;
  SmallService service;
  service.settings.speculated = drafted;
  return all.try_emplace(drafted, service.costs()).first->second;
}

PoolSpec pool_of(StepCosts& costs, const EngineRules& rules) {
  PoolSpec pool;
  pool.costs = &costs;
  pool.rules = rules;
  return pool;
}

struct EngineReplay {
  std::map<std::uint64_t, Ends::Fate> fates;
  EngineCounters counters;
};

// Replays and checks at every event that blocks in use never exceed what there is.
EngineReplay replayed(const FleetSpec& spec, const std::vector<Request>& requests) {
  Ends ends;
  Fleet fleet(spec, &ends);
  ListSource source(requests);
  while (fleet.next_event(source)) {
    fleet.handle_next(source);
    for (std::uint32_t i = 0; i < fleet.replicas(); ++i) {
      RC_ASSERT(fleet.replica(i).blocks_in_use() <= fleet.replica(i).rules().blocks);
    }
  }
  for (std::uint32_t i = 0; i < fleet.replicas(); ++i) {
    RC_ASSERT(fleet.replica(i).blocks_in_use() == 0);
    RC_ASSERT(fleet.replica(i).outstanding() == 0);
  }
  RC_ASSERT(ends.of.size() == requests.size());
  RC_ASSERT(source.ends.size() == requests.size());
  for (std::size_t i = 1; i < source.ends.size(); ++i) {
    RC_ASSERT(source.ends[i - 1].at <= source.ends[i].at);
  }
  return {ends.of, fleet.pool(0).engines};
}

TEST_CASE("engine: macro-events and single iterations give the same times and counters",
          "[serving][engine]") {
  int preempted = 0;
  CHECK(rc::check([&] {
    FleetSpec spec;
    spec.pools = {pool_of(costs_with(*rc::gen::element(0, 1, 3)), any_rules())};
    spec.pools[0].replicas = *rc::gen::inRange(1, 3);
    const auto requests = any_requests();
    const auto by_events = replayed(spec, requests);
    spec.pools[0].rules.most_steps = 1;
    const auto by_steps = replayed(spec, requests);
    for (const auto& [id, fate] : by_events.fates) preempted += fate.preemptions > 0;
    RC_ASSERT(by_events.fates == by_steps.fates);
    RC_ASSERT(are_alike(by_events.counters, by_steps.counters));
  }));

  CHECK(preempted > 100);  // The law is about loads that come to that.
}

TEST_CASE("engine: one request alone reads its prompt and makes its tokens", "[serving][engine]") {
  SmallService service;
  StepCosts& costs = costs_with(0);
  EngineRules rules = service.started().rules;
  rules.first_token_steps = 0;
  EngineReplica engine(costs, rules);
  Job job;
  job.request = {.id = 1, .arrival = 5, .prompt = 1000, .output = 100};
  job.output = 100;
  REQUIRE(engine.submit(job, 5));
  std::vector<Done> done;
  while (engine.next_event()) engine.finish(done);
  REQUIRE(done.size() == 1);
  PromptWork work;
  work.add(0, 1000);
  const Ticks read = ticks_of(Nanoseconds{5}) + costs.prefill(work, false);
  CHECK(done[0].first == nanosecond_after(read) + rules.first_token);
  Ticks end = read;
  for (std::int64_t i = 0; i < 99; ++i) {
    const Subtokens cached = (1000 + i) * kSubtokens;
    end += costs.decode(1, cached).time(1, cached, kSubtokens);
  }
  CHECK(done[0].last == nanosecond_after(end) + rules.first_token);
  CHECK(engine.counters().steps == 100);
  CHECK(engine.counters().events < 10);
}

TEST_CASE("engine: a shared prompt is read once, except for its last token", "[serving][engine]") {
  EngineRules rules;
  rules.blocks = 10'000;
  EngineReplica engine(costs_with(0), rules);
  std::vector<Done> done;
  for (std::uint64_t id : {1, 2}) {
    Job job;
    job.request = {.id = id, .prompt = 1024, .output = 4, .blocks = {7, 8}, .block_tokens = 512};
    job.output = 4;
    REQUIRE(engine.submit(job, static_cast<Nanoseconds>(id) * kSecond));
    while (engine.next_event()) engine.finish(done);
  }
  CHECK(engine.counters().prompt_tokens == 1025);
  CHECK(engine.counters().names == 4);
  CHECK(engine.counters().hits == 2);
}

TEST_CASE("engine: what would never fit is not taken", "[serving][engine]") {
  EngineRules rules;
  rules.blocks = 10;
  EngineReplica engine(costs_with(0), rules);
  Job job;
  job.request = {.prompt = 150, .output = 8};
  job.output = 8;
  CHECK(engine.submit(job, 0));
  job.request.prompt = 151;
  CHECK_FALSE(engine.submit(job, 0));
  job.output = 1;  // Another replica makes the rest.
  CHECK(engine.submit(job, 0));
  rules.groups = 2;
  EngineReplica halves(costs_with(0), rules);
  CHECK_FALSE(halves.submit(job, 0));
  job.request.prompt = 77;
  CHECK(halves.submit(job, 0));
}

// Of a job that starts here.
Job job_of(const Request& request) {
  Job job;
  job.request = request;
  job.output = request.output;
  return job;
}

TEST_CASE("engine: a failure is counted up to its date, by events and by iterations",
          "[serving][engine]") {
  CHECK(rc::check([] {
    EngineRules rules = any_rules();
    const auto requests = any_requests();
    const auto at = static_cast<Nanoseconds>(any::number(1e6, 1e10));
    std::vector<EngineCounters> made;
    for (const std::int64_t most : {std::int64_t{1} << 40, std::int64_t{1}}) {
      rules.most_steps = most;
      EngineReplica engine(costs_with(0), rules);
      std::vector<Done> done;
      for (const Request& request : requests) {
        if (request.arrival >= at) break;
        while (engine.next_event() && *engine.next_event() < request.arrival) engine.finish(done);
        RC_ASSERT(engine.submit(job_of(request), request.arrival));
      }
      while (engine.next_event() && *engine.next_event() < at) engine.finish(done);
      engine.fail(at);
      made.push_back(engine.counters());
    }
    RC_ASSERT(are_alike(made[0], made[1]));
  }));
}

TEST_CASE("engine: tokens held are those of each step, for as long as it takes",
          "[serving][engine]") {
  EngineRules rules;
  rules.blocks = 1000;
  StepCosts& costs = costs_with(0);
  EngineReplica engine(costs, rules);
  REQUIRE(engine.submit(job_of({.prompt = 500, .output = 200}), 0));
  std::vector<Done> done;
  while (engine.next_event()) engine.finish(done);
  double held = 0;
  for (std::int64_t i = 0; i < 199; ++i) {
    const Subtokens cached = (500 + i) * kSubtokens;
    const Ticks step = costs.decode(1, cached).time(1, cached, 0);
    held += static_cast<double>(500 + i) * static_cast<double>(step) * kSecondsPerTick;
  }
  CHECK(engine.counters().cache_seconds() == Approx(held).epsilon(1e-12));
}

TEST_CASE("engine: preemptions go along with a job that another replica gets",
          "[serving][engine]") {
  EngineRules rules;
  rules.blocks = 20;  // 320 tokens: two of 100 and 100 do not both grow to their end.
  EngineReplica first(costs_with(0), rules), second(costs_with(0), rules);
  for (std::uint64_t id : {1, 2}) {
    REQUIRE(first.submit(job_of({.id = id, .prompt = 100, .output = 100}), 0));
  }
  std::vector<Done> done;
  while (first.counters().preemptions == 0) first.finish(done);
  REQUIRE(done.empty());
  for (Job& job : first.fail(kSecond)) REQUIRE(second.submit(std::move(job), kSecond));
  while (second.next_event()) second.finish(done);
  REQUIRE(done.size() == 2);
  CHECK(done[0].preemptions == 0);
  CHECK(done[1].preemptions == first.counters().preemptions + second.counters().preemptions);
}

// Of a step that reads a prompt while somebody else decodes, or would.
Nanoseconds reading_step(bool reads_alone) {
  EngineRules rules;
  rules.blocks = 10'000;
  rules.reads_alone = reads_alone;
  EngineReplica engine(costs_with(0), rules);
  REQUIRE(engine.submit(job_of({.id = 1, .prompt = 100, .output = 1000}), 0));
  std::vector<Done> done;
  for (int i = 0; i < 3; ++i) engine.finish(done);
  REQUIRE(engine.submit(job_of({.id = 2, .prompt = 1000, .output = 10}), *engine.next_event()));
  engine.finish(done);
  const Ticks before = engine.counters().busy;
  engine.finish(done);
  return nanoseconds_before(engine.counters().busy - before);
}

TEST_CASE("engine: what is read while others decode or wait costs its time times interference",
          "[serving][engine]") {
  const StepCosts& costs = costs_with(0);
  PromptWork work;
  work.add(0, 1000);
  const Ticks read = costs.prefill(work, true);
  CHECK((read == scaled(costs.prefill(work, false), costs.replica().coefficients().interference)));
  CHECK(reading_step(true) == nanoseconds_before(read));
  CHECK(reading_step(false) > nanoseconds_before(read));
}

TEST_CASE("engine: a prompt in one of many groups waits for what is read, not for what is found",
          "[serving][engine]") {
  SmallService service;
  service.model = deepseek_v3();
  service.plan.attention_dp = 8;
  service.plan.expert_parallel = true;
  StepCosts costs = service.costs();
  EngineRules rules;
  rules.groups = 8;
  rules.blocks = 10'000;
  EngineReplica engine(costs, rules);
  std::vector<Done> done;
  for (std::uint64_t id : {1, 2}) {
    Request request{.id = id, .prompt = 1024, .output = 4, .blocks = {7, 8}, .block_tokens = 512};
    REQUIRE(engine.submit(job_of(request), static_cast<Nanoseconds>(id) * kSecond));
    while (engine.next_event()) engine.finish(done);
  }
  PromptWork whole, rest;
  whole.add(0, 1024);
  rest.add(1023, 1);
  CHECK(done[0].lag == nanoseconds_before(costs.group_wait(whole)));
  CHECK(done[1].lag == nanoseconds_before(costs.group_wait(rest)));
}

// Runs until nothing is left.
EngineCounters counted(EngineReplica& engine, const std::vector<Request>& requests) {
  for (const Request& request : requests) {
    Job job;
    job.request = request;
    job.output = request.output;
    REQUIRE(engine.submit(job, request.arrival));
  }
  std::vector<Done> done;
  while (engine.next_event()) engine.finish(done);
  CHECK(done.size() == requests.size());
  return engine.counters();
}

TEST_CASE("engine: who is preempted while it reads has only what it had read",
          "[serving][engine]") {
  EngineRules rules;
  rules.blocks = 42;
  rules.token_budget = 16;
  EngineReplica engine(costs_with(0), rules);
  Request named = {.id = 2, .arrival = 1, .prompt = 640, .output = 2};
  named.block_tokens = 64;
  for (std::uint64_t name = 1; name <= 10; ++name) named.blocks.push_back(name);
  const EngineCounters sum =
      counted(engine, {{.id = 1, .arrival = 0, .prompt = 16, .output = 100}, named});
  CHECK(sum.preemptions == 1);
  CHECK(sum.prompt_tokens >= 16 + 640);
  CHECK(sum.prompt_tokens < 16 + 640 + 64);
}

TEST_CASE("engine: names give back a prompt, not the answer that was lost", "[serving][engine]") {
  EngineRules rules;
  rules.blocks = 20;
  EngineReplica engine(costs_with(0), rules);
  std::vector<Request> requests;
  for (std::uint64_t id : {1, 2}) {
    requests.push_back({.id = id, .prompt = 100, .output = 70, .blocks = {id * 10, id * 10 + 1}});
    requests.back().block_tokens = 64;
  }
  const EngineCounters sum = counted(engine, requests);
  CHECK(sum.preemptions == 1);
  CHECK(sum.prompt_tokens >= 200 + 60);
  CHECK(sum.prompt_tokens <= 200 + 70);
}

TEST_CASE("engine: the latest is preempted, and goes before those who wait", "[serving][engine]") {
  EngineRules rules;
  rules.blocks = 20;  // 320 tokens: two of 100 and 100 do not both grow to their end.
  EngineReplica engine(costs_with(0), rules);
  for (std::uint64_t id : {1, 2, 3}) {
    Job job;
    job.request = {.id = id, .prompt = 100, .output = 100};
    job.output = 100;
    REQUIRE(engine.submit(job, static_cast<Nanoseconds>(id)));
  }
  std::vector<Done> done;
  while (engine.next_event()) engine.finish(done);
  REQUIRE(done.size() == 3);
  CHECK(done[0].job.request.id == 1);
  CHECK(done[1].job.request.id == 2);
  CHECK(done[0].preemptions == 0);
  CHECK(done[1].preemptions > 0);
}

TEST_CASE("engine: a replica that fails gives its jobs back and forgets its cache",
          "[serving][engine]") {
  EngineRules rules;
  rules.blocks = 1000;
  rules.max_sequences = 2;
  EngineReplica engine(costs_with(0), rules);
  for (std::uint64_t id : {1, 2, 3}) {
    Job job;
    job.request = {.id = id, .prompt = 100, .output = 100, .blocks = {1, 2}, .block_tokens = 64};
    job.output = 100;
    REQUIRE(engine.submit(job, 0));
  }
  std::vector<Done> done;
  for (int i = 0; i < 3; ++i) engine.finish(done);
  CHECK(engine.running() == 2);
  const auto jobs = engine.fail(kSecond);
  REQUIRE(jobs.size() == 3);
  for (std::uint64_t i = 0; i < 3; ++i) CHECK(jobs[i].request.id == i + 1);
  CHECK(engine.blocks_in_use() == 0);
  CHECK(engine.outstanding() == 0);
  CHECK_FALSE(engine.next_event());
}

}  // namespace
}  // namespace chokepoint
