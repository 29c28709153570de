#include "models/serving/engine_replica.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "models/random.hpp"

namespace chokepoint {
namespace {

constexpr double kSecondsPerTick = 1e-9 / static_cast<double>(kTicksPerNanosecond);

constexpr std::uint64_t kApart = 0x9e3779b97f4a7c15ULL;  // Between seeds of neighbouring ids.

// In [-1, 1), drawn for a request wherever and whenever it runs.
double drawn(std::uint64_t seed, std::uint64_t id) {
  return static_cast<double>(splitmix64(seed + id * kApart) >> 11) * 0x1p-52 - 1.0;
}

}  // namespace

void EngineCounters::add(const EngineCounters& other) {
  steps += other.steps;
  events += other.events;
  prompt_tokens += other.prompt_tokens;
  preemptions += other.preemptions;
  names += other.names;
  hits += other.hits;
  busy += other.busy;
  cache_seconds += other.cache_seconds;
}

EngineReplica::EngineReplica(StepCosts& costs, const EngineRules& rules)
    : costs_(costs),
      rules_(rules),
      batch_(sequences_, rules.block),
      pool_(rules.blocks, rules.host_blocks) {}

std::optional<Nanoseconds> EngineReplica::next_event() const {
  return is_busy_ ? std::optional(nanoseconds_before(end_)) : std::nullopt;
}

std::int64_t EngineReplica::room() const {
  return pool_.capacity() - pool_.referenced() - prefilling_blocks_;
}

std::int64_t EngineReplica::blocks_in_use() const {
  return batch_.blocks_after(0) + prefilling_blocks_ + pool_.referenced();
}

std::span<const std::uint64_t> EngineReplica::names_of(const Sequence& sequence) const {
  const bool shares = rules_.shares_prefixes && !sequence.job.has_cache && !sequence.is_swapped;
  return shares ? std::span<const std::uint64_t>(sequence.job.request.blocks)
                : std::span<const std::uint64_t>();
}

std::uint32_t EngineReplica::blocks_per_name(const Sequence& sequence) const {
  return static_cast<std::uint32_t>(rules_.block.of(sequence.job.request.block_tokens));
}

bool EngineReplica::can_hold(const Job& job) const {
  const Request& request = job.request;
  const std::int64_t gain = ceiling(2 * costs_.accepted(), kSubtokens);
  const std::int64_t whole = rules_.block.of(std::int64_t{request.prompt} + job.output + gain);
  const std::int64_t named =
      std::ssize(request.blocks) * rules_.block.of(std::int64_t{request.block_tokens});
  return std::max(whole, named) + rules_.block.per_sequence <= rules_.blocks_of_one();
}

Subtokens EngineReplica::gain_of(std::uint64_t id) const {
  const Subtokens mean = costs_.accepted();
  if (mean == kSubtokens || rules_.acceptance_spread <= 0) return mean;
  const double factor = 1 + rules_.acceptance_spread * drawn(rules_.seed, id);
  const auto gain = std::llround(static_cast<double>(mean) * factor);
  return std::clamp<Subtokens>(gain, kSubtokens, 2 * mean);
}

std::uint32_t EngineReplica::take_place(Job job, Nanoseconds at) {
  std::uint32_t place = static_cast<std::uint32_t>(sequences_.size());
  if (free_.empty()) {
    sequences_.emplace_back();
  } else {
    place = free_.back();
    free_.pop_back();
  }
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
  return place;
}

bool EngineReplica::submit(Job job, Nanoseconds at) {
  if (!can_hold(job)) return false;
  waiting_.push_back(take_place(std::move(job), at));
  if (!is_busy_) {
    is_busy_ = true;
    start_ = end_ = ticks_of(at);
    steps_ = 0;
    beside_ = 0;
  } else if (steps_ > 1 && waiting_.size() == 1 && running() < rules_.max_sequences) {
    cut(at);
  }
  return true;
}

// The first step that ends at or after `at` is the last.
void EngineReplica::cut(Nanoseconds at) {
  const Ticks date = ticks_of(at);
  std::int64_t before = 0;
  while (steps_ - before > 1) {
    const std::int64_t middle = before + (steps_ - before) / 2;
    (start_ + line_.time(middle, cached_, growth_) < date ? before : steps_) = middle;
  }
  end_ = start_ + line_.time(steps_, cached_, growth_);
}

void EngineReplica::finish(std::vector<Done>& done) {
  assert(is_busy_);
  counters_.steps += steps_;
  ++counters_.events;
  counters_.busy += end_ - start_;
  const Subtokens cached = batch_.cached() + batch_.growth() * (steps_ / 2);
  counters_.cache_seconds += static_cast<double>(cached) / double(kSubtokens) *
                             static_cast<double>(end_ - start_) * kSecondsPerTick;
  if (line_.until > 0) batch_.advance(steps_);
  evict_for(0);
  std::uint32_t at = 0;
  while (batch_.pop_ended(at)) {
    batch_.remove(sequences_[at]);
    end(at);
  }
  end_prompts();
  deliver(done);
  plan();
}

void EngineReplica::end_prompts() {
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
      sequence.first = end_;
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

void EngineReplica::end(std::uint32_t at) {
  Sequence& sequence = sequences_[at];
  if (sequence.holds_names) pool_.release(sequence.job.request.blocks);
  ended_.push_back(at);
}

// What passes between a first token in the engine and at its client.
Nanoseconds EngineReplica::lag() {
  const Sequence& first = sequences_[firsts_.front()];
  const std::int64_t size = std::max<std::int64_t>(batch_.size(), 1);
  const Subtokens cached = batch_.is_empty() ? first.context : batch_.cached();
  const Ticks step = costs_.decode(size, cached).time(1, cached, 0);
  const double steps = static_cast<double>(step) * rules_.first_token_steps;
  return rules_.first_token + nanoseconds_before(static_cast<Ticks>(std::llround(steps)));
}

void EngineReplica::deliver(std::vector<Done>& done) {
  if (!firsts_.empty()) {
    const Nanoseconds each = lag();
    for (const std::uint32_t at : firsts_) {
      Sequence& sequence = sequences_[at];
      const Ticks alone = costs_.group_wait(sequence.job.request.prompt);
      sequence.lag = each + nanoseconds_before(alone);
    }
    firsts_.clear();
  }
  for (const std::uint32_t at : ended_) {
    Sequence& sequence = sequences_[at];
    Done made;
    made.submitted = sequence.submitted;
    const bool is_second = sequence.job.has_cache;
    made.scheduled = is_second ? sequence.job.scheduled : nanosecond_after(sequence.scheduled);
    made.first =
        is_second ? sequence.job.first_token : nanosecond_after(sequence.first) + sequence.lag;
    made.lag = sequence.lag;
    made.last = nanosecond_after(end_) + sequence.lag;
    made.preemptions = sequence.preemptions;
    made.job = std::move(sequence.job);
    done.push_back(std::move(made));
    free_.push_back(at);
  }
  ended_.clear();
}

void EngineReplica::plan() {
  work_ = {};
  copied_ = 0;
  const bool preempted = make_growth_fit();
  evict_for(1);
  std::int64_t budget = rules_.token_budget;
  if (rules_.budget_counts_decoding) budget -= batch_.size();
  read_on(budget);
  while (!preempted && !waiting_.empty() && admit(budget)) {
  }
  start(preempted && !waiting_.empty());
}

bool EngineReplica::make_growth_fit() {
  bool preempted = false;
  while (!batch_.is_empty() && !batch_.fits(1, room())) {
    preempt(latest());
    preempted = true;
  }
  return preempted;
}

std::uint32_t EngineReplica::latest() const {
  const auto& members = batch_.members();
  const auto is_earlier = [&](std::uint32_t a, std::uint32_t b) {
    return sequences_[a].order < sequences_[b].order;
  };
  const std::uint32_t decoding = *std::max_element(members.begin(), members.end(), is_earlier);
  if (prefilling_.empty() || is_earlier(prefilling_.back(), decoding)) return decoding;
  return prefilling_.back();
}

void EngineReplica::preempt(std::uint32_t at) {
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
    const std::int64_t whole = sequence.read / sequence.job.request.block_tokens;
    if (was_reading) pool_.forget(names.subspan(static_cast<std::size_t>(whole)));
  }
  sequence.holds_names = false;
  sequence.named = 0;
  const std::int64_t blocks = rules_.block.owned(sequence, sequence.context);
  sequence.is_swapped = !was_reading && swapped_blocks_ + blocks <= rules_.swap_blocks;
  if (sequence.is_swapped) {
    sequence.counted = blocks;
    swapped_blocks_ += blocks;
    copied_ += blocks;
  } else {
    sequence.to_read = sequence.job.request.prompt + ceiling(sequence.generated, kSubtokens);
    sequence.read = 0;
  }
  ++sequence.preemptions;
  ++counters_.preemptions;
  waiting_.push_front(at);
}

void EngineReplica::read_chunk(std::uint32_t at, std::int64_t& budget) {
  Sequence& sequence = sequences_[at];
  const std::int64_t tokens = std::min(sequence.to_read - sequence.read, budget);
  budget -= tokens;
  work_.add(sequence.read, tokens);
  counters_.prompt_tokens += tokens;
  chunks_.push_back({at, tokens});
}

void EngineReplica::read_on(std::int64_t& budget) {
  for (const std::uint32_t at : prefilling_) {
    if (budget <= 0) return;
    read_chunk(at, budget);
  }
}

void EngineReplica::look_up(Sequence& sequence, const BlockPool::Match& match) {
  const auto names = names_of(sequence);
  const std::int64_t found = match.device + match.host;
  pool_.acquire(names, blocks_per_name(sequence));
  sequence.holds_names = !names.empty();
  copied_ += match.host_blocks;
  const Request& request = sequence.job.request;
  const std::int64_t held = std::min<std::int64_t>(found * request.block_tokens, request.prompt);
  sequence.read = std::min(held, sequence.to_read - 1);
  if (sequence.scheduled >= 0) return;
  counters_.names += std::ssize(names);
  counters_.hits += found;
}

// The head of the queue, where there is room for it.
bool EngineReplica::admit(std::int64_t& budget) {
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
    if (sequence.is_swapped) {
      copied_ += sequence.counted;
      swapped_blocks_ -= sequence.counted;
      sequence.is_swapped = false;
    }
    batch_.add(sequence, at);
  } else {
    sequence.counted = owned;
    prefilling_blocks_ += owned;
    prefilling_.push_back(at);
    look_up(sequence, match);
    read_chunk(at, budget);
  }
  if (sequence.scheduled < 0) sequence.scheduled = end_;
  evict_for(1);
  return true;
}

// Shared blocks that nobody uses make room for those of all once `steps` more are done.
void EngineReplica::evict_for(std::int64_t steps) {
  if (pool_.unreferenced() == 0 || batch_.fits(steps, room() - pool_.unreferenced())) return;
  pool_.make_room(batch_.blocks_after(steps) + prefilling_blocks_);
}

void EngineReplica::start(bool looks_again) {
  start_ = end_;
  is_busy_ = running() > 0;
  assert(is_busy_ || waiting_.empty());
  if (!is_busy_) return;
  const bool waits = rules_.reads_alone && work_.tokens > 0;
  const bool decodes = !batch_.is_empty() && !waits;
  cached_ = batch_.cached();
  growth_ = batch_.growth();
  line_ = decodes ? costs_.decode(batch_.size(), cached_) : DecodeLine{};
  beside_ = costs_.prefill(work_, !batch_.is_empty()) + copied_ * rules_.copy_per_block;
  steps_ = 1;
  if (work_.tokens == 0 && copied_ == 0 && !looks_again) {
    const std::int64_t on_line = ceiling(line_.until - cached_, growth_);
    steps_ = std::min({batch_.steps_to_end(), on_line, rules_.most_steps});
    steps_ = batch_.steps_that_fit(steps_, room());
  }
  end_ = start_ + line_.time(steps_, cached_, growth_) + beside_;
}

std::vector<Job> EngineReplica::fail(Nanoseconds at) {
  std::vector<std::uint32_t> lost(batch_.members());
  lost.insert(lost.end(), prefilling_.begin(), prefilling_.end());
  std::sort(lost.begin(), lost.end(), [&](std::uint32_t a, std::uint32_t b) {
    return sequences_[a].order < sequences_[b].order;
  });
  lost.insert(lost.end(), waiting_.begin(), waiting_.end());
  std::vector<Job> jobs;
  for (const std::uint32_t each : lost) {
    jobs.push_back(std::move(sequences_[each].job));
    ++sequences_[each].epoch;
    free_.push_back(each);
  }
  if (is_busy_ && ticks_of(at) > start_) counters_.busy += ticks_of(at) - start_;
  batch_.clear();
  waiting_.clear();
  prefilling_.clear();
  chunks_.clear();
  pool_.clear();
  prefilling_blocks_ = swapped_blocks_ = 0;
  is_busy_ = false;
  return jobs;
}

}  // namespace chokepoint
