#include "models/serving/engine_replica.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace chokepoint {

EngineReplica::EngineReplica(StepCosts& costs, const EngineRules& rules)
    : costs_(costs), scheduler_(rules, costs.accepted()) {}

std::optional<Nanoseconds> EngineReplica::next_event() const {
  return is_busy_ ? std::optional(nanoseconds_before(end_)) : std::nullopt;
}

bool EngineReplica::submit(Job job, Nanoseconds at) {
  if (!can_hold(job.request, job.output)) return false;
  scheduler_.enqueue(std::move(job), at);
  if (!is_busy_) {
    is_busy_ = true;
    start_ = end_ = ticks_of(at);
    steps_ = 0;
    beside_ = 0;
  } else if (steps_ > 1 && waiting() == 1 && running() < rules().max_sequences) {
    cut(at);
  }
  return true;
}

// The first step that ends at or after `at` is the last.
void EngineReplica::cut(Nanoseconds at) {
  steps_ = line_.steps_before(ticks_of(at) - start_, steps_ - 1, cached_, growth_) + 1;
  end_ = start_ + line_.time(steps_, cached_, growth_);
}

void EngineReplica::finish(std::vector<Done>& done) {
  assert(is_busy_);
  ++counters_.events;
  counters_.busy += end_ - start_;
  count_steps(steps_);
  scheduler_.finish(line_.until > 0 ? steps_ : 0, end_);
  deliver(done);
  start();
}

// They are whole, and what is beside them is done.
void EngineReplica::count_steps(std::int64_t steps) {
  counters_.steps += steps;
  counters_.held += line_.held(steps, cached_, growth_) + Ticks{cached_} * beside_;
}

// What passes between a first token in the engine and at its client.
Nanoseconds EngineReplica::lag() {
  const DecodingBatch& batch = scheduler_.batch();
  const std::int64_t size = std::max<std::int64_t>(batch.size(), 1);
  const Sequence& first = scheduler_.at(scheduler_.firsts().front());
  const Subtokens cached = batch.is_empty() ? first.context : batch.cached();
  const Ticks step = costs_.decode(size, cached).time(1, cached, 0);
  return rules().first_token + nanoseconds_before(scaled(step, rules().first_token_steps));
}

void EngineReplica::deliver(std::vector<Done>& done) {
  if (!scheduler_.firsts().empty()) {
    const Nanoseconds each = lag();
    for (const std::uint32_t at : scheduler_.firsts()) {
      Sequence& sequence = scheduler_.at(at);
      PromptWork read;
      read.add(sequence.found, sequence.to_read - sequence.found);
      sequence.lag = each + nanoseconds_before(costs_.group_wait(read));
    }
  }
  for (const std::uint32_t at : scheduler_.ended()) {
    Sequence& sequence = scheduler_.at(at);
    Done made;
    made.submitted = sequence.submitted;
    const bool is_second = sequence.job.has_cache;
    made.scheduled = is_second ? sequence.job.scheduled : nanosecond_after(sequence.scheduled);
    made.first =
        is_second ? sequence.job.first_token : nanosecond_after(sequence.first) + sequence.lag;
    made.lag = sequence.lag;
    made.last = nanosecond_after(end_) + sequence.lag;
    made.preemptions = sequence.job.preemptions + sequence.preemptions;
    made.job = std::move(sequence.job);
    done.push_back(std::move(made));
  }
  scheduler_.release_ended();
}

void EngineReplica::start() {
  const StepPlan plan = scheduler_.plan(end_);
  counters_.prompt_tokens += plan.work.tokens;
  counters_.preemptions += plan.preempted;
  counters_.names += plan.names;
  counters_.hits += plan.hits;
  start_ = end_;
  is_busy_ = running() > 0;
  assert(is_busy_ || waiting() == 0);
  if (!is_busy_) return;
  const DecodingBatch& batch = scheduler_.batch();
  const bool waits = rules().reads_alone && plan.work.tokens > 0;
  const bool decodes = !batch.is_empty() && !waits;
  cached_ = batch.cached();
  growth_ = batch.growth();
  line_ = decodes ? costs_.decode(batch.size(), cached_) : DecodeLine{};
  beside_ = costs_.prefill(plan.work, !batch.is_empty()) + plan.copied * rules().copy_per_block;
  steps_ = 1;
  if (plan.only_decodes()) {
    const std::int64_t on_line = ceiling(line_.until - cached_, growth_);
    steps_ = scheduler_.steps_alike(std::min(on_line, rules().most_steps));
  }
  end_ = start_ + line_.time(steps_, cached_, growth_) + beside_;
}

std::vector<Job> EngineReplica::fail(Nanoseconds at) {
  const Ticks date = ticks_of(at);
  if (is_busy_ && date > start_) {
    const std::int64_t whole = line_.steps_before(date - start_, steps_ - 1, cached_, growth_);
    const Ticks rest = date - start_ - line_.time(whole, cached_, growth_);
    counters_.busy += date - start_;
    counters_.steps += whole;
    counters_.held += line_.held(whole, cached_, growth_) + (cached_ + growth_ * whole) * rest;
  }
  is_busy_ = false;
  return scheduler_.give_back();
}

}  // namespace chokepoint
