#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <vector>

#include "models/serving/block_pool.hpp"
#include "models/serving/decoding_batch.hpp"
#include "models/serving/sequence.hpp"
#include "models/serving/step_cost.hpp"

namespace chokepoint {

/// How an engine schedules, and what it has. Of all attention groups of a replica together.
struct EngineRules {
  std::int64_t blocks = 0;  ///< Of cache.
  std::int64_t groups = 1;  ///< Of attention, with equal shares of the blocks; at least 1.
  BlockSize block;
  std::int64_t host_blocks = 0;         ///< Of the host tier, where named blocks go when evicted.
  std::int64_t swap_blocks = 0;         ///< On the host for those who are preempted; 0: recompute.
  Ticks copy_per_block = 0;             ///< Between device and host.
  std::int64_t token_budget = 8192;     ///< Of one step.
  bool budget_counts_decoding = false;  ///< Each sequence that decodes takes a token of it.
  /// A step that reads prompts does nothing else, and those who decode wait; else it does both.
  bool reads_alone = false;
  std::int64_t max_sequences = 2048;  ///< Admitted at once.
  double reserved_answer = 0;         ///< Share of an answer for which cache is set aside.
  double watermark = 0;               ///< Share of blocks that admission leaves free.
  bool shares_prefixes = true;
  /// Each sequence's gain per step is drawn from 1 -+ this of the mean gain, by seed and id.
  double acceptance_spread = 0;
  std::uint64_t seed = 0;
  Nanoseconds first_token = 0;   ///< Server and network, before a client sees tokens.
  double first_token_steps = 0;  ///< Steps of decoding that pass as well.
  std::int64_t most_steps = std::int64_t{1} << 40;  ///< Per event; 1: iteration by iteration.

  /// Blocks that one sequence can have at most, as it is whole in one group.
  std::int64_t blocks_of_one() const { return blocks / groups; }
};

/// What a replica did of a job.
struct Done {
  Job job;
  Nanoseconds submitted = 0;
  Nanoseconds scheduled = 0;  ///< First admitted.
  Nanoseconds first = 0;      ///< First token at the client.
  Nanoseconds last = 0;       ///< Last token at the client.
  Nanoseconds lag = 0;        ///< Of both, behind the engine.
  std::uint32_t preemptions = 0;
};

/// What a replica did in all.
struct EngineCounters {
  std::int64_t steps = 0, events = 0;
  std::int64_t prompt_tokens = 0;  ///< Read, again where cache was lost.
  std::int64_t preemptions = 0;
  std::int64_t names = 0, hits = 0;  ///< Blocks with names of admitted prompts, and those found.
  Ticks busy = 0;
  double cache_seconds = 0;  ///< Tokens in the cache of those that decode, times seconds.

  void add(const EngineCounters& other);
};

/// One replica of a model, as its engine runs it: at every step running sequences go first, each
/// with its next token or its next chunk of prompt, then waiting ones in order of arrival as cache,
/// budget and number allow. Where cache runs out the latest admitted is preempted, to be read again
/// or swapped, and goes to the head of the queue; nobody is admitted in that step.
///
/// Steps alike are one event: until somebody ends, the cost leaves its line, cache runs out, or an
/// arrival may be admitted, which cuts at the next step. Times are those of EngineRules with
/// most_steps = 1, to the tick.
///
/// Dates: the owner calls finish() when next_event() is the earliest date of all, arrivals of the
/// same nanosecond first.
class EngineReplica {
public:
  /// `costs` is shared by replicas of a kind, and outlives them.
  EngineReplica(StepCosts& costs, const EngineRules& rules);
  EngineReplica(const EngineReplica&) = delete;
  EngineReplica& operator=(const EngineReplica&) = delete;

  /// Takes a job; false where its whole cache would never fit. Requires: `at` not before the last
  /// event.
  bool submit(Job job, Nanoseconds at);

  /// When something changes next; nothing while it idles. Only submit() makes it earlier.
  std::optional<Nanoseconds> next_event() const;

  /// Ends the steps under way and starts the next; those who have all tokens are added to `done`.
  /// Requires: next_event().
  void finish(std::vector<Done>& done);

  /// Loses everything that it holds, as in a failure at `at`; its jobs, in order of admission, then
  /// of the queue.
  std::vector<Job> fail(Nanoseconds at);

  std::int64_t outstanding() const { return running() + waiting(); }
  std::int64_t running() const { return batch_.size() + std::ssize(prefilling_); }
  std::int64_t waiting() const { return std::ssize(waiting_); }
  const EngineCounters& counters() const { return counters_; }
  const EngineRules& rules() const { return rules_; }
  /// Blocks owned by those who run, and shared ones that they use; the laws ask.
  std::int64_t blocks_in_use() const;

private:
  struct Chunk {
    std::uint32_t at;
    std::int64_t tokens;
  };

  bool can_hold(const Job& job) const;
  std::uint32_t take_place(Job job, Nanoseconds at);
  Subtokens gain_of(std::uint64_t id) const;
  std::span<const std::uint64_t> names_of(const Sequence& sequence) const;
  std::uint32_t blocks_per_name(const Sequence& sequence) const;
  void cut(Nanoseconds at);

  void plan();
  bool make_growth_fit();
  std::uint32_t latest() const;
  void preempt(std::uint32_t at);
  void read_on(std::int64_t& budget);
  bool admit(std::int64_t& budget);
  void look_up(Sequence& sequence, const BlockPool::Match& match);
  void read_chunk(std::uint32_t at, std::int64_t& budget);
  void evict_for(std::int64_t steps);
  std::int64_t room() const;
  void start(bool looks_again);

  void end_prompts();
  void end(std::uint32_t at);
  void deliver(std::vector<Done>& done);
  Nanoseconds lag();

  StepCosts& costs_;
  EngineRules rules_;
  std::vector<Sequence> sequences_;
  std::vector<std::uint32_t> free_;
  std::deque<std::uint32_t> waiting_, prefilling_;
  DecodingBatch batch_;
  BlockPool pool_;
  std::int64_t prefilling_blocks_ = 0;  // Of their own.
  std::int64_t swapped_blocks_ = 0;
  std::int64_t admissions_ = 0;

  // Steps under way.
  bool is_busy_ = false;
  std::int64_t steps_ = 0;
  DecodeLine line_;
  Ticks start_ = 0, end_ = 0, beside_ = 0;
  Subtokens cached_ = 0, growth_ = 0;
  PromptWork work_;
  std::int64_t copied_ = 0;
  std::vector<Chunk> chunks_;
  std::vector<std::uint32_t> firsts_, ended_;
  EngineCounters counters_;
};

}  // namespace chokepoint
