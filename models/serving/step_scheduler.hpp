#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "models/serving/block_pool.hpp"
#include "models/serving/decoding_batch.hpp"
#include "models/serving/engine_rules.hpp"
#include "models/serving/sequence.hpp"
#include "models/serving/step_cost.hpp"

namespace chokepoint {

/// What the next step does besides decoding.
struct StepPlan {
  PromptWork work;                   ///< Parts of prompts that it reads.
  std::int64_t copied = 0;           ///< Blocks between device and host.
  std::int64_t preempted = 0;        ///< Sequences.
  std::int64_t names = 0, hits = 0;  ///< Blocks with names of prompts first admitted, and found.
  bool looks_again = false;          ///< Some wait who were not looked at, since cache ran out.

  /// Whether steps that follow would be alike.
  bool only_decodes() const { return work.tokens == 0 && copied == 0 && !looks_again; }
};

/// Who is served in the next step of an engine, and in which cache: running sequences go first,
/// each with its next token or its next chunk of prompt, then waiting ones in order of arrival as
/// cache, budget and number allow. Where cache runs out the latest admitted is preempted, to be
/// read again or swapped, and goes to the head of the queue; nobody is admitted in that step.
///
/// Knows no cost. The owner alternates plan() and finish(), and releases those that ended.
class StepScheduler {
public:
  /// `gain`: mean subtokens that a sequence gains per step.
  StepScheduler(const EngineRules& rules, Subtokens gain);
  StepScheduler(const StepScheduler&) = delete;
  StepScheduler& operator=(const StepScheduler&) = delete;

  /// Whether the whole cache of a request fits that makes `output` tokens here, were it alone.
  bool can_hold(const Request& request, std::uint32_t output) const;
  /// Puts a job at the end of the queue. Requires: can_hold().
  void enqueue(Job job, Nanoseconds at);

  /// Decides what the step does that starts at `now`.
  StepPlan plan(Ticks now);
  /// Further steps that only decode, `most` of them or fewer, until somebody ends or cache runs
  /// out. Requires: somebody decodes.
  std::int64_t steps_alike(std::int64_t most);
  /// What was planned is done at `now`: all that decode gained `steps` steps, chunks are read.
  void finish(std::int64_t steps, Ticks now);

  /// Who made a first token, and who all of them, in the last finish().
  const std::vector<std::uint32_t>& firsts() const { return firsts_; }
  const std::vector<std::uint32_t>& ended() const { return ended_; }
  Sequence& at(std::uint32_t place) { return sequences_[place]; }
  /// The owner has what it needs of those that ended.
  void release_ended();

  /// Loses everything, as in a failure; its jobs, in order of admission, then of the queue.
  std::vector<Job> give_back();

  const EngineRules& rules() const { return rules_; }
  std::int64_t running() const { return batch_.size() + std::ssize(prefilling_); }
  std::int64_t waiting() const { return std::ssize(waiting_); }
  /// Those that decode.
  const DecodingBatch& batch() const { return batch_; }
  /// Blocks owned by those who run, and shared ones that they use.
  std::int64_t blocks_in_use() const;

private:
  struct Chunk {
    std::uint32_t at;
    std::int64_t tokens;
  };

  std::uint32_t free_place();
  Subtokens gain_of(std::uint64_t id) const;
  std::span<const std::uint64_t> names_of(const Sequence& sequence) const;
  std::uint32_t blocks_per_name(const Sequence& sequence) const;
  std::int64_t room() const;

  bool make_growth_fit();
  std::uint32_t latest() const;
  void preempt(std::uint32_t at);
  void read_on(std::int64_t& budget);
  bool admit(std::int64_t& budget, Ticks now);
  void take_cache_along(Sequence& sequence, std::uint32_t at);
  void look_up(Sequence& sequence, const BlockPool::Match& match);
  void read_chunk(std::uint32_t at, std::int64_t& budget);
  void evict_for(std::int64_t steps);
  void end_prompts(Ticks now);
  void end(std::uint32_t at);

  EngineRules rules_;
  Subtokens gain_;
  std::vector<Sequence> sequences_;
  std::vector<std::uint32_t> free_;
  std::deque<std::uint32_t> waiting_, prefilling_;
  DecodingBatch batch_;
  BlockPool pool_;
  std::int64_t prefilling_blocks_ = 0;  // Of their own.
  std::int64_t swapped_blocks_ = 0;
  std::int64_t admissions_ = 0;
  StepPlan plan_;
  std::vector<Chunk> chunks_;
  std::vector<std::uint32_t> firsts_, ended_;
};

}  // namespace chokepoint
