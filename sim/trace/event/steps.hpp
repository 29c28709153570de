#pragma once

#include <cstdint>

#include "models/ids.hpp"
#include "models/training/step/step_kinds.hpp"
#include "models/training/step_part.hpp"
#include "models/units.hpp"
#include "sim/trace/event/timeline.hpp"

namespace chokepoint {

/// A training step that is told operation by operation begins, laid out over devices.
struct StepBegan {
  static constexpr TraceLevel kLevel = TraceLevel::Job;
  static constexpr Timeline kTimeline = Timeline::SliceBegin;
  Seconds time;
  JobId job;
  int tensor = 1, pipeline = 1, context = 1, data = 1;  ///< Their product is the devices.
  int expert = 1;                                       ///< Parts that experts are spread in.
  int expert_division = 1;  ///< Devices beside each other that divide each of them.
  int chunks = 1;           ///< Of layers per device.
  int microbatches = 1;
  bool operator==(const StepBegan&) const = default;
};
struct StepEnded {
  static constexpr TraceLevel kLevel = TraceLevel::Job;
  static constexpr Timeline kTimeline = Timeline::SliceEnd;
  Seconds time;
  JobId job;
  bool operator==(const StepEnded&) const = default;
};
/// The devices of one rank of a pipeline do something by themselves, or wait.
struct OperationBegan {
  static constexpr TraceLevel kLevel = TraceLevel::Job;
  static constexpr Timeline kTimeline = Timeline::SliceBegin;
  Seconds time;
  JobId job;
  int rank = 0;              ///< Of the pipeline.
  std::uint64_t number = 0;  ///< Of all operations and exchanges of the rank, as they begin.
  StepPart part = StepPart::Products;
  StepBusy busy = StepBusy::Device;
  StepPass pass = StepPass::None;
  int microbatch = 0, chunk = 0;
  Flops operations;       ///< Of one device; a multiply-add is two.
  Bytes bytes;            ///< Through its memory.
  double rate_share = 0;  ///< Of the rate of large products; 0: there are none.
  bool operator==(const OperationBegan&) const = default;
};
struct OperationEnded {
  static constexpr TraceLevel kLevel = TraceLevel::Job;
  static constexpr Timeline kTimeline = Timeline::SliceEnd;
  Seconds time;
  JobId job;
  int rank = 0;
  std::uint64_t number = 0;
  bool operator==(const OperationEnded&) const = default;
};
/// The devices of one rank of a pipeline exchange data with others.
struct ExchangeBegan {
  static constexpr TraceLevel kLevel = TraceLevel::Job;
  static constexpr Timeline kTimeline = Timeline::SliceBegin;
  Seconds time;
  JobId job;
  int rank = 0;
  std::uint64_t number = 0;
  StepGroup group = StepGroup::Tensor;
  bool is_hidden = false;  ///< Beside computing; what stands after it does not wait for it.
  StepPart part = StepPart::TensorExchange;
  StepExchange what = StepExchange::AllReduce;
  StepPass pass = StepPass::None;
  int microbatch = 0, chunk = 0;
  Bytes bytes;   ///< Of one device, that go in: of a gathering its part of the result.
  int peer = 0;  ///< Of a message: the other rank of the pipeline.
  bool operator==(const ExchangeBegan&) const = default;
};
struct ExchangeEnded {
  static constexpr TraceLevel kLevel = TraceLevel::Job;
  static constexpr Timeline kTimeline = Timeline::SliceEnd;
  Seconds time;
  JobId job;
  int rank = 0;
  std::uint64_t number = 0;
  StepGroup group = StepGroup::Tensor;
  bool is_hidden = false;
  bool operator==(const ExchangeEnded&) const = default;
};

/// What becomes of one training step, operation by operation.
using StepEvents =
    EventList<StepBegan, StepEnded, OperationBegan, OperationEnded, ExchangeBegan, ExchangeEnded>;

}  // namespace chokepoint
