#pragma once

#include <cstdint>
#include <vector>

#include "sim/serving/fabric_transfers.hpp"
#include "tests/models/serving/small_loads.hpp"
#include "tests/sim/engine/in_child.hpp"

namespace chokepoint {

/// What became of one request of a fleet whose pools read and decode apart.
struct HandedOver {
  std::uint64_t id;
  RequestOutcome outcome;
  RequestTimes times;
  std::uint32_t reader, replica;

  /// From the end of its prompt to the arrival of its cache, where no client waits for tokens.
  Nanoseconds way() const { return times.handed - times.first; }
};

/// Two pools for a small model, replicas on hosts of their own, and the network between them.
/// Clients see tokens as soon as engines make them.
struct SmallFabric {
  SmallService service;
  StepCosts costs = service.costs();
  FleetSpec spec;
  TransferFabric fabric;

  explicit SmallFabric(std::int64_t readers = 1, std::int64_t decoders = 1) {
    const ServingSetup made = service.started();
    for (const PoolRole role : {PoolRole::Prefill, PoolRole::Decode}) {
      PoolSpec pool;
      pool.costs = &costs;
      pool.rules = made.rules;
      pool.rules.first_token = 0;
      pool.rules.first_token_steps = 0;
      pool.kv_per_token = made.kv_per_token;
      pool.role = role;
      pool.replicas = role == PoolRole::Prefill ? readers : decoders;
      spec.pools.push_back(pool);
      fabric.pools.emplace_back();
      fabric.pools.back().bandwidth = 10_GBps;
      fabric.pools.back().latency = Seconds{1e-5};
    }
  }

  /// By request, of a simulation in a process of its own.
  std::vector<HandedOver> replayed(const std::vector<Request>& requests) const {
    return in_child<HandedOver>([&] {
      Ends ends;
      FleetSpec whole = spec;
      FabricTransfers transfers(whole, fabric);
      whole.transfers = &transfers;
      Fleet fleet(whole, &ends);
      ListSource source(requests);
      transfers.run(fleet, source);
      std::vector<HandedOver> made;
      for (const auto& [id, fate] : ends.of) {
        made.push_back({id, fate.outcome, fate.times, fate.reader, fate.replica});
      }
      return made;
    });
  }

  /// Requests of one prompt at one date.
  std::vector<HandedOver> at_once(std::uint64_t count, std::uint32_t prompt = 2000) const {
    std::vector<Request> requests;
    for (std::uint64_t id = 0; id < count; ++id) {
      requests.push_back({.id = id, .arrival = kSecond, .prompt = prompt, .output = 50});
    }
    return replayed(requests);
  }

  /// What a cache of so many tokens takes over `bandwidth`.
  Nanoseconds flow(double tokens, BytesPerSecond bandwidth) const {
    const Seconds taken = spec.pools[0].kv_per_token * Tokens{tokens} / bandwidth;
    return std::llround(taken.value * 1e9);
  }
};

}  // namespace chokepoint
