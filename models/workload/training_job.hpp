#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "models/ids.hpp"
#include "models/sourced.hpp"
#include "models/units.hpp"
#include "models/workload/transformer.hpp"

namespace chokepoint {

/// A training programme: one run of one model that needs a gang of nodes in one pool.
struct TrainingJob {
  std::string name;
  OrgId owner;
  TransformerId transformer;
  Sourced<Tokens> tokens;
  double sequence_tokens = 4096;
  Moment submitted;
  int devices = 0;
  std::vector<PoolId> pools;  ///< In order of preference.
  Seconds checkpoint_period = 24_hours;
  bool has_period = false;  ///< Somebody wrote that; it holds where the job may be stopped as well.
  std::optional<SiteId> checkpoint_copy;
  double pace = 1.0;  ///< Tokens a second over those of a job that is placed on the first day.
};

/// What is left of a job, and the next segment of it.
struct Segment {
  Tokens tokens;     ///< Trained in this segment; 0 when the job is done.
  Seconds duration;  ///< At the given throughput.
};

/// The segment from `done` to the next checkpoint or to the end, whichever comes first, at a gang's
/// `throughput`. Less than 1e-12 of the job left is rounding and counts as done.
/// Requires: throughput positive.
Segment next_segment(const TrainingJob& job, Tokens done, TokensPerSecond throughput);

/// Size of one checkpoint: bf16 weights, fp32 master weights and two Adam moments, 14 bytes per
/// parameter. Source: Rajbhandari et al., "ZeRO", SC 2020, section 3.1, less the gradients.
Bytes checkpoint_size(const Transformer& model);

}  // namespace chokepoint
