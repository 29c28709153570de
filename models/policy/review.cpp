#include "models/policy/review.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint {
namespace {

constexpr double kNinetyFive = 1.6448536269514722;  // Standard deviations to the 95 % point.
constexpr double kSecondsPerDay = 86'400.0;

// Quantile of the symmetric triangle on [-1, 1] at the probability of a normal below `z`.
double triangular(double z) {
  const double tail = 0.5 * std::erfc(std::abs(z) / std::sqrt(2.0));
  return std::copysign(1.0 - std::sqrt(2.0 * tail), z);
}

double days(double value, double end, bool is_positive, double z) {
  if (is_positive) return value * std::pow(end / value, std::abs(z) / kNinetyFive);
  return std::max(0.0, value + (end - value) * triangular(std::abs(z)) / triangular(kNinetyFive));
}

}  // namespace

Seconds review_time(const Review& review, const std::vector<Input>& inputs, double z) {
  if (!review.time.input) return review.time.value;
  const Input& figure = inputs[review.time.input->value];
  if (!figure.low || !figure.high) return review.time.value;
  const double end =
      z < 0.0 ? std::min(*figure.low, figure.value) : std::max(*figure.high, figure.value);
  const bool is_positive = *figure.low > 0.0 && figure.value > 0.0 && *figure.high > 0.0;
  return Seconds{days(figure.value, end, is_positive, z) * kSecondsPerDay};
}

Decision draw(const Review& review, const std::vector<Input>& inputs, RandomStream& stream) {
  Decision decision;
  decision.time = review_time(review, inputs, stream.normal());
  decision.refused = stream.uniform() < review.refusal_probability.value;
  return decision;
}

}  // namespace chokepoint
