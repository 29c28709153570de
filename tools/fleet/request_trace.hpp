#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <queue>
#include <set>
#include <vector>

#include "chokepoint/v1/facts.pb.h"
#include "sim/trace/writer.hpp"
#include "tools/fleet/replay.hpp"

namespace chokepoint {

/// Facts of a replay as a trace: a slice for every phase of every request that was delivered, in a
/// lane of its replica, who was dropped, and what replicas hold at every `period`, where it has
/// changed. Facts are known when a request ends and kept until all before them are, so that they
/// stand in order of time: memory goes with what happens while a request is under way.
class RequestTrace : public ReplayListener {
public:
  /// Refers to `fleet`. Throws std::runtime_error, naming the file, where it cannot be written.
  RequestTrace(const std::filesystem::path& file, const Cluster& cluster, const PlannedFleet& fleet,
               Nanoseconds period);

  /// The same requests; the trace hears of each as it arrives.
  std::unique_ptr<RequestSource> heard(std::unique_ptr<RequestSource> source);

  void ended(const EndedRequest& end, const Fleet& fleet) override;
  std::optional<Nanoseconds> next_look() const override { return next_look_; }
  void look(const Fleet& fleet, Nanoseconds at) override;

  /// Writes the rest, and the end of the replay at `span`. Throws as the writer does.
  void close(Seconds span);
  std::uint64_t fingerprint() const { return writer_->fingerprint(); }
  std::uint64_t facts() const { return writer_->facts(); }

private:
  class Heard;
  struct Dated {
    Nanoseconds at = 0;
    std::uint64_t order = 0;
    TraceEvent event;
    bool operator<(const Dated& other) const {
      return at != other.at ? at > other.at : order > other.order;
    }
  };

  void keep(Nanoseconds at, TraceEvent event);
  void keep_phases(const EndedRequest& end);
  void write_before(Nanoseconds at);

  const PlannedFleet& fleet_;
  World world_;
  std::unique_ptr<TraceWriter> writer_;
  Nanoseconds period_, next_look_;
  std::priority_queue<Dated> kept_;
  std::uint64_t order_ = 0;
  std::multiset<Nanoseconds> under_way_;       // Arrivals.
  std::vector<std::array<double, 3>> gauges_;  // By replica: as last written.
};

/// What the trace of a replay says of itself: the cluster with the fleet as it was planned.
pb::Manifest manifest_of(const Cluster& cluster, const PlannedFleet& fleet);

}  // namespace chokepoint
