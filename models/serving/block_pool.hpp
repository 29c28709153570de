#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace chokepoint {

/// Names of blocks in order of last use.
class NamedBlocks {
public:
  /// One named unit of blocks.
  struct Entry {
    std::uint64_t name = 0;
    std::uint32_t blocks = 0;      ///< That it takes.
    std::uint32_t references = 0;  ///< Requests that use it now; those with none may be evicted.
    std::uint32_t before = 0, after = 0;  ///< In the order of use, where nobody refers to it.
  };

  NamedBlocks() : entries_(1) {}

  /// The entry of `name`; null where it is not held.
  Entry* find(std::uint64_t name);
  /// One more reference; it leaves the order of use.
  void refer(Entry& entry);
  /// One less; with none left it becomes the last used.
  void drop(Entry& entry);
  /// A new one without references, the last used. Requires: not held.
  Entry& insert(std::uint64_t name, std::uint32_t blocks);
  /// Forgets it. Requires: no references.
  void erase(Entry& entry);
  /// The one that was not used for longest and has no references; null where there is none.
  Entry* oldest();

  std::int64_t referenced() const { return referenced_; }      ///< Blocks.
  std::int64_t unreferenced() const { return unreferenced_; }  ///< Blocks.
  std::size_t size() const { return index_.size(); }
  void clear();

private:
  void link_last(std::uint32_t at);
  void unlink(std::uint32_t at);

  std::vector<Entry> entries_;  // The first closes the ring of the order of use.
  std::vector<std::uint32_t> free_;
  std::unordered_map<std::uint64_t, std::uint32_t> index_;
  std::int64_t referenced_ = 0, unreferenced_ = 0;
};

/// The part of a replica's cache that prompts share, by the names of their blocks: entries that no
/// running request uses stay until others need room, the longest unused first and a prompt's end
/// before its beginning; where there is a host tier, they go there. Blocks of running requests that
/// have no names are counted by the replica.
class BlockPool {
public:
  /// `host` blocks take what is evicted; 0: none.
  BlockPool(std::int64_t capacity, std::int64_t host) : capacity_(capacity), host_(host) {}

  /// How much of a prompt is held.
  struct Match {
    std::int64_t device = 0, host = 0;  ///< Leading names held, by where they are.
    std::int64_t host_blocks = 0;       ///< To copy back.
    std::int64_t to_refer = 0;          ///< Blocks that acquire() would newly refer to, all names.
  };
  /// Changes nothing. `blocks`: of one name.
  Match match(std::span<const std::uint64_t> names, std::uint32_t blocks);

  /// Refers to all names; those not held are made. Requires: room, see make_room().
  void acquire(std::span<const std::uint64_t> names, std::uint32_t blocks);
  /// The end of one acquire() of the same names.
  void release(std::span<const std::uint64_t> names);
  /// Those of `names` on the device that nobody refers to are no longer held, as they were never
  /// read.
  void forget(std::span<const std::uint64_t> names);
  /// Evicts until `others` blocks beside fit into the capacity, or nothing is left to evict.
  void make_room(std::int64_t others);

  std::int64_t capacity() const { return capacity_; }
  std::int64_t referenced() const { return device_.referenced(); }
  std::int64_t unreferenced() const { return device_.unreferenced(); }
  std::int64_t on_host() const { return held_on_host_.unreferenced(); }
  /// Forgets everything, as when the replica fails.
  void clear();

private:
  void evict(NamedBlocks::Entry& entry);

  std::int64_t capacity_, host_;
  NamedBlocks device_, held_on_host_;
};

}  // namespace chokepoint
