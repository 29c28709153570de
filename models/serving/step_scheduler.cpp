#include "models/serving/step_scheduler.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "models/random.hpp"

namespace chokepoint {
namespace {

constexpr std::uint64_t kApart = 0x9e3779b97f4a7c15ULL;  // Between seeds of neighbouring ids.

// In [-1, 1), drawn for a request wherever and whenever it runs.
double drawn(std::uint64_t seed, std::uint64_t id) {
  return static_cast<double>(splitmix64(seed + id * kApart) >> 11) * 0x1p-52 - 1.0;
}

}  // namespace

StepScheduler::StepScheduler(const EngineRules& rules, Subtokens gain)
    : rules_(rules),
      gain_(gain),
      batch_(sequences_, rules.block),
      pool_(rules.blocks, rules.host_blocks) {}

std::int64_t StepScheduler::room() const {
  return pool_.capacity() - pool_.referenced() - prefilling_blocks_;
}

std::int64_t StepScheduler::blocks_in_use() const {
  return batch_.blocks_after(0) + prefilling_blocks_ + pool_.referenced();
}

std::span<const std::uint64_t> StepScheduler::names_of(const Sequence& sequence) const {
  const bool shares = rules_.shares_prefixes && !sequence.job.has_cache && !sequence.is_swapped;
  return shares ? std::span<const std::uint64_t>(sequence.job.request.blocks)
                : std::span<const std::uint64_t>();
}

std::uint32_t StepScheduler::blocks_per_name(const Sequence& sequence) const {
  return static_cast<std::uint32_t>(rules_.block.of(sequence.job.request.block_tokens));
}

bool StepScheduler::can_hold(const Request& request, std::uint32_t output) const {
  if (rules_.is_too_long(request)) return false;
  const std::int64_t gain = ceiling(2 * gain_, kSubtokens);
  const std::int64_t whole = rules_.block.of(std::int64_t{request.prompt} + output + gain);
  const std::int64_t named =
      std::ssize(request.blocks) * rules_.block.of(std::int64_t{request.block_tokens});
  return std::max(whole, named) + rules_.block.per_sequence <= rules_.blocks_of_one();
}

Subtokens StepScheduler::gain_of(std::uint64_t id) const {
  if (gain_ == kSubtokens || rules_.acceptance_spread <= 0) return gain_;
  const double factor = 1 + rules_.acceptance_spread * drawn(rules_.seed, id);
  const auto gain = std::llround(static_cast<double>(gain_) * factor);
  return std::clamp<Subtokens>(gain, kSubtokens, 2 * gain_);
}

std::uint32_t StepScheduler::free_place() {
  if (free_.empty()) {
    sequences_.emplace_back();
    return static_cast<std::uint32_t>(sequences_.size() - 1);
  }
  const std::uint32_t place = free_.back();
  free_.pop_back();
  return place;
}

void StepScheduler::enqueue(Job job, Nanoseconds at) {
  const std::uint32_t place = free_place();
  Sequence& made = sequences_[place];
  const std::uint32_t epoch = made.epoch + 1;
  made = {};
  made.epoch = epoch;
  made.submitted = at;
  made.rate = gain_of(job.request.id);
  made.to_read = job.request.prompt;
  made.reserved = job.request.prompt + std::llround(std::ceil(rules_.reserved_answer * job.output));
  if (job.has_cache) {
    made.context = Subtokens{job.request.prompt} * kSubtokens;
    made.generated = kSubtokens;
    made.first = ticks_of(job.first_token);
    made.lag = job.lag;
  }
  made.job = std::move(job);
  waiting_.push_back(place);
}

void StepScheduler::finish(std::int64_t steps, Ticks now) {
  firsts_.clear();
  batch_.advance(steps);
  evict_for(0);
  std::uint32_t at = 0;
  while (batch_.pop_ended(at)) {
    batch_.remove(sequences_[at]);
    end(at);
  }
  end_prompts(now);
}

void StepScheduler::end_prompts(Ticks now) {
  for (const Chunk& chunk : chunks_) {
    Sequence& sequence = sequences_[chunk.at];
    sequence.read += chunk.tokens;
    if (sequence.read < sequence.to_read) continue;
    assert(prefilling_.front() == chunk.at);
    prefilling_.pop_front();
    prefilling_blocks_ -= sequence.counted;
    sequence.context = sequence.to_read * kSubtokens;
    sequence.generated += kSubtokens;
    if (sequence.first < 0) {
      sequence.first = now;
      firsts_.push_back(chunk.at);
    }
    if (sequence.generated >= Subtokens{sequence.job.output} * kSubtokens) {
      end(chunk.at);
    } else {
      batch_.add(sequence, chunk.at);
    }
  }
  chunks_.clear();
}

void StepScheduler::end(std::uint32_t at) {
  Sequence& sequence = sequences_[at];
  if (sequence.holds_names) pool_.release(sequence.job.request.blocks);
  ended_.push_back(at);
}

void StepScheduler::release_ended() {
  for (const std::uint32_t at : ended_) free_.push_back(at);
  ended_.clear();
}

StepPlan StepScheduler::plan(Ticks now) {
  plan_ = {};
  const bool preempted = make_growth_fit();
  evict_for(1);
  std::int64_t budget = rules_.token_budget;
  if (rules_.budget_counts_decoding) budget -= batch_.size();
  read_on(budget);
  while (!preempted && !waiting_.empty() && admit(budget, now)) {
  }
  plan_.looks_again = preempted && !waiting_.empty();
  return plan_;
}

std::int64_t StepScheduler::steps_alike(std::int64_t most) {
  return batch_.steps_that_fit(std::min(most, batch_.steps_to_end()), room());
}

bool StepScheduler::make_growth_fit() {
  bool preempted = false;
  while (!batch_.is_empty() && !batch_.fits(1, room())) {
    preempt(latest());
    preempted = true;
  }
  return preempted;
}

std::uint32_t StepScheduler::latest() const {
  const auto& members = batch_.members();
  const auto is_earlier = [&](std::uint32_t a, std::uint32_t b) {
    return sequences_[a].order < sequences_[b].order;
  };
  const std::uint32_t decoding = *std::max_element(members.begin(), members.end(), is_earlier);
  if (prefilling_.empty() || is_earlier(prefilling_.back(), decoding)) return decoding;
  return prefilling_.back();
}

void StepScheduler::preempt(std::uint32_t at) {
  Sequence& sequence = sequences_[at];
  const bool was_reading = !prefilling_.empty() && prefilling_.back() == at;
  if (was_reading) {
    prefilling_.pop_back();
    prefilling_blocks_ -= sequence.counted;
  } else {
    batch_.remove(sequence);
  }
  if (sequence.holds_names) {
    const std::span<const std::uint64_t> names(sequence.job.request.blocks);
    pool_.release(names);
    // Of an answer that is read again the prompt alone has names.
    const std::int64_t whole =
        std::min(sequence.read / sequence.job.request.block_tokens, std::ssize(names));
    if (was_reading) pool_.forget(names.subspan(static_cast<std::size_t>(whole)));
  }
  sequence.holds_names = false;
  sequence.named = 0;
  const std::int64_t blocks = rules_.block.owned(sequence, sequence.context);
  sequence.is_swapped = !was_reading && swapped_blocks_ + blocks <= rules_.swap_blocks;
  if (sequence.is_swapped) {
    sequence.counted = blocks;
    swapped_blocks_ += blocks;
    plan_.copied += blocks;
  } else {
    sequence.to_read = sequence.job.request.prompt + ceiling(sequence.generated, kSubtokens);
    sequence.read = 0;
  }
  ++sequence.preemptions;
  ++plan_.preempted;
  waiting_.push_front(at);
}

void StepScheduler::read_chunk(std::uint32_t at, std::int64_t& budget) {
  Sequence& sequence = sequences_[at];
  const std::int64_t tokens = std::min(sequence.to_read - sequence.read, budget);
  budget -= tokens;
  plan_.work.add(sequence.read, tokens);
  chunks_.push_back({at, tokens});
}

void StepScheduler::read_on(std::int64_t& budget) {
  for (const std::uint32_t at : prefilling_) {
    if (budget <= 0) return;
    read_chunk(at, budget);
  }
}

void StepScheduler::look_up(Sequence& sequence, const BlockPool::Match& match) {
  const auto names = names_of(sequence);
  const std::int64_t found = match.device + match.host;
  pool_.acquire(names, blocks_per_name(sequence));
  sequence.holds_names = !names.empty();
  plan_.copied += match.host_blocks;
  const Request& request = sequence.job.request;
  const std::int64_t held = std::min<std::int64_t>(found * request.block_tokens, request.prompt);
  sequence.read = sequence.found = std::min(held, sequence.to_read - 1);
  if (sequence.scheduled >= 0) return;
  plan_.names += std::ssize(names);
  plan_.hits += found;
}

// It decodes at once, with the cache that it has.
void StepScheduler::take_cache_along(Sequence& sequence, std::uint32_t at) {
  if (sequence.is_swapped) {
    plan_.copied += sequence.counted;
    swapped_blocks_ -= sequence.counted;
    sequence.is_swapped = false;
  }
  batch_.add(sequence, at);
}

// The head of the queue, where there is room for it.
bool StepScheduler::admit(std::int64_t& budget, Ticks now) {
  const std::uint32_t at = waiting_.front();
  Sequence& sequence = sequences_[at];
  const bool keeps_cache =
      sequence.is_swapped || (sequence.job.has_cache && sequence.preemptions == 0);
  if (running() >= rules_.max_sequences || (!keeps_cache && budget <= 0)) return false;
  const auto names = keeps_cache ? std::span<const std::uint64_t>() : names_of(sequence);
  const std::uint32_t each = names.empty() ? 0 : blocks_per_name(sequence);
  const BlockPool::Match match = pool_.match(names, each);
  sequence.named = std::ssize(names) * each;
  const Subtokens context =
      keeps_cache ? sequence.context + sequence.rate : sequence.to_read * kSubtokens;
  const std::int64_t owned = rules_.block.owned(sequence, context);
  const double left = running() > 0 ? rules_.watermark * static_cast<double>(rules_.blocks) : 0;
  const std::int64_t needed = owned + match.to_refer + std::llround(std::ceil(left));
  if (!batch_.fits(1, room() - needed)) return false;
  waiting_.pop_front();
  sequence.order = admissions_++;
  if (keeps_cache) {
    take_cache_along(sequence, at);
  } else {
    sequence.counted = owned;
    prefilling_blocks_ += owned;
    prefilling_.push_back(at);
    look_up(sequence, match);
    read_chunk(at, budget);
  }
  if (sequence.scheduled < 0) sequence.scheduled = now;
  evict_for(1);
  return true;
}

// Shared blocks that nobody uses make room for those of all once `steps` more are done.
void StepScheduler::evict_for(std::int64_t steps) {
  if (pool_.unreferenced() == 0 || batch_.fits(steps, room() - pool_.unreferenced())) return;
  pool_.make_room(batch_.blocks_after(steps) + prefilling_blocks_);
}

std::vector<Job> StepScheduler::give_back() {
  std::vector<std::uint32_t> lost(batch_.members());
  lost.insert(lost.end(), prefilling_.begin(), prefilling_.end());
  std::sort(lost.begin(), lost.end(), [&](std::uint32_t a, std::uint32_t b) {
    return sequences_[a].order < sequences_[b].order;
  });
  lost.insert(lost.end(), waiting_.begin(), waiting_.end());
  std::vector<Job> jobs;
  for (const std::uint32_t each : lost) {
    Sequence& sequence = sequences_[each];
    sequence.job.preemptions += sequence.preemptions;
    jobs.push_back(std::move(sequence.job));
    ++sequence.epoch;
    free_.push_back(each);
  }
  batch_.clear();
  waiting_.clear();
  prefilling_.clear();
  chunks_.clear();
  pool_.clear();
  prefilling_blocks_ = swapped_blocks_ = 0;
  return jobs;
}

}  // namespace chokepoint
