#include "models/cluster/planned_pools.hpp"

#include <algorithm>

namespace chokepoint {

PlannedPools::PlannedPools(const PlayedPools& nodes) : nodes_(nodes) {
  // What begins before 1970 is taken from nothing.
  for (std::uint32_t g = 0; g < nodes.groups().size(); ++g) {
    plans_.emplace_back(0, nodes.all_of_group(g));
  }
}

void PlannedPools::clear() {
  for (std::uint32_t g = 0; g < plans_.size(); ++g) {
    plans_[g] = Availability(nodes_.now(), nodes_.all_of_group(g));
  }
}

PlannedSlot PlannedPools::first(std::uint32_t pool, int devices, Milliseconds lasts,
                                Milliseconds known) const {
  const std::uint32_t from = nodes_.first_group(pool), to = nodes_.first_group(pool + 1);
  if (to == from + 1 && nodes_.groups()[from].aways.empty()) {
    const Milliseconds begin = plans_[from].first(nodes_.now(), lasts, devices);
    return {begin, begin + lasts, pool, {{from, devices}}};
  }
  std::vector<GroupPart> rooms;
  for (Milliseconds when = nodes_.now(); when < kNoMoment;) {
    rooms.clear();
    int room = 0;
    Milliseconds next = kNoMoment;
    for (std::uint32_t g = from; g < to; ++g) {
      const NodeGroup& nodes = nodes_.groups()[g];
      next = std::min<Milliseconds>(next, plans_[g].next(when).value_or(kNoMoment));
      for (const NodeGroup::Away& away : nodes.aways) {
        if (away.known <= known && away.end > when) next = std::min(next, away.end);
      }
      if (!nodes.takes(when, when + lasts, known)) continue;
      rooms.push_back({g, plans_[g].least(when, when + lasts)});
      room += rooms.back().devices;
    }
    if (room >= devices) {
      prefer_those_that_leave(rooms, nodes_.groups(), when, when + lasts, known);
      return {when, when + lasts, pool, parts_of(devices, rooms)};
    }
    when = next;
  }
  return {kNoMoment, kNoMoment, pool};
}

bool PlannedPools::has_one(std::uint32_t group, Milliseconds begin, Milliseconds end) const {
  return begin >= end || plans_[group].least(begin, end) >= 1;
}

void PlannedPools::take(const std::vector<GroupPart>& parts, Milliseconds begin, Milliseconds end) {
  for (const GroupPart& part : parts) plans_[part.group].take(begin, end, part.devices);
}

void PlannedPools::give(const std::vector<GroupPart>& parts, Milliseconds begin, Milliseconds end) {
  for (const GroupPart& part : parts) plans_[part.group].give(begin, end, part.devices);
}

void PlannedPools::forget() {
  for (Availability& plan : plans_) plan.forget(nodes_.now());
}

}  // namespace chokepoint
