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
