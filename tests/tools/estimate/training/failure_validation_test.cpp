#include "tools/estimate/training/failure_validation.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>

#include "tests/tools/estimate/training/shipped_training.hpp"

namespace chokepoint {
namespace {

const std::string kHeader =
    "id,use,quantity,chips,days,measured,bound,lemons,recovery,params_b,checkpoint_minutes\n";

PredictedFailures only(const std::string& row) {
  return predicted_failures(kHeader + row, shipped_training()).at(0);
}

TEST_CASE("failure validation: ratios, bounds and what is lost", "[estimate][training]") {
  PredictedFailures one{"a", "", "goodput_pct", "validate", "", 90, 80};
  CHECK(*one.ratio() == Approx(80.0 / 90));
  CHECK(*one.loss_ratio() == Approx(2));
  CHECK(one.is_within(1.5));
  one.bound = "at_least";
  CHECK_FALSE(one.is_within(1.5));
  one.bound = "at_most";
  CHECK(one.is_within(1.5));
  one = {"b", "", "interruptions", "validate", "", 10, 15.1};
  CHECK_FALSE(one.is_within(1.5));
  CHECK_FALSE(one.loss_ratio());
  one.measured = 0;
  CHECK_FALSE(one.ratio());
  CHECK_FALSE(one.is_within(1.5));
}

TEST_CASE("law: a quantity follows from rates", "[estimate][training][law]") {
  const double in_ten = only("a,validate,interruptions,1024,10,1,,found,automatic,,").predicted;
  CHECK(only("a,validate,interruptions,1024,20,1,,found,automatic,,").predicted ==
        Approx(2 * in_ten));
  CHECK(only("a,validate,mttf_hours,1024,,1,,found,automatic,,").predicted == Approx(240 / in_ten));
  CHECK(only("a,validate,interruptions,1024,10,1,,left,automatic,,").predicted > in_ten);
  CHECK(only("a,validate,restarts,1024,10,1,,found,automatic,,").predicted > in_ten);
  CHECK(only("a,validate,hardware_interruptions,1024,10,1,,found,automatic,,").predicted < in_ten);
  CHECK(only("a,validate,goodput_pct,1024,10,1,,found,manual,175,").predicted <
        only("a,validate,goodput_pct,1024,10,1,,found,automatic,175,").predicted);
}

TEST_CASE("failure validation: a row that names what is not there", "[estimate][training][bad]") {
  CHECK_THROWS_AS(only("a,validate,interruptions,8,1,1,,found,magic,,"), std::runtime_error);
  CHECK_THROWS_AS(only("a,validate,luck,8,1,1,,found,manual,,"), std::runtime_error);
}

TEST_CASE("failure validation: text and CSV have all rows", "[estimate][training]") {
  const std::string rows = kHeader + "one,validate,mttf_hours,1024,,7.9,,left,automatic,,\n";
  const std::string text = failure_validation_text(rows, shipped_training());
  CHECK(text.find("of 1 figures that nothing was fitted to") != std::string::npos);
  CHECK(to_csv(failure_validation_table(rows, shipped_training())).find("one,validate,") !=
        std::string::npos);
}

}  // namespace
}  // namespace chokepoint
