#include "tools/catalog/check.hpp"

#include <catch2/catch.hpp>
#include <numeric>

#include "tests/tools/small_catalog.hpp"

namespace chokepoint {
namespace {

std::string published(double tpp) {
  return "published_tpp { value: " + std::to_string(tpp) +
         " source: \"sheet\" confidence: OFFICIAL }";
}

TEST_CASE("catalog check: every value has one confidence", "[catalog]") {
  const CatalogReview result = review(small_catalog());
  CHECK(std::accumulate(result.by_confidence.begin(), result.by_confidence.end(), 0) ==
        result.values);
  CHECK(result.by_confidence[1] == 2);  // The bandwidth of east_npu, the fraction of west_stack.
  CHECK(result.by_confidence[3] == 0);
  CHECK(result.ranged == 9);  // A bandwidth, a price, five priors.
  CHECK(result.idle_sources.empty());
}

// 1000 TFLOPS at 16 bits and 2000 at 8 are both 16,000.
TEST_CASE("catalog check: a published TPP may differ by a thousandth", "[catalog]") {
  CHECK(review(small_catalog(published(16'015))).differences.empty());
  const auto beyond = review(small_catalog(published(16'020)));
  CHECK(beyond.published_tpp == 1);
  REQUIRE(beyond.differences.size() == 1);
  CHECK(beyond.differences[0].device == "west_gpu");
  CHECK(beyond.differences[0].computed == 16'000.0);
  CHECK(review_text(beyond).find("west_gpu") != std::string::npos);
  CHECK(review_json(beyond).find("\"computed\": 16000") != std::string::npos);
}

TEST_CASE("catalog check: a figure is contested where another source has another", "[catalog]") {
  const auto with = [](const std::string& value) {
    return review(small_catalog("l2_mib { value: 50 source: \"sheet\" confidence: OFFICIAL "
                                "alternatives { value: " +
                                value + " source: \"guess\" confidence: MEMORY } }"))
        .contested;
  };
  CHECK(with("50").empty());
  CHECK(with("60") == std::vector<std::string>{"devices[west_gpu].l2_mib"});
}

}  // namespace
}  // namespace chokepoint
