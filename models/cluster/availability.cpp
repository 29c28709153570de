#include "models/cluster/availability.hpp"

#include <algorithm>
#include <cassert>
#include <iterator>

namespace chokepoint {

std::map<std::int64_t, int>::iterator Availability::split(std::int64_t at) {
  const auto after = free_from_.upper_bound(at);
  if (after == free_from_.begin()) return after;
  const auto before = std::prev(after);
  if (before->first == at) return before;
  return free_from_.emplace_hint(after, at, before->second);
}

void Availability::take(std::int64_t begin, std::int64_t end, int devices) {
  change(begin, end, -devices);
}

void Availability::give(std::int64_t begin, std::int64_t end, int devices) {
  change(begin, end, devices);
}

void Availability::change(std::int64_t begin, std::int64_t end, int by) {
  begin = std::max(begin, free_from_.begin()->first);
  if (end <= begin) return;
  const auto last = split(end);
  for (auto at = split(begin); at != last; ++at) {
    at->second += by;
    assert(at->second >= 0);
  }
}

std::int64_t Availability::first(std::int64_t now, std::int64_t lasts, int devices) const {
  auto at = free_from_.upper_bound(now);
  if (at != free_from_.begin()) --at;
  std::int64_t begin = std::max(now, at->first);
  for (; at != free_from_.end(); ++at) {
    if (at->second < devices) {
      const auto next = std::next(at);
      assert(next != free_from_.end());
      begin = next->first;
    } else if (const auto next = std::next(at);
               next == free_from_.end() || next->first - begin >= lasts) {
      return begin;
    }
  }
  return begin;
}

int Availability::least(std::int64_t begin, std::int64_t end) const {
  auto at = free_from_.upper_bound(begin);
  if (at != free_from_.begin()) --at;
  int least = at->second;
  for (; at != free_from_.end() && at->first < end; ++at) least = std::min(least, at->second);
  return least;
}

std::optional<std::int64_t> Availability::next(std::int64_t at) const {
  const auto after = free_from_.upper_bound(at);
  return after == free_from_.end() ? std::nullopt : std::optional(after->first);
}

void Availability::forget(std::int64_t now) {
  auto at = free_from_.upper_bound(now);
  if (at == free_from_.begin()) return;
  free_from_.erase(free_from_.begin(), std::prev(at));
}

}  // namespace chokepoint
