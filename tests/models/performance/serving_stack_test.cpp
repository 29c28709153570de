#include "models/performance/serving_stack.hpp"

#include <catch2/catch.hpp>

#include "tests/models/catalog_excerpt.hpp"

namespace chokepoint {
namespace {

ServingEngine fitted_to(const std::vector<StackId>& stacks) {
  ServingEngine engine;
  engine.stacks = stacks;
  engine.experiments = 100;
  engine.coefficients.host_us = 7;
  engine.input = InputId{9};
  return engine;
}

TEST_CASE("serving stack: an engine of one stack is its own, one of several is borrowed",
          "[performance][serving_stack]") {
  CHECK_FALSE(is_borrowed(fitted_to({StackId{1}})));
  CHECK(is_borrowed(fitted_to({StackId{1}, StackId{2}})));
  CHECK(is_borrowed(engine_for({}, StackId{1})));
  const ServingEngine engine = fitted_to({StackId{1}});
  const Attained fifth = attained_everywhere(0.2), most = attained_everywhere(0.8);
  const ServingAttained own = serving_attained(engine, {fifth, most, most});
  CHECK(own.coefficients == engine.coefficients);
  CHECK(own.prefill == Sourced<double>{1.0, InputId{9}});
  CHECK(own.decode == Sourced<double>{1.0, InputId{9}});
}

TEST_CASE(
    "serving stack: with a borrowed engine it keeps what its fractions have of the reference's",
    "[performance][serving_stack]") {
  const ServingEngine engine = fitted_to({StackId{1}, StackId{2}});
  Attained own = attained_everywhere(0.5);
  own.fraction[static_cast<std::size_t>(OperatorClass::DecodeSystem)] = {0.4, InputId{3}};
  const Attained reference = attained_everywhere(0.8), all = attained_everywhere(1.0);
  const ServingAttained made = serving_attained(engine, {own, reference, reference});
  CHECK(made.coefficients == engine.coefficients);
  CHECK(made.prefill.value == Approx(0.5 * 0.5 / 0.64));
  CHECK(made.decode.value == Approx(0.5 * 0.4 / 0.64));
  CHECK(made.decode.input == InputId{3});
  // Nobody has measured that it does better.
  CHECK(serving_attained(engine, {all, own, own}).decode.value == 1.0);
}

// Half of what the stack that they lean towards loses is in the coefficients: the rest is left.
TEST_CASE("serving stack: what coefficients hold of another stack's losses counts once",
          "[performance][serving_stack]") {
  ServingEngine engine = fitted_to({StackId{1}, StackId{2}});
  const Attained reference = attained_everywhere(0.8), other = attained_everywhere(0.4);
  const auto kept = [&](const Attained& own) {
    return serving_attained(engine, {own, reference, other}).prefill.value;
  };
  CHECK(kept(other) == Approx(0.25));
  engine.towards = StackId{3};
  engine.towards_share = 0.5;
  CHECK(kept(other) == Approx(0.5));
  engine.towards_share = 1;
  CHECK(kept(other) == Approx(1));
  CHECK(kept(attained_everywhere(0.2)) == Approx(0.25));
}

}  // namespace
}  // namespace chokepoint
