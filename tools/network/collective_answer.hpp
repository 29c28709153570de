#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/network/bisection.hpp"
#include "sim/network/flow_player.hpp"
#include "tools/network/collective_question.hpp"
#include "tools/print/json_value.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// play_flows(), for those who have no simulation to link.
using PlayFlows = std::vector<PlayedJob> (*)(const NetworkGraph& graph,
                                             const std::vector<FlowJob>& jobs);

/// What a collective takes, by closed form and as flows.
class CollectiveAnswer {
public:
  /// Both must outlive it. Requires: refusal_of() nothing for each job of `subject`.
  CollectiveAnswer(const CollectiveSubject& subject, const ClusterNetwork& network);
  CollectiveAnswer(const CollectiveAnswer&) = delete;
  CollectiveAnswer& operator=(const CollectiveAnswer&) = delete;

  /// Plays it as flows: alone, and where the subject has others beside it, with these going on.
  void play(PlayFlows player);

  /// More flows than this at once take minutes.
  static constexpr std::size_t kMostFlows = 20'000;
  /// That play() has under way at most: of each job's stage with most of them, without twins.
  std::size_t flows() const;

  const CollectivePlan& plan() const { return plan_; }
  /// Unset before play(), or without company.
  const std::optional<Seconds>& alone() const { return alone_; }
  const std::optional<Seconds>& beside() const { return beside_; }

  std::string text() const;
  JsonValue json() const;

private:
  Table stage_table() const;
  Table time_table() const;
  /// The lane whose bytes take longest, over all stages, or that hops do.
  std::string binding() const;

  const CollectiveSubject& subject_;
  const ClusterNetwork& network_;
  DeviceGroup group_;
  GroupCollectives collectives_;
  CollectivePlan plan_;
  std::optional<Seconds> alone_, beside_;
};

}  // namespace chokepoint
