#include "models/serving/block_pool.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <map>

namespace chokepoint {
namespace {

using Names = std::vector<std::uint64_t>;

TEST_CASE("block pool: what was read is found, as far as prompts agree", "[serving][blocks]") {
  BlockPool pool(100, 0);
  pool.acquire(Names{1, 2, 3}, 2);
  pool.release(Names{1, 2, 3});
  const auto match = pool.match(Names{1, 2, 4, 3}, 2);
  CHECK(match.device == 2);
  CHECK(match.host == 0);
  CHECK(match.to_refer == 8);
}

TEST_CASE("block pool: the end of a prompt goes before its beginning, the oldest prompt first",
          "[serving][blocks]") {
  BlockPool pool(4, 0);
  pool.acquire(Names{1, 2}, 1);
  pool.release(Names{1, 2});
  pool.acquire(Names{3, 4}, 1);
  pool.release(Names{3, 4});
  pool.make_room(1);
  CHECK(pool.match(Names{1, 2}, 1).device == 1);
  CHECK(pool.match(Names{3, 4}, 1).device == 2);
  pool.make_room(3);
  CHECK(pool.match(Names{1, 2}, 1).device == 0);
  CHECK(pool.match(Names{3, 4}, 1).device == 1);
}

TEST_CASE("block pool: forgets what nobody refers to", "[serving][blocks]") {
  BlockPool pool(10, 0);
  pool.acquire(Names{1, 2, 3}, 2);
  pool.acquire(Names{1, 2}, 2);
  pool.release(Names{1, 2, 3});
  pool.forget(Names{2, 3, 4});
  CHECK(pool.match(Names{1, 2, 3}, 2).device == 2);
  CHECK(pool.referenced() == 4);
  CHECK(pool.unreferenced() == 0);
}

TEST_CASE("block pool: a host tier keeps what the device has no room for", "[serving][blocks]") {
  BlockPool pool(2, 2);
  pool.acquire(Names{1, 2}, 1);
  pool.release(Names{1, 2});
  pool.make_room(2);
  const auto match = pool.match(Names{1, 2}, 1);
  CHECK(match.device == 0);
  CHECK(match.host == 2);
  CHECK(match.host_blocks == 2);
  pool.acquire(Names{1, 2}, 1);
  CHECK(pool.on_host() == 0);
}

// Prompts come and go at random; a plain count of references says what must be held.
TEST_CASE("block pool: no block is owned twice, leaked, or evicted while in use",
          "[serving][blocks]") {
  CHECK(rc::check([] {
    const std::int64_t capacity = 60;
    BlockPool pool(capacity, *rc::gen::inRange(0, 30));
    std::vector<Names> running;
    std::map<std::uint64_t, int> references;
    for (int i = 0; i < 60; ++i) {
      if (running.size() < 4 && *rc::gen::inRange(0, 2) == 0) {
        Names names;  // A path in a tree of three at each fork: prefixes are shared.
        std::uint64_t node = 1;
        for (int depth = *rc::gen::inRange(1, 6); depth > 0; --depth) {
          node = node * 4 + static_cast<std::uint64_t>(*rc::gen::inRange(0, 3));
          names.push_back(node);
        }
        pool.acquire(names, 2);
        for (const auto name : names) ++references[name];
        running.push_back(names);
      } else if (!running.empty()) {
        const auto at = static_cast<std::size_t>(*rc::gen::inRange<std::size_t>(0, running.size()));
        pool.release(running[at]);
        for (const auto name : running[at]) {
          if (--references[name] == 0) references.erase(name);
        }
        running.erase(running.begin() + static_cast<std::ptrdiff_t>(at));
      }
      pool.make_room(*rc::gen::inRange(0, 20));
      RC_ASSERT(pool.referenced() == 2 * std::ssize(references));
      RC_ASSERT(pool.referenced() + pool.unreferenced() <= capacity);
      for (const auto& names : running) {
        RC_ASSERT(pool.match(names, 2).device == std::ssize(names));
      }
    }
    for (const auto& names : running) pool.release(names);
    RC_ASSERT(pool.referenced() == 0);
    pool.make_room(capacity);
    RC_ASSERT(pool.unreferenced() == 0);
  }));
}

}  // namespace
}  // namespace chokepoint
