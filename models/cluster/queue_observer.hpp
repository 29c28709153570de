#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/cluster/device_nodes.hpp"

namespace chokepoint {

/// Why a job gives up its devices.
enum class HoldEnd {
  Finished,
  Failed,     ///< Something failed; it waits for devices again.
  Preempted,  ///< Others took them; it waits for devices again.
  GivenUp     ///< Failures stopped it too often.
};

/// Hears what happens in a queue as it is played, in order of time, which is in milliseconds. At
/// one moment jobs end and nodes fail before others start.
class QueueObserver {
public:
  virtual ~QueueObserver() = default;
  virtual void took(std::int64_t at, std::uint32_t job, std::uint32_t pool,
                    const std::vector<NodeShare>& shares) = 0;
  virtual void gave(std::int64_t at, std::uint32_t job, std::uint32_t pool,
                    const std::vector<NodeShare>& shares, HoldEnd why) = 0;
  virtual void failed(std::int64_t at, std::uint32_t pool, int node, const std::string& cause,
                      bool is_broken) = 0;
  virtual void returned(std::int64_t at, std::uint32_t pool, int node) = 0;
  /// A node that nobody holds is away from now on, or is not there yet, until it comes.
  virtual void left(std::int64_t /*at*/, std::uint32_t /*pool*/, int /*node*/,
                    const std::string& /*because*/) {}
  virtual void came(std::int64_t /*at*/, std::uint32_t /*pool*/, int /*node*/) {}
};

}  // namespace chokepoint
