#include "models/performance/roof.hpp"

#include <cmath>

namespace chokepoint {

KernelTime kernel_time(const OperatorWork& work, const AttainedRoofs& roofs) {
  const double matrix = work.matrix > Flops{} ? (work.matrix / roofs.matrix).value : 0.0;
  const double vector = work.vector > Flops{} ? (work.vector / roofs.vector).value : 0.0;
  const double memory = work.traffic > Bytes{} ? (work.traffic / roofs.memory).value : 0.0;
  const Limit limit = memory >= matrix && memory >= vector ? Limit::Memory
                      : matrix >= vector                   ? Limit::Matrix
                                                           : Limit::Vector;
  return {Seconds{std::sqrt(matrix * matrix + vector * vector + memory * memory)}, limit};
}

}  // namespace chokepoint
