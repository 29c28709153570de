#include "models/cluster/metered_jobs.hpp"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <numeric>
#include <utility>

#include "models/cluster/shared_devices.hpp"

namespace chokepoint {
namespace {

constexpr double kSecondsOfAMillisecond = 1e-3;

}  // namespace

ByHour time_by_hour(std::int64_t begin, std::int64_t end) {
  using std::chrono::days, std::chrono::floor, std::chrono::hours, std::chrono::milliseconds;
  assert(begin <= end);
  ByHour time;
  const auto whole = floor<days>(milliseconds(end - begin));
  time.fill(static_cast<double>(milliseconds(hours(whole.count())).count()));  // An hour of each.
  for (milliseconds at = milliseconds(begin) + whole; at < milliseconds(end);) {
    const hours hour = floor<hours>(at);
    const milliseconds next = std::min(milliseconds(end), milliseconds(hour + hours(1)));
    time[static_cast<std::size_t>((hour - floor<days>(at)).count())] +=
        static_cast<double>((next - at).count());
    at = next;
  }
  return time;
}

void Metered::operator+=(const Metered& other) {
  energy += other.energy;
  usd += other.usd;
  carbon_g += other.carbon_g;
}

Metered metered(Watts power, const ByHour& time, const Tariff& tariff) {
  Metered used;
  for (std::size_t hour = 0; hour < time.size(); ++hour) {
    const Joules energy = power * Seconds{time[hour] * kSecondsOfAMillisecond};
    const double kwh = energy.value / kJoulesPerKwh;
    used += {energy, kwh * tariff.usd_per_kwh[hour], kwh * tariff.carbon_g_per_kwh[hour]};
  }
  return used;
}

MeteredJobs::MeteredJobs(std::vector<PoolMeter> pools, std::size_t jobs, QueueObserver* also)
    : pools_(std::move(pools)),
      jobs_(jobs),
      took_at_(jobs, 0),
      held_(pools_.size(), ByHour{}),
      also_(also) {}

void MeteredJobs::took(std::int64_t at, std::uint32_t job, std::uint32_t pool,
                       const std::vector<NodeShare>& shares) {
  took_at_[job] = at;
  if (also_ != nullptr) also_->took(at, job, pool, shares);
}

void MeteredJobs::gave(std::int64_t at, std::uint32_t job, std::uint32_t pool,
                       const std::vector<NodeShare>& shares, HoldEnd why) {
  const double devices =
      std::accumulate(shares.begin(), shares.end(), 0.0, [](double sum, const NodeShare& share) {
        return sum + share.devices + share.part / double{kWholeDevice};
      });
  ByHour time = time_by_hour(took_at_[job], at);
  for (std::size_t hour = 0; hour < time.size(); ++hour) {
    time[hour] *= devices;
    held_[pool][hour] += time[hour];
  }
  jobs_[job] += metered(pools_[pool].busy, time, pools_[pool].tariff);
  if (also_ != nullptr) also_->gave(at, job, pool, shares, why);
}

void MeteredJobs::failed(std::int64_t at, std::uint32_t pool, int node, const std::string& cause,
                         bool is_broken) {
  if (also_ != nullptr) also_->failed(at, pool, node, cause, is_broken);
}

void MeteredJobs::returned(std::int64_t at, std::uint32_t pool, int node) {
  if (also_ != nullptr) also_->returned(at, pool, node);
}

void MeteredJobs::left(std::int64_t at, std::uint32_t pool, int node, const std::string& because) {
  if (also_ != nullptr) also_->left(at, pool, node, because);
}

void MeteredJobs::came(std::int64_t at, std::uint32_t pool, int node) {
  if (also_ != nullptr) also_->came(at, pool, node);
}

}  // namespace chokepoint
