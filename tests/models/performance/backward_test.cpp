#include "models/performance/backward.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "models/performance/attention.hpp"
#include "models/performance/feed_forward.hpp"
#include "models/performance/token_work.hpp"
#include "tests/models/catalog_excerpt.hpp"
#include "tests/models/performance/random_serving.hpp"

namespace chokepoint {
namespace {

/// What one layer of each kind, head and embedding do for `tokens` tokens of one sequence.
struct Parts {
  std::vector<OperatorWork> products, others;
  OperatorWork attention;
};

Parts parts_of(const Transformer& model, double tokens, double shards) {
  Parts parts;
  parts.products = {attention_projection(model, tokens, shards, 2), head(model, tokens, shards)};
  if (dense_layers(model) > 0) parts.products.push_back(mlp(model, tokens, shards, 2));
  if (expert_layers(model) > 0) {
    parts.products.push_back(experts(model, tokens, shards, 2, {}));
    if (model.shared_experts > 0) {
      parts.products.push_back(shared_experts(model, tokens, shards, 2));
    }
  }
  parts.others = {vector_work(model, tokens, 12), embedding(model, tokens)};
  parts.attention = attention_prefill(model, tokens, tokens / 2, shards);
  return parts;
}

TEST_CASE("law: backward of a product is twice its forward, on each device", "[performance][law]") {
  CHECK(rc::check([] {
    const Transformer model = any::transformer();
    const Parts parts = parts_of(model, any::number(1, 1e5), any::power_of_two(8));
    for (const OperatorWork& forward : parts.products) {
      const OperatorWork back = backward(forward, {});
      RC_ASSERT(back.matrix == forward.matrix * 2.0);
      RC_ASSERT(model_flops(back) == model_flops(forward) * 2.0);
      RC_ASSERT(back.kernel == forward.kernel && back.rows == forward.rows);
      // Weights are read as before, and their gradients written.
      RC_ASSERT(back.traffic > forward.traffic);
    }
  }));
}

TEST_CASE("law: backward of anything is finite and not less than its forward",
          "[performance][law]") {
  CHECK(rc::check([] {
    const Transformer model = any::transformer();
    Parts parts = parts_of(model, any::number(1, 1e5), any::power_of_two(8));
    std::vector<OperatorWork> all = parts.products;
    all.insert(all.end(), parts.others.begin(), parts.others.end());
    all.push_back(parts.attention);
    for (const OperatorWork& forward : all) {
      const OperatorWork back = backward(forward, {});
      for (const double value : {back.matrix.value, back.vector.value, back.traffic.value}) {
        RC_ASSERT(std::isfinite(value) && value >= 0);
      }
      RC_ASSERT(back.matrix >= forward.matrix && back.vector >= forward.vector);
      RC_ASSERT(back.traffic >= forward.traffic);
    }
  }));
}

TEST_CASE("law: more bytes per gradient are never less traffic", "[performance][law]") {
  CHECK(rc::check([] {
    const Transformer model = any::transformer();
    for (const OperatorWork& forward : parts_of(model, 4096, 1).products) {
      const Bytes fp32 = backward(forward, {.bytes = 4}).traffic;
      RC_ASSERT(backward(forward, {}).traffic < fp32);
      RC_ASSERT(backward(forward, {.accumulated_bytes = 0}).traffic <
                backward(forward, {}).traffic);
    }
  }));
}

// 1000 weights: a kernel that adds where it writes reads and writes 4 bytes of each; one that does
// not writes 2, reads them again, and reads and writes 4 of the sum.
TEST_CASE("backward: gradients are added up by reading and writing", "[performance][backward]") {
  OperatorWork forward;
  forward.weights = 1000;
  CHECK(backward(forward, {.bytes = 4, .accumulated_bytes = 0}).traffic == Bytes{8000});
  CHECK(backward(forward, {.bytes = 2, .accumulated_bytes = 4}).traffic == Bytes{12'000});
}

// With flash attention 5 products for 2; with scores in memory 4 for 2.
TEST_CASE("backward: attention is 2.5 times where scores are recomputed, else 2",
          "[performance][backward]") {
  const OperatorWork forward = attention_prefill(llama_70b(), 4096, 2048, 8);
  CHECK(backward(forward, {}).matrix == forward.matrix * 2.5);
  CHECK(backward(forward, {.scores = Scores::Kept}).matrix == forward.matrix * 2.0);
  CHECK(backward(forward, {.scores = Scores::Kept}).vector < backward(forward, {}).vector);
}

// Three passes of 2 operations per weight and of attention over half of a causal sequence.
TEST_CASE("backward: a dense model trains at 6 N and its attention", "[performance][backward]") {
  Transformer model = llama_70b();
  const double sequence = 4096;
  const double layer = attention_parameters(model) + mlp_parameters(model);
  model.active_parameters.value = model.layers * layer + model.vocabulary * model.hidden;
  const Parts parts = parts_of(model, sequence, 1);
  Flops all;
  const auto add = [&](const OperatorWork& forward, double times) {
    all += (forward.matrix + backward(forward, {.scores = Scores::Kept}).matrix) * times;
  };
  add(parts.products[0], model.layers);
  add(parts.products[1], 1);
  add(parts.products[2], model.layers);
  add(parts.attention, model.layers);
  CHECK((all / Tokens{sequence}).value ==
        Approx(training_flops_per_token(model, sequence).value).epsilon(1e-12));
}

// 1000 weights: 2 bytes of gradient out and in, 4 of the sum in and out, beside 2 of the weight.
TEST_CASE("backward: gradients of weights by hand", "[performance][backward]") {
  OperatorWork forward;
  forward.weights = 1000;
  forward.traffic = Bytes{2000};
  CHECK(backward(forward, {}).traffic == Bytes{2000 + 1000 * (2 + 2 + 4 + 4)});
  CHECK(backward(forward, {4, 0, Scores::Kept}).traffic == Bytes{2000 + 1000 * 8});
  forward.kernel = Kernel::Gather;
  forward.traffic = Bytes{4000};
  CHECK(backward(forward, {4, 0, Scores::Kept}).traffic == Bytes{2000 + 1000 * 8});
  CHECK(backward(forward, {}).vector == Flops{1000});
}

}  // namespace
}  // namespace chokepoint
