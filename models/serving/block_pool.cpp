#include "models/serving/block_pool.hpp"

#include <cassert>

namespace chokepoint {

NamedBlocks::Entry* NamedBlocks::find(std::uint64_t name) {
  const auto found = index_.find(name);
  return found == index_.end() ? nullptr : &entries_[found->second];
}

void NamedBlocks::refer(Entry& entry) {
  if (entry.references++ > 0) return;
  unlink(static_cast<std::uint32_t>(&entry - entries_.data()));
  unreferenced_ -= entry.blocks;
  referenced_ += entry.blocks;
}

void NamedBlocks::drop(Entry& entry) {
  assert(entry.references > 0);
  if (--entry.references > 0) return;
  link_last(static_cast<std::uint32_t>(&entry - entries_.data()));
  referenced_ -= entry.blocks;
  unreferenced_ += entry.blocks;
}

NamedBlocks::Entry& NamedBlocks::insert(std::uint64_t name, std::uint32_t blocks) {
  std::uint32_t at = 0;
  if (free_.empty()) {
    at = static_cast<std::uint32_t>(entries_.size());
    entries_.emplace_back();
  } else {
    at = free_.back();
    free_.pop_back();
  }
  [[maybe_unused]] const bool is_new = index_.emplace(name, at).second;
  assert(is_new);
  entries_[at] = {name, blocks, 0, 0, 0};
  link_last(at);
  unreferenced_ += blocks;
  return entries_[at];
}

void NamedBlocks::erase(Entry& entry) {
  assert(entry.references == 0);
  const auto at = static_cast<std::uint32_t>(&entry - entries_.data());
  unlink(at);
  unreferenced_ -= entry.blocks;
  index_.erase(entry.name);
  free_.push_back(at);
}

NamedBlocks::Entry* NamedBlocks::oldest() {
  const std::uint32_t at = entries_[0].after;
  return at == 0 ? nullptr : &entries_[at];
}

void NamedBlocks::link_last(std::uint32_t at) {
  const std::uint32_t last = entries_[0].before;
  entries_[at].before = last;
  entries_[at].after = 0;
  entries_[last].after = at;
  entries_[0].before = at;
}

void NamedBlocks::unlink(std::uint32_t at) {
  const Entry& entry = entries_[at];
  entries_[entry.before].after = entry.after;
  entries_[entry.after].before = entry.before;
}

void NamedBlocks::clear() {
  *this = {};
}

BlockPool::Match BlockPool::match(std::span<const std::uint64_t> names, std::uint32_t blocks) {
  Match found;
  bool leads = true;
  for (const std::uint64_t name : names) {
    const auto* here = device_.find(name);
    if (here == nullptr || here->references == 0) found.to_refer += blocks;
    if (!leads) continue;
    if (here != nullptr) {
      ++found.device;
    } else if (host_ > 0 && held_on_host_.find(name) != nullptr) {
      ++found.host;
      found.host_blocks += blocks;
    } else {
      leads = false;
    }
  }
  return found;
}

void BlockPool::acquire(std::span<const std::uint64_t> names, std::uint32_t blocks) {
  for (const std::uint64_t name : names) {
    auto* here = device_.find(name);
    if (here == nullptr) {
      if (auto* above = held_on_host_.find(name)) held_on_host_.erase(*above);
      here = &device_.insert(name, blocks);
    }
    device_.refer(*here);
  }
}

void BlockPool::release(std::span<const std::uint64_t> names) {
  for (auto name = names.rbegin(); name != names.rend(); ++name) {
    auto* here = device_.find(*name);
    assert(here != nullptr);
    device_.drop(*here);
  }
}

void BlockPool::forget(std::span<const std::uint64_t> names) {
  for (const std::uint64_t name : names) {
    auto* here = device_.find(name);
    if (here != nullptr && here->references == 0) device_.erase(*here);
  }
}

void BlockPool::make_room(std::int64_t others) {
  while (device_.referenced() + device_.unreferenced() + others > capacity_) {
    auto* entry = device_.oldest();
    if (entry == nullptr) return;
    evict(*entry);
  }
}

void BlockPool::evict(NamedBlocks::Entry& entry) {
  const std::uint64_t name = entry.name;
  const std::uint32_t blocks = entry.blocks;
  device_.erase(entry);
  if (blocks > host_) return;
  while (held_on_host_.unreferenced() + blocks > host_)
    held_on_host_.erase(*held_on_host_.oldest());
  held_on_host_.insert(name, blocks);
}

void BlockPool::clear() {
  device_.clear();
  held_on_host_.clear();
}

}  // namespace chokepoint
