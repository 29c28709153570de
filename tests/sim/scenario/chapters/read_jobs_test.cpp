#include "sim/scenario/chapters/chapters.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

TEST_CASE("read_jobs: defaults of jobs and services are applied", "[scenario][read]") {
  const World world = small_world();
  const TrainingJob& job = world.training_jobs[0];
  CHECK(job.sequence_tokens == 4096.0);
  CHECK(job.checkpoint_period == 24_hours);
  CHECK(job.checkpoint_copy == SiteId{1});
  CHECK(job.tokens.value == Tokens{1e12});
  const InferenceService& service = world.services[0];
  CHECK(service.request.tpot_target.value == Seconds{0.05});
  CHECK(service.window == 24_hours);
  CHECK(service.demand_variation.value == 0.0);
  CHECK(service.growth_per_year.value == 3.0);
  CHECK(service.demand.value.value == Approx(20e9 / 86'400.0));
  CHECK(world.pools[0].serving_share == 0.5);
}

// 16 bytes of each of 10e9 parameters are 149.02 GiB; a device has 100 GiB.
TEST_CASE("read_jobs: a gang must hold its model", "[scenario][read]") {
  CHECK(only_error(small_but("devices: 256", "devices: 1")) ==
        "model 'model_10b' on a gang of 1 needs 149.1 GiB each, 'west_gpu' has 100 GiB | 16 bytes "
        "per parameter, spread over the gang: take at least 2 devices");
  CHECK(read_text(small_but("devices: 256", "devices: 2")).errors.empty());
}

TEST_CASE("read_jobs: a checkpoint travels along links", "[scenario][read]") {
  CHECK(only_error(small_but("b: \"south\"", "b: \"north\"")) ==
        "no route from 'north' to 'south' | join the two by links, or leave checkpoint_copy out");
  CHECK(only_error(small_but("checkpoint_copy: \"south\"", "checkpoint_copy: \"soth\"")) ==
        "no site 'soth' in the scenario | did you mean 'south'?");
  CHECK(read_text(small_but("checkpoint_copy: \"south\"", "checkpoint_copy: \"north\""))
            .errors.empty());
}

TEST_CASE("read_jobs: services share a pool", "[scenario][read]") {
  const auto with = [](double share) {
    return small_text() +
           "services { name: \"second\" owner: \"lab\" transformer: \"model_10b\" prompt_tokens: "
           "10 output_tokens: 10 tpot_target_ms { value: 50 source: \"guess\" confidence: MEMORY } "
           "demand_bn_tokens_per_day { value: 1 source: \"guess\" confidence: MEMORY } shares { "
           "pool: \"north/gpus\" share: " +
           std::to_string(share) + " } }";
  };
  const auto whole = read_text(with(0.5));
  REQUIRE(whole.world);
  CHECK(whole.world->pools[0].serving_share == 1.0);
  CHECK(only_error(with(0.75)) ==
        "shares of pool 'north/gpus' add up to 1.25, more than 1 | services of one pool share its "
        "devices");
}

TEST_CASE("read_jobs: ten tenths are one", "[scenario][read]") {
  std::string text = small_but("shares { pool: \"north/gpus\" share: 0.5 }",
                               "shares { pool: \"north/gpus\" share: 0.1 }");
  const auto begin = text.find("services {");
  const std::string service = text.substr(begin);
  for (int i = 1; i < 10; ++i) {
    std::string next = service;
    text += next.replace(next.find("chat"), 4, "chat" + std::to_string(i));
  }
  CHECK(read_text(text).errors.empty());
}

// 2 * 40 layers * 8 heads * 128 = 81,920 bytes a token; 2e7 tokens are 1,526 GiB, on 8 devices
// 190.8.
TEST_CASE("read_jobs: one request's cache fits beside the weights", "[scenario][read]") {
  CHECK(only_error(small_but_after("services", "prompt_tokens: 2000", "prompt_tokens: 19999500")) ==
        "model 'model_10b' on groups of 32 needs 0.4 GiB for weights, 2.3 GiB for activations and "
        "buffers and 190.8 GiB for the cache of one request, an engine may use 91.1 GiB of "
        "'west_gpu' | shorten prompt_tokens or output_tokens, or serve from a device with more "
        "memory");
}

TEST_CASE("read_jobs: a job and a service run somewhere", "[scenario][read]") {
  CHECK(only_error(small_but_after("training_jobs", "  pools: \"north/gpus\"\n", "")) ==
        "training job 'pretraining' has no pool | name the \"site/pool\" where it may run, in "
        "order of preference");
  CHECK(only_error(small_but("  shares { pool: \"north/gpus\" share: 0.5 }\n", "")) ==
        "service 'chat' runs nowhere | add shares { pool: \"site/pool\" share: 0.5 }");
}

std::string elastic(const std::string& more) {
  return economy_text() +
         "services { name: \"answers\" owner: \"lab\" transformer: \"model_10b\" "
         "prompt_tokens: 10 output_tokens: 10 "
         "tpot_target_ms { value: 50 source: \"guess\" confidence: MEMORY } " +
         more +
         " elastic_demand { bn_tokens_per_day { points { on: \"2024-01-01\" value { value: 2 "
         "source: \"guess\" confidence: MEMORY } } } reference_usd_per_million_tokens { value: 0.1 "
         "source: \"guess\" confidence: MEMORY } elasticity { value: 0.7 source: \"guess\" "
         "confidence: MEMORY } } "
         "site_shares { site: \"south\" share { value: 0.25 source: \"guess\" confidence: MEMORY "
         "} } }";
}

TEST_CASE("read_jobs: a share of a site is one of every pool there", "[scenario][read]") {
  const World world = world_of(elastic(""));
  const InferenceService& service = world.services.back();
  std::size_t pools = 0;
  for (const Pool& pool : world.pools) {
    if (pool.site != SiteId{1}) continue;
    ++pools;
    CHECK(pool.serving_share == Approx(0.25));
  }
  REQUIRE(pools > 0);
  CHECK(service.shares.size() == pools);
}

TEST_CASE("read_jobs: demand that answers to its cost", "[scenario][read]") {
  const World world = world_of(elastic(""));
  REQUIRE(world.services.back().elastic);
  const TokenDemand& demand = *world.services.back().elastic;
  CHECK(value_on(demand.rate, world.first_day()) == Approx(2e9 / 86'400.0));
  CHECK(demand.reference_cost.value.value == Approx(1e-7));
  CHECK(demand.elasticity.value == 0.7);
  CHECK_FALSE(world.services.front().elastic);
  CHECK(only_error(elastic("growth_per_year { value: 2 source: \"guess\" confidence: MEMORY }")) ==
        "growth_per_year beside elastic_demand | leave one of the two out");
}

// The small world's service, asked by windows.
std::string in_windows(const std::string& more) {
  return small_but(
      "demand_bn_tokens_per_day { value: 20 source: \"guess\" confidence: ESTIMATED }\n"
      "  growth_per_year { value: 3 source: \"guess\" confidence: ESTIMATED }",
      "demand_windows { hours: 12 bn_tokens: 3 } demand_windows { hours: 24 bn_tokens: "
      "0 } " +
          more);
}

TEST_CASE("read_jobs: demand by windows", "[scenario][read]") {
  const InferenceService service = world_of(in_windows("")).services[0];
  REQUIRE(service.windows.size() == 2);
  CHECK(service.windows[0] == DemandWindow{12_hours, Tokens{3e9}});
  CHECK(service.windows[1] == DemandWindow{24_hours, Tokens{}});
  CHECK(only_error(in_windows("window_hours: 6")) ==
        "window_hours beside demand_windows | leave one of the two out");
  CHECK(read_text(in_windows("demand_windows { hours: 0 }")).errors.size() == 2);
}

TEST_CASE("read_jobs: a job may have a pace of its own", "[scenario][read]") {
  CHECK(small_world().training_jobs[0].pace == 1.0);
  CHECK(world_of(small_but("devices: 256", "devices: 256 pace: 0.5")).training_jobs[0].pace == 0.5);
  CHECK(read_text(small_but("devices: 256", "devices: 256 pace: 0")).errors.size() == 1);
}

std::string lending(const std::string& spare) {
  return "share: 0.5 lending { spare_share { value: " + spare +
         " source: \"guess\" confidence: MEMORY } return_minutes { value: 15 source: \"guess\" "
         "confidence: MEMORY } checkpoint_gb_s_per_node { value: 2 source: \"guess\" confidence: "
         "MEMORY } }";
}

TEST_CASE("read_jobs: a share that lends says what it keeps and how fast nodes return",
          "[scenario][read]") {
  const auto read = read_text(small_but("share: 0.5", lending("0.1")));
  REQUIRE(read.world);
  const auto& terms = read.world->services[0].shares[0].lending;
  REQUIRE(terms);
  CHECK(terms->spare_share.value == 0.1);
  CHECK(terms->return_delay.value == Seconds{900.0});
  CHECK(terms->checkpoint_writes.value == BytesPerSecond{2e9});
  CHECK(read.world->lending_of(PoolId{0}) == &*terms);
  CHECK(read.world->lends(ServiceId{0}));
  CHECK_FALSE(small_world().lends(ServiceId{0}));
  CHECK(small_world().lending_of(PoolId{0}) == nullptr);
  CHECK(only_error(small_but("share: 0.5", lending("1.1"))).find("spare_share is 1.1") == 0);
  CHECK(
      only_error(small_but("share: 0.5", lending("0.1")) +
                 "services { name: \"second\" owner: \"lab\" transformer: \"model_10b\" "
                 "prompt_tokens: 10 output_tokens: 10 tpot_target_ms { value: 50 source: \"guess\" "
                 "confidence: MEMORY } demand_bn_tokens_per_day { value: 1 source: \"guess\" "
                 "confidence: MEMORY } shares { pool: \"north/gpus\" " +
                 lending("0.1") + " } }") ==
      "a second service lends of pool 'north/gpus' | let one of them keep what it has");
}

std::string pattern(const std::string& values, const std::string& window = "window_hours: 1 ") {
  return window + "daily_pattern { of_hour: [" + values +
         "] source: \"guess\" confidence: MEMORY } demand_bn_tokens_per_day";
}

TEST_CASE("read_jobs: a daily pattern has a mean of 1 over 24 hours, and windows that see it",
          "[scenario][read]") {
  std::string halves;
  for (int hour = 0; hour < 24; ++hour) halves += hour < 12 ? "0.5," : "1.5,";
  halves.pop_back();
  const auto with = [](const std::string& text) {
    return small_but("demand_bn_tokens_per_day", text);
  };
  const auto read = read_text(with(pattern(halves)));
  REQUIRE(read.world);
  REQUIRE(read.world->services[0].pattern);
  CHECK(read.world->services[0].pattern->at(11) == 0.5);
  CHECK(read.world->services[0].pattern->at(12) == 1.5);
  CHECK(only_error(with(pattern("1, 1"))) ==
        "of_hour has 2 values, must have 24 | give demand of each hour of the day over that of the "
        "mean hour");
  CHECK(only_error(with(pattern(halves + "5"))) ==
        "the mean of of_hour is 1.0020833333333334, must be 1 | divide each by the mean; "
        "demand_bn_tokens_per_day says how much a day has");
  CHECK(only_error(with(pattern(halves, ""))) ==
        "daily_pattern, and windows of 24 hours | write window_hours: 1; whole days have no hours");
}

}  // namespace
}  // namespace chokepoint
