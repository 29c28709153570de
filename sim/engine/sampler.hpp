#pragma once

#include <cstdint>
#include <vector>

#include "sim/engine/datacenter/datacenter.hpp"
#include "sim/engine/kernel/engine_component.hpp"
#include "sim/engine/trade/supply.hpp"

namespace chokepoint {

/// Reads every counter of every subject: at the start, then every month's first day or at the
/// world's own period, and at the end.
class Sampler : private EngineComponent {
public:
  Sampler(const World& world, Agenda& agenda, const Supply& supply, const Datacenter& datacenter,
          TraceSink& trace);

  /// Enters all samples but the last.
  void start();

  /// Takes one sample of everything.
  void sample() const;

private:
  void sample_pool(PoolId pool) const;
  void sample_costs(SiteId site) const;
  void record(Counter counter, std::uint32_t index, double value) const;
  void repeat();

  const Supply& supply_;
  const Datacenter& datacenter_;
  std::uint64_t taken_ = 0;
  mutable std::vector<bool> held_;  // By pool: it has had packages.
};

}  // namespace chokepoint
