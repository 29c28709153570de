#include "sim/measure/training_cells.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("training cells: what cannot be read is said with the nearest that can",
          "[measure][training]") {
  CHECK(training_cells_reason({}) == "");
  CHECK(training_cells_reason({{"tp", "8"}, {"layers", "80.0"}, {"zero", ""}}) == "");
  CHECK(training_cells_reason({{"recompute", "full(block 10)"}}) == "");
  CHECK(training_cells_reason({{"tp", "x8"}}) ==
        "tp is 'x8': give a whole number from 1 to 1000000");
  CHECK(training_cells_reason({{"tp", "2.7"}}) == "tp is '2.7': the nearest is 3");
  CHECK(training_cells_reason({{"pp", "nan"}}).find("give a whole number") != std::string::npos);
  CHECK(training_cells_reason({{"tp", "1e300"}}) == "tp is '1e300': the nearest is 1000000");
  CHECK(training_cells_reason({{"zero", "4"}}) == "zero is '4': the nearest is 3");
  CHECK(training_cells_reason({{"seq_len", "4096.5"}}).find("nearest is 409") != std::string::npos);
  CHECK(training_cells_reason({{"recompute", "sometimes"}}) ==
        "recompute is 'sometimes': the nearest is selective");
  CHECK(training_cells_reason({{"grad_dtype", "fp31"}}) ==
        "grad_dtype is 'fp31': the nearest is fp32");
}

}  // namespace
}  // namespace chokepoint
