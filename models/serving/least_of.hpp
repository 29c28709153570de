#pragma once

#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

namespace chokepoint {

/// Keys of things by number, and which has the least: a tournament, changed in the logarithm of
/// their count. Of equals the lowest number wins.
class LeastOf {
public:
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

  /// All at kNever.
  explicit LeastOf(std::size_t count)
      : leaves_(std::bit_ceil(count + (count == 0))),
        keys_(2 * leaves_, kNever),
        winners_(2 * leaves_) {
    for (std::size_t i = 0; i < leaves_; ++i) winners_[leaves_ + i] = static_cast<std::uint32_t>(i);
    for (std::size_t i = leaves_ - 1; i > 0; --i) play(i);
  }

  void set(std::size_t number, std::int64_t key) {
    std::size_t at = leaves_ + number;
    if (keys_[at] == key) return;
    keys_[at] = key;
    while (at > 1) play(at /= 2);
  }

  std::int64_t key(std::size_t number) const { return keys_[leaves_ + number]; }
  std::int64_t least() const { return keys_[1]; }
  std::uint32_t winner() const { return winners_[1]; }

  /// Of `count` from `first` on. Requires: they are there, and at least one.
  std::uint32_t winner(std::size_t first, std::size_t count) const {
    std::size_t best = leaves_ + first;
    const auto consider = [&](std::size_t at) {
      const bool is_tie = keys_[at] == keys_[best] && winners_[at] < winners_[best];
      if (keys_[at] < keys_[best] || is_tie) best = at;
    };
    std::size_t low = leaves_ + first, high = low + count;
    for (; low < high; low /= 2, high /= 2) {
      if (low % 2 == 1) consider(low++);
      if (high % 2 == 1) consider(--high);
    }
    return winners_[best];
  }

private:
  void play(std::size_t at) {
    const std::size_t better = keys_[2 * at + 1] < keys_[2 * at] ? 2 * at + 1 : 2 * at;
    keys_[at] = keys_[better];
    winners_[at] = winners_[better];
  }

  std::size_t leaves_;
  std::vector<std::int64_t> keys_;
  std::vector<std::uint32_t> winners_;
};

}  // namespace chokepoint
