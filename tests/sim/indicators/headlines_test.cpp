#include "sim/indicators/headlines.hpp"

#include <catch2/catch.hpp>
#include <string>

namespace chokepoint {
namespace {

Figures figures(double huawei, double nvidia) {
  const double all = huawei + nvidia;
  return {{{"delivered", "mainland/huawei", "packages", 2025}, huawei},
          {{"delivered", "mainland/nvidia", "packages", 2025}, nvidia},
          {{"delivered", "abroad/nvidia", "packages", 2025}, 1e6},
          {{"value_share", "mainland/huawei", "share", 2025}, huawei / all},
          {{"value_share", "mainland/nvidia", "share", 2025}, nvidia / all},
          {{"revenue", "mainland/huawei", "USD", 2025}, huawei * 1e4},
          {{"revenue", "mainland/nvidia", "USD", 2025}, nvidia * 1e4},
          {{"installed_decode", "abroad", "H100e", 2025}, 1.0},
          {{"installed_decode", "mainland", "H100e", 2025}, all},
          {{"pathway", "domestic", "packages", 2025}, huawei},
          {{"pathway", "legal", "packages", 2025}, nvidia}};
}

std::vector<std::string> names(const std::vector<Headline>& all) {
  std::vector<std::string> names;
  for (const Headline& headline : all) names.push_back(headline.indicator + " " + headline.subject);
  return names;
}

TEST_CASE("headlines: vendors are those that sell and differ most", "[history][headlines]") {
  const auto found = names(headlines(figures(100, 300), figures(150, 310), 2025));
  CHECK(found == std::vector<std::string>{
                     "delivered mainland/*", "domestic_share units", "value_share mainland/nvidia",
                     "value_share mainland/huawei", "revenue mainland/huawei",
                     "installed_decode mainland", "pathway domestic", "pathway legal"});
}

TEST_CASE("headlines: the mainland is the sum of its vendors", "[history][headlines]") {
  CHECK(value_of({"delivered", "mainland/*", "packages", 2025}, figures(100, 300)) == 400.0);
  CHECK(value_of({"delivered", "mainland/*", "packages", 2024}, figures(100, 300)) == 0.0);
  CHECK(value_of({"delivered", "mainland/nobody", "packages", 2025}, figures(1, 3)) == 0.0);
}

TEST_CASE("headlines: alike runs lie at no distance, and it has no direction",
          "[history][headlines]") {
  const Figures a = figures(100, 300), b = figures(150, 310);
  CHECK(distance(a, a, 2025) == 0.0);
  CHECK(distance(a, b, 2025) > 0.0);
  CHECK(distance(a, b, 2025) == distance(b, a, 2025));
  CHECK(distance(a, b, 2024) == 0.0);
  CHECK(years_of(a) == std::vector<int>{2025});
}

}  // namespace
}  // namespace chokepoint
