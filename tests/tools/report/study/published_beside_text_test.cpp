#include <catch2/catch.hpp>

#include "tools/report/study/study_text.hpp"

namespace chokepoint {
namespace {

constexpr const char* kPublishedHeader = "series,period,unit,published,run,ratio,use\n";

std::string figure(const std::string& period, double ratio) {
  return "sold," + period + ",packages,1000," + std::to_string(1000 * ratio) + "," +
         std::to_string(ratio) + ",validate\n";
}

TEST_CASE("published beside: few figures stand with the ratio of every run", "[history]") {
  const std::string text =
      published_beside_text({{"base", kPublishedHeader + figure("Q1", 0.5) + figure("Q2", 1.0)},
                             {"other", kPublishedHeader + figure("Q1", 0.25)}});
  INFO(text);
  CHECK(text.find("2 of 2 figures\n") != std::string::npos);
  CHECK(text.find("0.50   0.25") != std::string::npos);
  CHECK(text.find("1.00      -") != std::string::npos);  // The other run does not cover it.
}

TEST_CASE("published beside: of many those on which runs differ most lead", "[history]") {
  std::string base = kPublishedHeader, other = kPublishedHeader;
  for (int i = 0; i < 20; ++i) {
    base += figure("M" + std::to_string(i), 1.0);
    other += figure("M" + std::to_string(i), i == 4 ? 1.5 : i == 9 ? 3.0 : 1.001);
  }
  const std::string text = published_beside_text({{"base", base}, {"other", other}});
  INFO(text);
  CHECK(text.find("2 of 20 figures, those on which the runs differ most\n") != std::string::npos);
  CHECK(text.find("M9") < text.find("M4"));
  CHECK(text.find("M5") == std::string::npos);
  const std::string alike = published_beside_text({{"base", base}, {"same", base}});
  CHECK(alike.find("they show the same of all\n") != std::string::npos);
}

TEST_CASE("published beside: nothing where nothing was published", "[history]") {
  CHECK(published_beside_text({{"base", ""}, {"other", kPublishedHeader}}).empty());
}

}  // namespace
}  // namespace chokepoint
