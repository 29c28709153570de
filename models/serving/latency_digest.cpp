#include "models/serving/latency_digest.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>

namespace chokepoint {
namespace {

constexpr int kBits = 7;

// Times below 2^(kBits + 1) have buckets of their own.
std::size_t bucket_of(Nanoseconds time) {
  const auto value = static_cast<std::uint64_t>(time);
  const int shift = std::max(static_cast<int>(std::bit_width(value)) - kBits - 1, 0);
  return (static_cast<std::size_t>(shift) << kBits) + (value >> shift);
}

double middle_of(std::size_t bucket) {
  const std::size_t within = (std::size_t{1} << kBits) - 1;
  if (bucket <= 2 * within + 1) return static_cast<double>(bucket);
  const std::size_t shift = (bucket >> kBits) - 1;
  const std::size_t lead = bucket - (shift << kBits);
  return std::ldexp(static_cast<double>(lead) + 0.5, static_cast<int>(shift));
}

}  // namespace

void LatencyDigest::add(Nanoseconds time) {
  assert(time >= 0);
  const std::size_t bucket = bucket_of(time);
  if (counts_.size() <= bucket) counts_.resize(bucket + 1);
  ++counts_[bucket];
  ++count_;
  sum_ += time;
}

void LatencyDigest::merge(const LatencyDigest& other) {
  counts_.resize(std::max(counts_.size(), other.counts_.size()));
  for (std::size_t i = 0; i < other.counts_.size(); ++i) counts_[i] += other.counts_[i];
  count_ += other.count_;
  sum_ += other.sum_;
}

Seconds LatencyDigest::mean() const {
  if (count_ == 0) return {};
  return Seconds{static_cast<double>(sum_) / static_cast<double>(count_) * 1e-9};
}

Seconds LatencyDigest::quantile(double q) const {
  assert(q >= 0.0 && q <= 1.0);
  if (count_ == 0) return {};
  const double share = std::ceil(q * static_cast<double>(count_));
  const auto rank = std::max<std::int64_t>(static_cast<std::int64_t>(share), 1);
  std::int64_t seen = 0;
  std::size_t bucket = 0;
  while ((seen += counts_[bucket]) < rank) ++bucket;
  return Seconds{middle_of(bucket) * 1e-9};
}

}  // namespace chokepoint
