#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "models/network/group_traffic.hpp"

namespace chokepoint {

/// What a group of devices does together. `bytes` mean the same as in collectives.hpp.
enum class CollectiveKind {
  AllReduce,
  ReduceScatter,
  AllGather,
  AllToAll,
  Broadcast,    ///< From the first device.
  PointToPoint  ///< From the first device to the last.
};

inline constexpr CollectiveKind kCollectiveKinds[] = {
    CollectiveKind::AllReduce, CollectiveKind::ReduceScatter, CollectiveKind::AllGather,
    CollectiveKind::AllToAll,  CollectiveKind::Broadcast,     CollectiveKind::PointToPoint};

/// As the command line has it: "all-reduce", "point-to-point".
std::string_view name_of(CollectiveKind kind);

/// Nothing where the name is none.
std::optional<CollectiveKind> collective_named(std::string_view name);

/// A part of a collective that begins when the one before has ended.
struct CollectiveStage {
  std::string_view name;  ///< Such as "reduce-scatter inside".
  TrafficShape shape = TrafficShape::Single;
  Seconds wait;                           ///< That no bandwidth would shorten; before its flows.
  Bytes sent;                             ///< By a rank in all; of `traffic` each its share.
  Seconds time;                           ///< wait + sent / bandwidth.
  const GroupTraffic* traffic = nullptr;  ///< Of the GroupCollectives that made the stage.
};

/// How a collective is done, and how long it takes a group that is alone.
struct CollectivePlan {
  std::vector<CollectiveStage> stages;
  Seconds time;  ///< Of all stages.
};

/// What a rank sends per second as nccl-tests count it, which ideally is its bandwidth: S/t, for an
/// all-reduce times 2 (n-1)/n, for a reduce-scatter, an all-gather and an all-to-all times (n-1)/n.
/// Requires: `time` positive.
BytesPerSecond bus_bandwidth(CollectiveKind kind, const Exchange& exchange, Seconds time);

/// Closed forms of collectives.hpp for a group of a cluster that is alone on its network.
///
///   inside one domain   all-reduce direct, one-shot or two-shot; broadcast down two trees, or
///                       scatter and all-gather
///   across domains      reduce-scatter inside, all-reduce of S/inner between devices at the same
///                       places of their domains, all-gather inside; the others likewise, an
///                       all-to-all first across, then inside
///
/// Where there are several algorithms the least time wins. Across domains there are a ring, a
/// double tree, one-shot and two-shot, and what each attains depends on who sends to whom on which
/// links: see group_traffic(). A group with one device in each domain goes around no domain.
class GroupCollectives {
public:
  /// Both must outlive it. Requires: two devices at least.
  GroupCollectives(const ClusterNetwork& network, const DeviceGroup& group)
      : network_(network), group_(group) {}

  /// Requires: bytes >= 0. Plans refer to this.
  CollectivePlan plan(CollectiveKind kind, Bytes bytes);

private:
  /// A closed form, the traffic that it has, and what it is called.
  struct Part;
  using Parts = std::vector<Part>;

  std::vector<Parts> choices(CollectiveKind kind, Bytes bytes) const;
  std::vector<Parts> all_reduces(Bytes bytes) const;
  std::vector<Parts> broadcasts(Bytes bytes) const;
  CollectiveStage stage_of(const Part& part);
  const GroupTraffic& traffic(TrafficShape shape);

  const ClusterNetwork& network_;
  const DeviceGroup& group_;
  std::map<TrafficShape, GroupTraffic> traffic_;  // Made when first asked for; addresses stay.
};

}  // namespace chokepoint
