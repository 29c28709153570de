#pragma once

#include <cstdint>
#include <queue>
#include <vector>

#include "models/serving/sequence.hpp"

namespace chokepoint {

/// The sequences of a replica that decode, in constant time per step: contexts follow from the
/// number of the step, sums are kept, and blocks are bounded from above and counted only where the
/// bound does not do.
class DecodingBatch {
public:
  /// Positions in `sequences` name its members.
  DecodingBatch(std::vector<Sequence>& sequences, BlockSize blocks)
      : sequences_(&sequences), blocks_(blocks) {}

  void add(Sequence& sequence, std::uint32_t at);
  void remove(Sequence& sequence);
  /// All gain `steps` steps.
  void advance(std::int64_t steps);
  void clear();

  std::int64_t size() const { return static_cast<std::int64_t>(members_.size()); }
  bool is_empty() const { return members_.empty(); }
  std::int64_t step() const { return step_; }  ///< Steps so far.
  Subtokens cached() const { return cached_; }
  Subtokens growth() const { return growth_; }  ///< Of the cache, per step.
  const std::vector<std::uint32_t>& members() const { return members_; }

  /// Steps until the first has all of its tokens. Requires: not empty.
  std::int64_t steps_to_end();
  /// Takes the next that has all of its tokens at the present step, in order of admission; false
  /// where there is none.
  bool pop_ended(std::uint32_t& at);

  /// Blocks of their own that all hold once `steps` more are done.
  std::int64_t blocks_after(std::int64_t steps) const;
  /// Whether these are at most `room`; quick where there is plenty.
  bool fits(std::int64_t steps, std::int64_t room);
  /// The most steps, up to `most`, after which they fit into `room`. Requires: one fits.
  std::int64_t steps_that_fit(std::int64_t most, std::int64_t room);

private:
  struct End {
    std::int64_t step, order;
    std::uint32_t at, epoch;
    bool operator<(const End& other) const {  // The earliest is on top.
      return step != other.step ? step > other.step : order > other.order;
    }
  };

  void forget_stale();
  std::int64_t bound_after(std::int64_t steps) const;
  void count_anew();

  std::vector<Sequence>* sequences_;
  BlockSize blocks_;
  std::vector<std::uint32_t> members_;
  std::priority_queue<End> ends_;
  std::int64_t step_ = 0;
  Subtokens cached_ = 0, growth_ = 0;
  std::vector<std::int64_t> counts_;  // Blocks of each member when it was last counted.
  std::int64_t counted_ = 0;          // Their sum.
  Subtokens grown_ = 0;               // Since, by all together at most.
};

}  // namespace chokepoint
