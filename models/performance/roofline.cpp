#include "models/performance/roofline.hpp"

#include <algorithm>
#include <cassert>

namespace chokepoint {

Seconds roofline_time(const Work& work, const Roofs& roofs) {
  assert(roofs.compute > FlopsPerSecond{} && roofs.memory > BytesPerSecond{});
  return std::max(work.flops / roofs.compute, work.traffic / roofs.memory);
}

}  // namespace chokepoint
