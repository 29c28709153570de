#include "sim/engine/service.hpp"

#include <algorithm>
#include <cmath>

#include "models/performance/throughput.hpp"

namespace chokepoint {

ServiceRun::ServiceRun(const World& world, ServiceId service, Agenda& agenda, Sites& sites,
                       TraceSink& trace)
    : world_(world),
      id_(service),
      service_(world.services[service.value]),
      agenda_(agenda),
      sites_(sites),
      trace_(trace),
      variation_(world.seed, "demand/" + service_.name) {}

void ServiceRun::start() {
  agenda_.at(Seconds{}, Phase::Service, [this] { begin_window(); });
}

void ServiceRun::begin_window() {
  const Seconds now = agenda_.now();
  window_ = std::min(service_.window, agenda_.horizon() - now);
  outcome_ = serve_window(demand(window_), capacity(), window_);
  const bool idle = outcome_.capacity <= Tokens{};
  const double utilization = idle ? 0.0 : outcome_.served / outcome_.capacity;
  for (const PoolShare& share : service_.shares) {
    const double nodes = share.share * sites_.states()[share.pool.value].powered_nodes;
    sites_.set_serving(share.pool, id_, nodes, utilization, now);
  }
  agenda_.at(now + service_.window, Phase::Service, [this] {
    end_window();
    begin_window();
  });
}

void ServiceRun::end_window() {
  served_ += outcome_.served;
  unmet_ += outcome_.unmet;
  trace_.record(WindowServed{agenda_.now(), id_, window_, outcome_.demand, outcome_.capacity,
                             outcome_.served, outcome_.unmet});
}

TokensPerSecond ServiceRun::demand(Seconds length) {
  // Drawn even where nothing varies, so that a scenario which turns the variation on stays paired.
  const double z = variation_.normal();
  const double sigma = service_.demand_variation.value;
  return mean_demand(service_, agenda_.now(), length) * std::exp(sigma * z - sigma * sigma / 2.0);
}

TokensPerSecond ServiceRun::capacity() const {
  const Transformer& model = world_.transformers[service_.transformer.value];
  TokensPerSecond total;
  for (const PoolShare& share : service_.shares) {
    const DeviceId device = world_.pools[share.pool.value].device;
    total += share.share * sites_.powered_devices(share.pool) *
             serving_throughput(model, service_.request, world_.devices[device.value],
                                world_.attained[device.value]);
  }
  return total;
}

}  // namespace chokepoint
