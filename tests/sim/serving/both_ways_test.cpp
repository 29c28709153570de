// The same small service both ways: what a study of years says that its devices serve, and what
// they serve request by request under more load than they can bear.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/performance/serving_group.hpp"
#include "tests/models/serving/small_loads.hpp"
#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

constexpr double kDevices = 64;

struct Chat {
  double prompt, output, tpot;
};

InferenceService service_of(const Chat& chat) {
  InferenceService service;
  service.name = "chat";
  service.transformer = TransformerId{0};
  service.request = {Tokens{chat.prompt}, Tokens{chat.output}, {Seconds{chat.tpot}, {}}};
  service.demand.value = TokensPerSecond{1e9};
  service.growth_per_year.value = 1.0;
  service.shares = {{kForeignPool, 1.0}};
  return service;
}

// Tokens per second and device on the first day of a study in which more is asked for.
double in_a_study(const Chat& chat) {
  World world = small_world();
  world.orders.clear();
  world.stocks = {small_stock(kDevices)};
  DeviceSpec& device = world.devices[kForeign.value];
  const DeviceSpec whole = h100();
  device.peaks = whole.peaks;
  device.memory = whole.memory;
  device.memory_bandwidth = whole.memory_bandwidth;
  world.transformers = {llama_8b()};
  world.services = {service_of(chat)};
  world.pools[0].serving_share = 1.0;
  return only<WindowServed>(facts_of(world))[0].served.value / 86'400.0 / kDevices;
}

struct ByRequests {
  double tokens_per_second;
  std::int64_t preemptions;
};

// The same of one replica that runs as many sequences as the study lets it, b / t(b) at the target
// or what memory holds, with as many again that wait.
ByRequests by_requests(const Chat& chat) {
  SmallService small;
  small.prompt = Tokens{chat.prompt};
  small.output = Tokens{chat.output};
  const RequestShape request = service_of(chat).request;
  const ServingGroup group(small.model, request, small.device, small.coefficients, small.plan);
  const std::int64_t batch = std::llround(group.decode().value * chat.tpot);
  StepCosts costs = small.costs();
  PoolSpec pool;
  pool.costs = &costs;
  pool.rules = small.started().rules;
  pool.rules.max_sequences = std::min(pool.rules.max_sequences, batch);
  FleetSpec spec;
  spec.pools = {pool};
  Fleet fleet(spec);
  // Of the same lengths they would march in step, and share more iterations than at random.
  ClosedLoop source(2 * batch, 40 * batch, {1.2 * chat.prompt, 1.2 * chat.output, 2.0 / 3}, 1);
  fleet.run(source);
  const Tally sum = fleet.total();
  const double tokens = static_cast<double>(sum.tokens_delivered + sum.prompt_tokens);
  return {tokens / (static_cast<double>(fleet.now()) * 1e-9), fleet.pool(0).engines.preemptions};
}

TEST_CASE("both ways: a service at its limit serves as many tokens within 4 %",
          "[serving][study]") {
  int preempted = 0;
  for (const double prompt : {200.0, 1000.0, 4000.0, 8000.0}) {
    for (const double output : {100.0, 1000.0}) {
      for (const double tpot : {0.01, 0.02, 0.05}) {
        const Chat chat{prompt, output, tpot};
        const double study = in_a_study(chat);
        const ByRequests requests = by_requests(chat);
        INFO(prompt << " in, " << output << " out, " << tpot << " s: " << study << " and "
                    << requests.tokens_per_second << " tokens/s, " << requests.preemptions
                    << " preemptions");
        CHECK(requests.tokens_per_second ==
              Approx(study).epsilon(requests.preemptions > 0 ? 0.08 : 0.04));
        preempted += requests.preemptions > 0;
      }
    }
  }
  CHECK(preempted <= 4);  // Those that wait for cache, not for a target.
}

}  // namespace
}  // namespace chokepoint
