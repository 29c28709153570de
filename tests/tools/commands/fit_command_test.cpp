#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/paths.hpp"
#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

using called::Folder;

const std::string kOwn = source_dir() + "/scenarios/measured/own/";
const std::string kSystem = " --device nv_h20_96 --precision bf16 --tp 1 ";

std::string vllm_files() {
  return kOwn + "vllm_c1.json " + kOwn + "vllm_c8.json " + kOwn + "vllm_c32.json " + kOwn +
         "vllm_c64.json " + kOwn + "vllm_start.log";
}

TEST_CASE("fit serving: an overlay that estimates use", "[fit]") {
  const Folder folder;
  const auto said =
      called::chokepoint("fit serving " + vllm_files() + kSystem + "-o own.textproto", folder);
  INFO(said.err);
  REQUIRE(said.exit_code == 0);
  for (const char* words : {"vllm: 5 runs", "identified", "left out", "tokens of cache"}) {
    CHECK(said.out.find(words) != std::string::npos);
  }
  const std::string question =
      "estimate serving --model Qwen3-8B --device nv_h20_96 --isl 1024 --osl 256 --concurrency 8";
  const auto before = called::chokepoint(question, folder);
  const auto after = called::chokepoint(question + " --catalog own.textproto", folder);
  REQUIRE(after.exit_code == 0);
  CHECK(after.out != before.out);
  CHECK(after.out.find("fitted to 5 runs of vllm_c1.json") != std::string::npos);
}

TEST_CASE("fit serving: the same files give the same bytes", "[fit]") {
  const Folder folder;
  for (const char* name : {"a.textproto", "b.textproto"}) {
    REQUIRE(called::chokepoint("fit serving " + vllm_files() + kSystem + "-o " + name, folder)
                .exit_code == 0);
  }
  CHECK(called::bytes_of(folder.path() / "a.textproto") ==
        called::bytes_of(folder.path() / "b.textproto"));
}

TEST_CASE("fit: a scenario imports both overlays", "[fit]") {
  const Folder folder;
  REQUIRE(called::chokepoint("fit serving " + vllm_files() + kSystem + "-o own.textproto", folder)
              .exit_code == 0);
  REQUIRE(called::chokepoint("fit training " + kOwn +
                                 "megatron.log --model Llama-3.1-8B --device nv_h100_sxm "
                                 "-o step.textproto",
                             folder)
              .exit_code == 0);
  std::ofstream(folder.path() / "mine.textproto")
      << "name: \"mine\"\nquestion: \"What do our own systems attain?\"\nbase: \"" << source_dir()
      << "/scenarios/history.textproto\"\nimport: \"own.textproto\"\nimport: \"step.textproto\"\n";
  const auto said = called::chokepoint("scenario explain mine.textproto --changes", folder);
  INFO(said.err);
  REQUIRE(said.exit_code == 0);
  CHECK(said.out.find("training_nv_h100_sxm") != std::string::npos);
}

TEST_CASE("fit serving: programs on devices of several stacks, in one overlay", "[fit]") {
  const Folder folder;
  std::ofstream rows(folder.path() / "rows.csv");
  rows << "id,framework,chip_id,isl,osl,concurrency_or_batch,metric,unit,value\n";
  int id = 0;
  for (const char* program : {"vllm", "sglang"}) {
    for (const char* device : {"nv_h20_96", "mt_s5000", "amd_mi300x", "hw_ascend_910b2"}) {
      rows << ++id << "," << program << "," << device << ",1000,200,8,tpot_mean,ms,40\n";
      rows << ++id << "," << program << "," << device << ",1000,200,64,tpot_mean,ms,90\n";
    }
  }
  rows.close();
  const std::string system = " --model Qwen3-8B --precision bf16 --tp 1 ";
  const auto said =
      called::chokepoint("fit serving rows.csv" + system + "-o own.textproto", folder);
  INFO(said.err);
  REQUIRE(said.exit_code == 0);
  for (const std::string& arguments : std::vector<std::string>{
           "estimate serving --catalog own.textproto --model Qwen3-8B --device mt_s5000",
           "estimate serving --catalog own.textproto --model Qwen3-8B --device hw_ascend_910b2 "
           "--engine sglang_cann",
           "scenario check mine.textproto"}) {
    std::ofstream(folder.path() / "mine.textproto")
        << "name: \"mine\"\nquestion: \"What do our own systems attain?\"\nbase: \"" << source_dir()
        << "/scenarios/history.textproto\"\nimport: \"own.textproto\"\n";
    const auto used = called::chokepoint(arguments, folder);
    INFO(arguments << "\n" << used.err);
    CHECK(used.exit_code == 0);
  }
}

TEST_CASE("fit: any format, and files of several", "[fit]") {
  const Folder folder;
  for (const std::string& arguments : std::vector<std::string>{
           "serving " + kOwn + "sglang.jsonl " + kOwn + "sglang_start.log --model Qwen3-8B" +
               kSystem,
           "serving " + kOwn + "inference_perf_stage_2.json " + kOwn +
               "vllm_summary.txt --engine vllm --model Qwen3-8B --devices 1" + kSystem,
           "serving " + kOwn + "guidellm.json " + kOwn + "aiperf.json --engine vllm" + kSystem,
           "serving " + kOwn + "serving.csv",
           "training " + kOwn + "mlperf.log --model Llama-3.1-8B --device nv_h100_sxm --devices 32",
           "training " + kOwn + "training.csv"}) {
    INFO(arguments);
    const auto said = called::chokepoint("fit " + arguments, folder);
    INFO(said.err);
    CHECK(said.exit_code == 0);
  }
}

TEST_CASE("fit: data that identify nothing are a finding, and write nothing", "[fit]") {
  const Folder folder;
  std::ofstream(folder.path() / "one.csv") << "metric,unit,value,isl,osl,concurrency_or_batch\n"
                                              "ttft_mean,ms,300,1024,256,4\n";
  const auto said = called::chokepoint(
      "fit serving one.csv --engine vllm --model Qwen3-8B -o own.textproto" + kSystem, folder);
  CHECK(said.exit_code == 1);
  CHECK(said.err.find("identify no coefficient") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "own.textproto"));
}

}  // namespace
}  // namespace chokepoint
