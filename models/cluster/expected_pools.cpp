#include "models/cluster/expected_pools.hpp"

#include <algorithm>

namespace chokepoint {

void KeptForHead::keep(std::uint32_t pool, Milliseconds begin, const std::vector<GroupPart>& rooms,
                       int devices) {
  pool_ = pool;
  begin_ = begin;
  beside_ = -devices;
  takes_.assign(takes_.size(), false);
  for (const GroupPart& room : rooms) {
    takes_[room.group] = true;
    beside_ += room.devices;
  }
}

std::vector<GroupPart> KeptForHead::beside(std::vector<GroupPart> rooms, std::uint32_t pool,
                                           Milliseconds end) const {
  if (!delays(pool, end)) return rooms;
  int left = beside_;
  for (GroupPart& room : rooms) {
    if (!takes_[room.group]) continue;
    room.devices = std::min(room.devices, left);
    left -= room.devices;
  }
  return rooms;
}

void KeptForHead::take(const std::vector<GroupPart>& parts, std::uint32_t pool, Milliseconds end) {
  if (!delays(pool, end)) return;
  for (const GroupPart& part : parts) {
    if (takes_[part.group]) beside_ -= part.devices;
  }
}

void ExpectedPools::hold(const std::vector<GroupPart>& parts, Milliseconds until,
                         std::uint32_t what) {
  for (const GroupPart& part : parts) ends_of_[part.group][{until, what}] = part.devices;
}

void ExpectedPools::release(const std::vector<GroupPart>& parts, Milliseconds until,
                            std::uint32_t what) {
  for (const GroupPart& part : parts) ends_of_[part.group].erase({until, what});
}

int ExpectedPools::room(std::uint32_t pool, Milliseconds end, const KeptForHead* head) const {
  const bool delays = head != nullptr && head->delays(pool, end);
  int room = 0, shared = 0;
  for (std::uint32_t g = nodes_.first_group(pool); g < nodes_.first_group(pool + 1); ++g) {
    if (!nodes_.groups()[g].takes(nodes_.now(), end, nodes_.now())) continue;
    (delays && head->takes(g) ? shared : room) += nodes_.free_of_group(g);
  }
  return room + (delays ? std::min(shared, head->beside()) : 0);
}

std::vector<GroupPart> ExpectedPools::rooms(std::uint32_t pool, Milliseconds end) const {
  std::vector<GroupPart> rooms;
  const Milliseconds now = nodes_.now();
  for (std::uint32_t g = nodes_.first_group(pool); g < nodes_.first_group(pool + 1); ++g) {
    if (nodes_.groups()[g].takes(now, end, now)) rooms.push_back({g, nodes_.free_of_group(g)});
  }
  prefer_those_that_leave(rooms, nodes_.groups(), now, end, now);
  return rooms;
}

Milliseconds ExpectedPools::first(std::uint32_t pool, int devices, Milliseconds lasts,
                                  Milliseconds known) const {
  struct Group {
    std::uint32_t number;
    int free;
    Ends::const_iterator next;
  };
  std::vector<Group> groups;
  for (std::uint32_t g = nodes_.first_group(pool); g < nodes_.first_group(pool + 1); ++g) {
    groups.push_back({g, nodes_.free_of_group(g), ends_of_[g].begin()});
  }
  for (Milliseconds when = nodes_.now(); when < kNoMoment;) {
    int room = 0;
    Milliseconds next = kNoMoment;
    for (Group& group : groups) {
      const Ends& ends = ends_of_[group.number];
      for (; group.next != ends.end() && group.next->first.first <= when; ++group.next) {
        group.free += group.next->second;
      }
      const NodeGroup& nodes = nodes_.groups()[group.number];
      if (nodes.takes(when, when + lasts, known)) room += group.free;
      if (group.next != ends.end()) next = std::min(next, group.next->first.first);
      for (const NodeGroup::Away& away : nodes.aways) {
        if (away.known <= known && away.end > when) next = std::min(next, away.end);
      }
    }
    if (room >= devices) return when;
    when = next;
  }
  return kNoMoment;
}

std::vector<GroupPart> ExpectedPools::rooms_at(std::uint32_t pool, Milliseconds begin,
                                               Milliseconds lasts) const {
  std::vector<GroupPart> rooms;
  for (std::uint32_t g = nodes_.first_group(pool); g < nodes_.first_group(pool + 1); ++g) {
    if (!nodes_.groups()[g].takes(begin, begin + lasts, nodes_.now())) continue;
    int free = nodes_.free_of_group(g);
    for (const auto& [end, held] : ends_of_[g]) {
      if (end.first > begin) break;
      free += held;
    }
    rooms.push_back({g, free});
  }
  prefer_those_that_leave(rooms, nodes_.groups(), begin, begin + lasts, nodes_.now());
  return rooms;
}

}  // namespace chokepoint
