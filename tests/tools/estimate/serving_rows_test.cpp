#include "tools/estimate/serving_rows.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/estimate/shipped_serving.hpp"

namespace chokepoint {
namespace {

const std::string kHeading =
    "chip_id,model_id,precision,framework,isl,osl,concurrency_or_batch,mode,metric,unit,chips,"
    "layers,hidden,heads,kv_heads,ffn,vocab\n";

std::string last_line(const std::string& text) {
  const auto end = text.rfind('\n');
  return text.substr(text.rfind('\n', end - 1) + 1, end - text.rfind('\n', end - 1) - 1);
}

TEST_CASE("serving rows: a model by its shape is the model of that shape", "[estimate]") {
  const std::string load = ",bf16,vllm,1000,100,4,online,tpot_mean,ms,1,";
  const auto named = rows_with_predictions(kHeading + "nv_h100_sxm,Llama-3.1-8B" + load + ",,,,,\n",
                                           shipped_serving());
  const auto shaped = rows_with_predictions(
      kHeading + "nv_h100_sxm," + load + "32,4096,32,8,14336,128256\n", shipped_serving());
  const auto predicted = [](const std::string& text) {
    const std::string line = last_line(text);
    return line.substr(line.find(",yes") - 40);
  };
  CHECK(predicted(named) == predicted(shaped));
}

TEST_CASE("serving rows: an empty table stays one", "[estimate]") {
  const auto out = rows_with_predictions(kHeading, shipped_serving());
  CHECK(last_line(out).find("predicted_tpot_ms") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
