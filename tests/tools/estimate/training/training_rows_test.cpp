#include "tools/estimate/training/training_rows.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/estimate/training/shipped_training.hpp"

namespace chokepoint {
namespace {

std::string rows_made(const std::string& csv) {
  const auto made = training_rows_with_predictions(csv, shipped_training());
  if (const auto* wrong = std::get_if<Misunderstanding>(&made)) FAIL(wrong->message);
  return std::get<std::string>(made);
}

bool is_refused(const std::string& csv) {
  return std::holds_alternative<Misunderstanding>(
      training_rows_with_predictions(csv, shipped_training()));
}

TEST_CASE("training rows: what is no table of runs is refused", "[estimate][training]") {
  CHECK(is_refused(""));
  CHECK(is_refused("a,b\n1,2\n"));
  CHECK(is_refused(std::string("chip_id,\0\n", 10)));
  CHECK(is_refused("chip_id,model_id,mine,mine\na,b,1,2\n"));
}

TEST_CASE("training rows: cells that cannot be read have a reason and no number",
          "[estimate][training]") {
  const auto reason = [](const std::string& line) {
    const std::string csv = "chip_id,model_id,chips,tp,recompute,stack_version\n" + line + "\n";
    const auto rows = read_measured_table(rows_made(csv));
    REQUIRE(rows.size() == 1);
    if (!rows[0].at("reason").empty()) CHECK(rows[0].at("predicted_iteration_time_s").empty());
    return rows[0].at("reason");
  };
  CHECK(reason("nv_h100_sxm,Llama-3-8B,8,2,none,") == "");
  CHECK(reason("nv_h100_sxm,Llama-3-8B,8,x8,none,").starts_with("tp is 'x8'"));
  CHECK(reason("nv_h100_sxm,Llama-3-8B,8,2.7,none,").ends_with("the nearest is 3"));
  CHECK(reason("nv_h100_sxm,Llama-3-8B,8,2,sometimes,").starts_with("recompute is"));
  CHECK(reason("nv_h100_sxm,Llama-3-8B,8,2,none,mcore07").ends_with("did you mean 'mcore08'?"));
  CHECK(reason("nv_h100_sxm,Lama-3-8B,8,2,none,").ends_with("did you mean 'Llama-3-8B'?"));
  CHECK(reason("nv_h100_sxm,Llama-3-8B,8") == "the row has 3 cells, and there are 6 columns");
}

TEST_CASE("training rows: an answer asked again is the same answer", "[estimate][training]") {
  const std::string once = rows_made("chip_id,model_id,chips,tp\nnv_h100_sxm,Llama-3-8B,8,2\n");
  CHECK(rows_made(once) == once);
}

TEST_CASE("training rows: columns stay, predictions follow, one bad row stops no other",
          "[estimate][training]") {
  const std::string csv =
      "id,chip_id,model_id,chips,tp,pp,global_batch,iteration_time_s,mine\n"
      "a,nv_h100_sxm,Llama-3-70B,64,8,4,1024,12,x\n"
      "b,nobody,Llama-3-70B,64,8,4,1024,,y\n"
      "c,nv_h100_sxm,Llama-3-70B,64,8,4,1024,99,z\n";
  const std::string made = rows_made(csv);
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
