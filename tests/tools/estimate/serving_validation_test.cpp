#include "tools/estimate/serving_validation.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "tests/tools/estimate/shipped_serving.hpp"

namespace chokepoint {
namespace {

TEST_CASE("serving validation: runs that cannot be predicted are named, the others go on",
          "[estimate]") {
  const std::string rows =
      "id,chip_id,model_id,precision,framework,isl,osl,concurrency_or_batch,mode,metric,unit,value,"
      "left_out\n"
      "good-tpot_mean,nv_h100_sxm,Llama-3.1-8B,bf16,vllm,1000,100,4,online,tpot_mean,ms,9,\n"
      "odd-tpot_mean,nv_h100_sxm,Llama-3.1-8B,fp7,vllm,1000,100,4,online,tpot_mean,ms,9,\n"
      "out-tpot_mean,nv_h100_sxm,Llama-3.1-8B,bf16,vllm,1000,100,4,online,tpot_mean,ms,9,stray\n";
  const std::vector<std::string> tables = {rows};
  const auto text = serving_validation_text(tables, shipped_serving(), 3);
  CHECK(text.find("odd: no format 'fp7'") != std::string::npos);
  CHECK(text.find("each model") != std::string::npos);
  CHECK(text.find("1  stray") != std::string::npos);
  CHECK(text.find("but nv_h100_sxm vllm") != std::string::npos);
  const auto csv = to_csv(serving_validation_table(tables, shipped_serving()));
  CHECK(csv.find(",,good\n") != std::string::npos);
  CHECK(csv.find(",stray,out\n") != std::string::npos);
  CHECK(csv.find(",no format 'fp7',odd\n") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
