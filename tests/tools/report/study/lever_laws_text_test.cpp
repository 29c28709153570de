#include "tools/report/study/lever_laws_text.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

constexpr const char* kHeader = "lever,paths,from,steps,indicator,subjects,first,last,sign,scope\n";

std::vector<LeverLaw> laws_of(const std::string& row) {
  return read_lever_laws(kHeader + row + "\n");
}

TEST_CASE("lever_laws_text: a law is read from its row", "[levers]") {
  const auto laws = laws_of(
      "yield,stages[a].yield.start stages[a].yield.ceiling,,0.5 1 2,delivered,\"mainland/*,!*/x\","
      "2025,2026,strictly up,where dies bind");
  REQUIRE(laws.size() == 1);
  CHECK(laws[0].paths.size() == 2);
  CHECK(laws[0].steps == std::vector<double>{0.5, 1.0, 2.0});
  CHECK(laws[0].subjects == "mainland/*,!*/x");
  CHECK(laws[0].rises);
  CHECK(laws[0].is_strict);
  CHECK(laws[0].last == 2026);
}

TEST_CASE("lever_laws_text: what is wrong is told with its line", "[levers]") {
  const auto rest = [](const std::string& steps, const std::string& sign) {
    return "l,p,," + steps + ",delivered,*,2025,2026," + sign + ",s";
  };
  CHECK_THROWS_WITH(laws_of(rest("1", "up")), Catch::Contains("line 2: steps are two or more"));
  CHECK_THROWS_WITH(laws_of(rest("2 1", "up")), Catch::Contains("rising"));
  CHECK_THROWS_WITH(laws_of(rest("1 x", "up")), Catch::Contains("line 2: steps are numbers"));
  CHECK_THROWS_WITH(laws_of(rest("1 2", "left")), Catch::Contains("sign ends with up or down"));
  CHECK_THROWS_WITH(read_lever_laws(kHeader), Catch::Contains("no laws"));
}

TEST_CASE("lever_laws_text: a law that breaks is told", "[levers]") {
  LeverLaw law;
  law.name = "yield";
  law.steps = {1.0, 2.0};
  const std::string text =
      lever_laws_text({law, law}, {LeverOutcome{{{100.0}, {200.0}}}, LeverOutcome{{{4.0}, {2.0}}}});
  INFO(text);
  CHECK(text.find("1 of 2 laws hold") != std::string::npos);
  CHECK(text.find("+100.00 %") != std::string::npos);
  CHECK(text.find("+1.00") != std::string::npos);
  CHECK(text.find("broken") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
