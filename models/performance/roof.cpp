#include "models/performance/roof.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint {
namespace {

constexpr double kUsualMatrixToVector = 7.4;  // H100: 989.4 over 133.8 TFLOPS.

}  // namespace

KernelTime kernel_time(const OperatorWork& work, const AttainedRoofs& roofs) {
  const double matrix = work.matrix > Flops{} ? (work.matrix / roofs.matrix).value : 0.0;
  const double vector = work.vector > Flops{} ? (work.vector / roofs.vector).value : 0.0;
  const double memory = work.traffic > Bytes{} ? (work.traffic / roofs.memory).value : 0.0;
  const Limit limit = memory >= matrix && memory >= vector ? Limit::Memory
                      : matrix >= vector                   ? Limit::Matrix
                                                           : Limit::Vector;
  return {Seconds{std::sqrt(matrix * matrix + vector * vector + memory * memory)}, limit};
}

double attained_matrix_share(double share, double alone, std::optional<double> matrix_to_vector) {
  if (!matrix_to_vector || share >= alone) return share;
  const double ratio = std::min(*matrix_to_vector / kUsualMatrixToVector, 1.0);
  const double of_units = 1 / (alone * alone), of_all = 1 / (share * share);
  return 1 / std::sqrt(of_units + (of_all - of_units) * ratio * ratio);
}

}  // namespace chokepoint
