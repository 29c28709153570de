#include "tools/estimate/training/training_rows.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/estimate/training/shipped_training.hpp"

namespace chokepoint {
namespace {

TEST_CASE("training rows: columns stay, predictions follow, one bad row stops no other",
          "[estimate][training]") {
  const std::string csv =
      "id,chip_id,model_id,chips,tp,pp,global_batch,iteration_time_s,mine\n"
      "a,nv_h100_sxm,Llama-3-70B,64,8,4,1024,12,x\n"
      "b,nobody,Llama-3-70B,64,8,4,1024,,y\n"
      "c,nv_h100_sxm,Llama-3-70B,64,8,4,1024,99,z\n";
  const std::string made = training_rows_with_predictions(csv, shipped_training());
  const auto rows = read_measured_table(made);
  REQUIRE(rows.size() == 3);
  CHECK(
      made.starts_with("id,chip_id,model_id,chips,tp,pp,global_batch,iteration_time_s,mine,"
                       "predicted_iteration_time_s,predicted_tokens_per_s,predicted_mfu_pct,"
                       "predicted_memory_gb,feasible,reason\n"));
  CHECK(rows[0].at("mine") == "x");
  CHECK(rows[0].at("feasible") == "yes");
  CHECK(number_in(rows[0], "predicted_iteration_time_s", 0) > 1);
  CHECK(rows[1].at("predicted_iteration_time_s").empty());
  CHECK(rows[1].at("reason") == "no device 'nobody' in the catalogue");
  // What was measured is never looked at.
  CHECK(rows[0].at("predicted_iteration_time_s") == rows[2].at("predicted_iteration_time_s"));
}

}  // namespace
}  // namespace chokepoint
