#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/cluster/electricity.hpp"
#include "models/cluster/queue_observer.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// How long [begin, end) lies in each hour of the day, in milliseconds like both. A day begins
/// where the time is a multiple of 24 hours. Requires: begin <= end.
ByHour time_by_hour(std::int64_t begin, std::int64_t end);

/// What power was used for.
struct Metered {
  Joules energy;
  double usd = 0, carbon_g = 0;

  void operator+=(const Metered& other);
};

/// What `power` uses, costs and emits where it is drawn for so many milliseconds of each hour.
Metered metered(Watts power, const ByHour& time, const Tariff& tariff);

/// The meter of a pool: power of one device that is held, and whose tariff it is billed by.
struct PoolMeter {
  Watts busy;
  Tariff tariff;
};

/// Meters of all jobs of a queue, as it is played, and of how long devices are held in which hour.
class MeteredJobs : public QueueObserver {
public:
  /// Tells `also` what it hears, unless that is null.
  MeteredJobs(std::vector<PoolMeter> pools, std::size_t jobs, QueueObserver* also);

  void took(std::int64_t at, std::uint32_t job, std::uint32_t pool,
            const std::vector<NodeShare>& shares) override;
  void gave(std::int64_t at, std::uint32_t job, std::uint32_t pool,
            const std::vector<NodeShare>& shares, HoldEnd why) override;
  void failed(std::int64_t at, std::uint32_t pool, int node, const std::string& cause,
              bool is_broken) override;
  void returned(std::int64_t at, std::uint32_t pool, int node) override;
  void left(std::int64_t at, std::uint32_t pool, int node, const std::string& because) override;
  void came(std::int64_t at, std::uint32_t pool, int node) override;

  const std::vector<PoolMeter>& pools() const { return pools_; }
  /// What the devices of each job used while it held them.
  const std::vector<Metered>& jobs() const { return jobs_; }
  /// Device-milliseconds held in each hour of the day, by pool.
  const std::vector<ByHour>& held() const { return held_; }

private:
  std::vector<PoolMeter> pools_;
  std::vector<Metered> jobs_;
  std::vector<std::int64_t> took_at_;  // By job.
  std::vector<ByHour> held_;
  QueueObserver* also_;
};

}  // namespace chokepoint
