#include "models/serving/decoding_batch.hpp"

#include <cassert>

namespace chokepoint {

void DecodingBatch::add(Sequence& sequence, std::uint32_t at) {
  sequence.since = step_;
  sequence.place = static_cast<std::uint32_t>(members_.size());
  members_.push_back(at);
  counts_.push_back(blocks_.owned(sequence, sequence.context));
  counted_ += counts_.back();
  cached_ += sequence.context;
  growth_ += sequence.rate;
  const Subtokens left = sequence.job.output * kSubtokens - sequence.generated;
  ends_.push({step_ + ceiling(left, sequence.rate), sequence.order, at, sequence.epoch});
}

void DecodingBatch::remove(Sequence& sequence) {
  const std::uint32_t place = sequence.place;
  sequence.context = sequence.context_at(step_);
  sequence.generated = sequence.generated_at(step_);
  sequence.since = step_;
  ++sequence.epoch;
  cached_ -= sequence.context;
  growth_ -= sequence.rate;
  counted_ -= counts_[place];
  members_[place] = members_.back();
  counts_[place] = counts_.back();
  members_.pop_back();
  counts_.pop_back();
  if (place < members_.size()) (*sequences_)[members_[place]].place = place;
}

void DecodingBatch::advance(std::int64_t steps) {
  step_ += steps;
  cached_ += growth_ * steps;
  grown_ += growth_ * steps;
}

void DecodingBatch::clear() {
  *this = DecodingBatch(*sequences_, blocks_);
}

void DecodingBatch::forget_stale() {
  while (!ends_.empty() && (*sequences_)[ends_.top().at].epoch != ends_.top().epoch) ends_.pop();
}

std::int64_t DecodingBatch::steps_to_end() {
  forget_stale();
  assert(!ends_.empty());
  return ends_.top().step - step_;
}

bool DecodingBatch::pop_ended(std::uint32_t& at) {
  forget_stale();
  if (ends_.empty() || ends_.top().step > step_) return false;
  at = ends_.top().at;
  ends_.pop();
  return true;
}

std::int64_t DecodingBatch::blocks_after(std::int64_t steps) const {
  std::int64_t sum = 0;
  for (const std::uint32_t at : members_) {
    const Sequence& sequence = (*sequences_)[at];
    sum += blocks_.owned(sequence, sequence.context_at(step_ + steps));
  }
  return sum;
}

// What grows by x subtokens takes at most x / block + 1 more blocks.
std::int64_t DecodingBatch::bound_after(std::int64_t steps) const {
  const Subtokens grown = grown_ + growth_ * steps;
  return counted_ + size() + ceiling(grown, blocks_.tokens * kSubtokens);
}

void DecodingBatch::count_anew() {
  counted_ = 0;
  grown_ = 0;
  for (std::size_t i = 0; i < members_.size(); ++i) {
    const Sequence& sequence = (*sequences_)[members_[i]];
    counts_[i] = blocks_.owned(sequence, sequence.context_at(step_));
    counted_ += counts_[i];
  }
}

bool DecodingBatch::fits(std::int64_t steps, std::int64_t room) {
  if (bound_after(steps) <= room) return true;
  if (grown_ > 0) count_anew();
  return bound_after(steps) <= room || blocks_after(steps) <= room;
}

std::int64_t DecodingBatch::steps_that_fit(std::int64_t most, std::int64_t room) {
  if (fits(most, room)) return most;
  std::int64_t good = 1, bad = most;
  while (bad - good > 1) {
    const std::int64_t middle = good + (bad - good) / 2;
    (fits(middle, room) ? good : bad) = middle;
  }
  return good;
}

}  // namespace chokepoint
