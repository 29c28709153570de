#include "sim/engine/datacenter/lent_meter.hpp"

namespace chokepoint {

void LentMeter::read(PoolId pool, NodeCount borrowed, FlopsPerSecond rate, Seconds now) {
  Meter& meter = meters_[pool.value];
  meter.use = use(pool, now);
  meter.read = now;
  meter.borrowed = borrowed;
  meter.rate = rate;
}

LentMeter::Use LentMeter::use(PoolId pool, Seconds now) const {
  const Meter& meter = meters_[pool.value];
  const Seconds passed = now - meter.read;
  Use use = meter.use;
  use.node_time += static_cast<double>(meter.borrowed) * passed;
  use.flops += meter.rate * passed;
  return use;
}

}  // namespace chokepoint
