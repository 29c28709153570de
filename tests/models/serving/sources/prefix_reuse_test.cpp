#include "models/serving/sources/prefix_reuse.hpp"

#include <catch2/catch.hpp>

#include "tests/models/serving/sources/some_requests.hpp"

namespace chokepoint {
namespace {

// Prompts name {0}, {0, 1}, {0, 1, 2}: 6 blocks, of which 0 + 1 + 2 are known.
TEST_CASE("prefix reuse: a block is known where all before it are", "[serving][sources]") {
  Listed growing(requests_at({0, 1, 2}));
  CHECK(unbounded_prefix_reuse(growing).share() == 0.5);

  auto requests = requests_at({0, 1, 2});
  requests[1].blocks = {7, 0};  // 0 is known, and does not begin it.
  Listed other(requests);
  const auto reuse = unbounded_prefix_reuse(other);
  CHECK(reuse.blocks == 6);
  CHECK(reuse.known == 1);

  Listed nothing({});
  CHECK(unbounded_prefix_reuse(nothing).share() == 0);
}

}  // namespace
}  // namespace chokepoint
