#include "tools/policy/reasons.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

Argument yes(const std::string& condition) {
  Argument result;
  result.condition = result.question = condition;
  result.holds = true;
  return result;
}

Argument no(const std::string& condition) {
  Argument result = yes(condition);
  result.holds = false;
  return result;
}

Argument all_of(const std::string& clause, bool holds, std::vector<Argument> below) {
  Argument result = holds ? yes("all of") : no("all of");
  result.question = "all of these";
  result.clause = clause;
  result.below = std::move(below);
  return result;
}

// 0.5 ulp and a tenth of a percent below a line look like the line when they are rounded to four
// digits.
TEST_CASE("argument: a number is never rounded across the line beside it", "[policy]") {
  CHECK(digits_beside(2.9090909, 5.92) == "2.909");
  CHECK(digits_beside(3.199, 3.2) == "3.199");
  CHECK(digits_beside(3.19996, 3.2) == "3.19996");
  CHECK(digits_beside(3.2, 3.2) == "3.2");
  CHECK(digits_beside(3.20004, 3.2) == "3.20004");
  CHECK(digits_beside(4799.99, 4800) == "4799.99");
  CHECK(digits_beside(2368, 4800) == "2368");
  CHECK(digits_beside(20919, 21000) == "20919");
  CHECK(digits_beside(0.0, 1.0) == "0");
}

TEST_CASE("argument: thresholds are written as the law has them", "[policy]") {
  CHECK(threshold_text({Attribute::MemoryBandwidth, Comparison::AtLeast, 1400e9}) == "1400 GB/s");
  CHECK(threshold_text({Attribute::PerformanceDensity, Comparison::Below, 5.92}) == "5.92 TPP/mm2");
  CHECK(threshold_text({Attribute::HbmDensity, Comparison::Above, 3.3 * 1e9}) == "3.3 GB/s/mm2");
  CHECK(threshold_text({Attribute::Tpp, Comparison::AtLeast, 4800}) == "4800");
}

TEST_CASE("argument: a branch of one step is that step, with its clause", "[policy]") {
  const std::vector<Argument> steps = {all_of("a.1", false, {no("TPP 2368 >= 4800")}),
                                       all_of("a.2", false, {yes("this"), no("that")})};
  CHECK(questions_text(steps, 2) ==
        "  [a.1] TPP 2368 >= 4800? no\n"
        "  [a.2] all of these? no\n"
        "    this? yes\n"
        "    that? no\n");
  CHECK(conditions_text(steps, 0) == "[a.1] TPP 2368 >= 4800\n[a.2] all of\n  this\n  that\n");
}

TEST_CASE("argument: what is not known says so", "[policy]") {
  Argument step = no("density >= 5.92 TPP/mm2");
  step.known = false;
  CHECK(questions_text({step}, 0) == "density >= 5.92 TPP/mm2? not known, so it does not hold\n");
  step.bound = Bound{};
  CHECK(questions_text({step}, 0) ==
        "density >= 5.92 TPP/mm2? not known, so the bound does not hold\n");
}

TEST_CASE("argument: the first no names what it rests on", "[policy]") {
  CHECK(first_no({yes("a")}).empty());
  CHECK(first_no({yes("a"), no("b"), no("c")}) == "b? no");
  CHECK(first_no({all_of("", false, {yes("a"), no("b")})}) == "b? no");
  Argument either = no("any of");
  either.below = {no("here"), all_of("", false, {yes("of some kind"), no("there")})};
  CHECK(first_no({either}) == "here? no; there? no");
}

TEST_CASE("argument: JSON holds numbers unrounded, in the unit of the schema", "[policy]") {
  Argument step = yes("memory bandwidth >= 1400 GB/s");
  step.bound = Bound{Attribute::MemoryBandwidth, Comparison::AtLeast, 1400e9};
  step.value = 4000.25e9;
  const std::string json = to_json({step}).text();
  CHECK(json.find("\"value\": 4000.25") != std::string::npos);
  CHECK(json.find("\"threshold\": 1400") != std::string::npos);
  step.value.reset();
  CHECK(to_json({step}).text().find("\"value\": null") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
