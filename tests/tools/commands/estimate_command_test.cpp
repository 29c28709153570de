#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

using called::Folder;

std::string serving(const std::string& flags) {
  return "estimate serving " + flags;
}

TEST_CASE("estimate serving: one configuration, its memory, speed and errors", "[estimate]") {
  const Folder folder;
  const auto said = called::chokepoint(
      serving("--model DeepSeek-V3 --device nv_h20_96 --devices 16 --precision fp8"), folder);
  INFO(said.err);
  REQUIRE(said.exit_code == 0);
  for (const char* word :
       {"GiB weights", "fits", "TTFT", "TPOT", "runs within", "kWh", "binds", "grouped GEMM"}) {
    CHECK(said.out.find(word) != std::string::npos);
  }
}

TEST_CASE("estimate serving: what does not fit is exit 6, with its arithmetic", "[estimate]") {
  const Folder folder;
  const auto said =
      called::chokepoint(serving("--model DeepSeek-V3 --device nv_h20_96 --precision fp8"), folder);
  CHECK(said.exit_code == 6);
  CHECK(said.out.find("no: one request lacks") != std::string::npos);
  CHECK(said.out.find("TPOT") == std::string::npos);
}

TEST_CASE("estimate serving: what is not understood is exit 2, with help", "[estimate]") {
  const Folder folder;
  const std::string h20 = "--device nv_h20_96 ";
  CHECK(called::chokepoint(serving(""), folder).exit_code == 2);
  const auto model = called::chokepoint(serving(h20 + "--model DeepSek-V3"), folder);
  CHECK(model.exit_code == 2);
  CHECK(model.err.find("did you mean 'DeepSeek-V3'?") != std::string::npos);
  CHECK(called::chokepoint(serving("--model Qwen3-8B --device none"), folder).exit_code == 2);
  for (const char* wrong :
       {"--precision fp7", "--engine nobody", "--node nobody", "--tp 3", "--devices 8 --tp 16",
        "--isl 0", "--concurrency 0", "--kv fp3", "--rate 1 --concurrency 1"}) {
    INFO(wrong);
    CHECK(called::chokepoint(serving(h20 + "--model Qwen3-8B --devices 8 " + wrong), folder)
              .exit_code == 2);
  }
  CHECK(called::chokepoint(serving(h20 + "--model Qwen3-8B --rate 100000"), folder).exit_code == 6);
}

TEST_CASE("estimate serving: lengths beyond the context of the model are refused with it",
          "[estimate]") {
  const Folder folder;
  const std::string asked = "--model Qwen3-8B --device nv_h20_96 --isl 40000 --osl 1000 ";
  for (const std::string how : {"", "--search"}) {
    const auto said = called::chokepoint(serving(asked + how), folder);
    CHECK(said.exit_code == 6);
    CHECK(said.err.find("the context of Qwen3-8B, 40960 tokens") != std::string::npos);
    CHECK(called::chokepoint(serving(asked + how + " --context 41000"), folder).exit_code == 0);
  }
}

TEST_CASE("estimate serving: JSON names its schema", "[estimate]") {
  const Folder folder;
  const auto said =
      called::chokepoint(serving("--model Qwen3-8B --device nv_h20_96 --json"), folder);
  CHECK(said.exit_code == 0);
  CHECK(said.out.find("\"schema\": \"chokepoint.estimate.serving/1\"") != std::string::npos);
  CHECK(said.out.find("\"tpot_ms\"") != std::string::npos);
}

TEST_CASE("estimate serving: a search ranks plans and says why others are behind", "[estimate]") {
  const Folder folder;
  const std::string search = "--model Qwen3-32B --device nv_h20_96 --devices 4 --search ";
  const auto found = called::chokepoint(serving(search + "--tpot-ms 50"), folder);
  CHECK(found.exit_code == 0);
  CHECK(found.out.find("less output: more device time for") != std::string::npos);
  const auto none = called::chokepoint(serving(search + "--tpot-ms 0.1"), folder);
  CHECK(none.exit_code == 6);
  CHECK(none.out.find("misses the target") != std::string::npos);
}

TEST_CASE("estimate serving: rows keep their cells, get predictions or a reason", "[estimate]") {
  const Folder folder;
  std::ofstream(folder.path() / "rows.csv")
      << "id,chip_id,model_id,precision,framework,isl,osl,concurrency_or_batch,mode,metric,unit,"
         "value,chips,mine\n"
         "a,nv_h20_96,Qwen3-8B,bf16,vllm,1024,128,8,online,tpot_mean,ms,1,1,\"x, y\"\n"
         "b,nowhere,Qwen3-8B,bf16,vllm,1024,128,8,online,tpot_mean,ms,1,1,\n"
         "c,nv_h20_96,DeepSeek-V3,fp8,vllm,1024,128,8,online,tpot_mean,ms,1,1,\n"
         "d,nv_h20_96,,bf16,vllm,1024,128,8,online,tpot_mean,ms,1,1,\n";
  const auto said = called::chokepoint(serving("--rows rows.csv"), folder);
  INFO(said.err);
  REQUIRE(said.exit_code == 0);
  std::istringstream lines(said.out);
  std::vector<std::string> rows;
  for (std::string line; std::getline(lines, line);) rows.push_back(line);
  REQUIRE(rows.size() == 5);
  CHECK(rows[0].ends_with("predicted_value,feasible,reason"));
  CHECK(rows[1].find("\"x, y\"") != std::string::npos);
  CHECK(rows[1].ends_with(",yes,"));
  CHECK(rows[2].ends_with("no device 'nowhere' in the catalogue"));
  CHECK(rows[3].find("does not fit") != std::string::npos);
  CHECK(rows[4].find("it names no model_id") != std::string::npos);
}

TEST_CASE("estimate serving: measured cells change no prediction", "[estimate]") {
  const Folder folder;
  std::string predictions[2];
  for (int i = 0; i < 2; ++i) {
    std::ofstream(folder.path() / "rows.csv")
        << "chip_id,model_id,precision,framework,isl,osl,concurrency_or_batch,mode,metric,unit,"
           "chips,value\n"
           "nv_h20_96,Qwen3-8B,bf16,vllm,1024,128,8,online,tpot_mean,ms,1,"
        << (i == 0 ? "7" : "8") << "\n";
    const auto said = called::chokepoint(serving("--rows rows.csv -o out.csv"), folder);
    CHECK(said.out.empty());
    const std::string out = called::bytes_of(folder.path() / "out.csv");
    const std::string measured = i == 0 ? "1,7," : "1,8,";
    REQUIRE(out.find(measured) != std::string::npos);
    predictions[i] = out.substr(out.find(measured) + measured.size());
  }
  CHECK_FALSE(predictions[0].empty());
  CHECK(predictions[0] == predictions[1]);
}

TEST_CASE("validate serving: every measured run is predicted", "[estimate]") {
  const Folder folder;
  const auto said = called::chokepoint("validate serving --csv", folder);
  REQUIRE(said.exit_code == 0);
  CHECK(std::count(said.out.begin(), said.out.end(), '\n') > 1500);
  const auto text = called::chokepoint("validate serving --worst 1", folder);
  CHECK(text.out.find("each device") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
