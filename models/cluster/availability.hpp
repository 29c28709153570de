#pragma once

#include <cstdint>
#include <map>
#include <optional>

namespace chokepoint {

/// How many devices of a pool are free from when on, as far as is known.
class Availability {
public:
  /// All free, from `now` on and for ever.
  Availability(std::int64_t now, int free) : free_from_{{now, free}} {}

  /// Takes `devices` from `begin` until `end`; before what is known nothing is taken. Requires:
  /// they are free.
  void take(std::int64_t begin, std::int64_t end, int devices);

  /// Gives back what take() took, as far as it is to come.
  void give(std::int64_t begin, std::int64_t end, int devices);

  /// The first time, from `now` on, from which `devices` are free for `lasts`. Requires: as many
  /// are free some time for ever.
  std::int64_t first(std::int64_t now, std::int64_t lasts, int devices) const;

  /// The fewest devices that are free at any time in [begin, end). Requires: begin < end.
  int least(std::int64_t begin, std::int64_t end) const;
  /// The first time after `at` at which as many are not free as before; nothing where none is.
  std::optional<std::int64_t> next(std::int64_t at) const;

  /// Forgets what was before `now`.
  void forget(std::int64_t now);

private:
  void change(std::int64_t begin, std::int64_t end, int by);
  std::map<std::int64_t, int>::iterator split(std::int64_t at);

  std::map<std::int64_t, int> free_from_;
};

}  // namespace chokepoint
