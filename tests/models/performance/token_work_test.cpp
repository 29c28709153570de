#include "models/performance/token_work.hpp"

#include <catch2/catch.hpp>

#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {
namespace {

TEST_CASE("head: logits of the last token of each sequence, in 16 bits",
          "[performance][token_work]") {
  const auto work = head(llama_70b(), 5, 4);
  CHECK(work.matrix == Flops{2.0 * 5 * 128256 * 8192 / 4});
  CHECK(work.traffic == Bytes{2.0 * 128256 * 8192 / 4});
}

TEST_CASE("embedding: a row is read and written", "[performance][token_work]") {
  CHECK(embedding(llama_70b(), 3).traffic == Bytes{3.0 * 8192 * 2 * 2});
  CHECK(embedding(llama_70b(), 3).matrix == Flops{});
}

// 2 x 8192 inputs to 8192, on each of 4 devices: three quarters of it are repeated.
TEST_CASE("mtp: two hidden vectors become one, on every device", "[performance][token_work]") {
  const auto work = mtp_join(llama_70b(), 3, 4, 1);
  CHECK(work.matrix == Flops{2.0 * 3 * 2 * 8192 * 8192});
  CHECK(model_flops(work) == work.matrix / 4.0);
  CHECK(work.traffic == Bytes{2.0 * 8192 * 8192});
}

TEST_CASE("vector work: passes over the hidden vector", "[performance][token_work]") {
  const auto work = vector_work(llama_70b(), 3, 10);
  CHECK(work.kernel == Kernel::Vector);
  CHECK(work.traffic == Bytes{3.0 * 8192 * 2 * 10});
  CHECK(work.vector == Flops{3.0 * 8192 * 10 * 4});
  CHECK(work.matrix == Flops{});
}

// Llama has 8192 hidden values; up and gate of 1000 each make 1000.
TEST_CASE("vector work: of visits to experts", "[performance][token_work]") {
  const auto work = expert_vector_work(llama_70b(), 5, 1000);
  CHECK(work.kernel == Kernel::Vector);
  CHECK(work.traffic == Bytes{5.0 * (3 * 8192 + 3 * 1000) * 2});
}

}  // namespace
}  // namespace chokepoint
