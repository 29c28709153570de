#include "models/serving/latency_digest.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

namespace chokepoint {
namespace {

TEST_CASE("latency digest: quantiles are within 0.4 % of the sorted list", "[serving][digest]") {
  CHECK(rc::check([] {
    const auto exponents =
        *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 40'000)));
    LatencyDigest digest;
    std::vector<double> sorted;
    double sum = 0;
    for (const int e : exponents) {
      const auto time = static_cast<Nanoseconds>(std::exp(e / 1000.0));
      digest.add(time);
      sorted.push_back(static_cast<double>(time));
      sum += sorted.back();
    }
    std::sort(sorted.begin(), sorted.end());
    for (const double q : {0.0, 0.5, 0.9, 0.99, 1.0}) {
      const double rank = std::max(std::ceil(q * double(sorted.size())), 1.0);
      const double exact = sorted[static_cast<std::size_t>(rank) - 1];
      RC_ASSERT(std::abs(digest.quantile(q).value * 1e9 - exact) <= 0.004 * exact + 1e-6);
    }
    RC_ASSERT(std::abs(digest.mean().value * 1e9 * double(sorted.size()) / sum - 1) < 1e-12);
  }));
}

TEST_CASE("latency digest: parts merged are the whole, in any order", "[serving][digest]") {
  CHECK(rc::check([](const std::vector<std::uint32_t>& times) {
    LatencyDigest whole, odd, even;
    for (std::size_t i = 0; i < times.size(); ++i) {
      whole.add(times[i]);
      (i % 2 == 0 ? even : odd).add(times[i]);
    }
    LatencyDigest one = odd, other = even;
    one.merge(even);
    other.merge(odd);
    RC_ASSERT(one == whole);
    RC_ASSERT(other == whole);
  }));
}

TEST_CASE("latency digest: without times all is zero", "[serving][digest]") {
  CHECK(LatencyDigest{}.quantile(0.99).value == 0);
  CHECK(LatencyDigest{}.mean().value == 0);
}

}  // namespace
}  // namespace chokepoint
