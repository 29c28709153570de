#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "tests/paths.hpp"
#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

using called::Folder;

std::string size_of(const std::string& flags) {
  return "size --model Qwen3-8B --isl 1000 --osl 200 " + flags;
}

const std::string kTarget = "--target 'ttft_p99<1s,tpot_p99<40ms,rate=20/s' ";

TEST_CASE("size: the cheapest fleet of each kind", "[size]") {
  const Folder folder;
  const auto said =
      called::chokepoint(size_of(kTarget + "--devices nv_h20_96,hw_ascend_910b2"), folder);
  INFO(said.err);
  CHECK(said.exit_code == 0);
  CHECK(said.out.find("hw_ascend_910b2") != std::string::npos);
  CHECK(said.out.find("What breaks first") != std::string::npos);
  const auto json =
      called::chokepoint(size_of(kTarget + "--devices nv_h20_96,hw_ascend_910b2 --json"), folder);
  CHECK(json.exit_code == 0);
  CHECK(json.out.find("chokepoint.size/1") != std::string::npos);
}

TEST_CASE("size: what may not be bought at a site is left out by its rule", "[size]") {
  const Folder folder;
  const auto said = called::chokepoint(
      size_of(kTarget + "--devices nv_h200,hw_ascend_910b2 --site CN --on 2025-01-15"), folder);
  INFO(said.err);
  CHECK(said.exit_code == 0);
  const auto left_out = said.out.find("Left out\n  nv_h200:");
  REQUIRE(left_out != std::string::npos);
  CHECK(said.out.find("by us_", left_out) != std::string::npos);
  CHECK(said.out.find("CFR", left_out) != std::string::npos);
}

TEST_CASE("size: lengths beyond the context of the model are refused with it", "[size]") {
  const Folder folder;
  const std::string asked = "size --model Qwen3-8B --isl 1e7 --devices nv_h20_96 " + kTarget;
  const auto said = called::chokepoint(asked, folder);
  CHECK(said.exit_code == 6);
  CHECK(said.err.find("more than the context of Qwen3-8B, 40960 tokens") != std::string::npos);
  CHECK(called::chokepoint(asked + "--context 5000", folder).err.find("--context, 5000 tokens") !=
        std::string::npos);
}

TEST_CASE("size: a day without a site leaves out what is not sold yet", "[size]") {
  const Folder folder;
  const auto said = called::chokepoint(
      size_of(kTarget + "--devices nv_h20_96,hw_ascend_960 --on 2025-01-15"), folder);
  INFO(said.err);
  CHECK(said.exit_code == 0);
  CHECK(said.out.find("Left out\n  hw_ascend_960: not sold before 20") != std::string::npos);
  CHECK(said.err.rfind("sized 2 kinds with ", 0) == 0);
  CHECK(called::chokepoint(size_of(kTarget + "--devices nv_h20_96 -q"), folder).err.empty());
}

TEST_CASE("size: a target out of reach is exit 6, with its figure", "[size]") {
  const Folder folder;
  const auto said = called::chokepoint(
      size_of("--devices nv_h20_96 --target 'tpot_p99<100ms,ttft_p99<1ms,rate=1/s'"), folder);
  CHECK(said.exit_code == 6);
  CHECK(said.out.find("one request alone has a mean TTFT of") != std::string::npos);
}

TEST_CASE("size: what is not understood is exit 2, where it stands", "[size]") {
  const Folder folder;
  const std::string h20 = "--devices nv_h20_96 ";
  const auto target = called::chokepoint(size_of(h20 + "--target 'ttft_p99<2'"), folder);
  CHECK(target.exit_code == 2);
  CHECK(target.err.find("--target:1:11: error: no unit") != std::string::npos);
  CHECK(target.err.find("ttft_p99<2\n") != std::string::npos);
  const auto rate = called::chokepoint(size_of(h20 + "--target 'ttft_p99<2s'"), folder);
  CHECK(rate.exit_code == 2);
  CHECK(rate.err.find("no rate is given") != std::string::npos);
  const auto device = called::chokepoint(size_of(kTarget + "--devices nv_h2O"), folder);
  CHECK(device.exit_code == 2);
  CHECK(device.err.find("did you mean") != std::string::npos);
  for (const char* wrong : {"--spread 9", "--site CN", "--on 2025-13-01", "--devices nv_h20_96",
                            "--site XX --on 2025-01-01", "--isl 0", "--log x --isl 5"}) {
    INFO(wrong);
    CHECK(called::chokepoint(size_of(kTarget + h20 + wrong), folder).exit_code == 2);
  }
}

TEST_CASE("size: a log gives lengths, bursts and a rate", "[size]") {
  const Folder folder;
  std::ofstream log(folder.path() / "log.csv");
  log << "timestamp,prompt_tokens,output_tokens\n";
  for (int i = 0; i < 400; ++i) log << i / 4 * 0.2 << "," << 500 + i << ",100\n";
  log.close();
  const std::string asked =
      "size --model Qwen3-8B --devices nv_h20_96 --target 'ttft_p99<1s' --log ";
  const auto said = called::chokepoint(asked + "log.csv", folder);
  INFO(said.err);
  CHECK(said.exit_code == 0);
  CHECK(said.out.find("log.csv") != std::string::npos);
  CHECK(called::chokepoint(asked + "nowhere.csv", folder).exit_code == 3);
}

TEST_CASE("size: a log that is shorter than a stay has its answer", "[size]") {
  const Folder folder;
  const auto said =
      called::chokepoint("size --model Qwen3-8B --devices nv_h20_96 --log '" + source_dir() +
                             "/scenarios/logs/conversations.jsonl' --target "
                             "'ttft_p99<5s,tpot_p99<50ms,rate=5/s' --json",
                         folder);
  INFO(said.err);
  CHECK(said.exit_code == 0);
  // 13,700 tokens a second to read are 1.5 times what one H20 computes at its peak.
  CHECK(said.out.find("\"devices\": 2,") != std::string::npos);
}

TEST_CASE("size: a log is read as replay reads it", "[size]") {
  const Folder folder;
  std::ofstream log(folder.path() / "log.csv");
  log << "when,asked,got\n";
  for (int i = 0; i < 100; ++i) log << i * 200 << ",500,100\n";
  log << "x,y,z\n";
  log.close();
  const std::string asked =
      "size --model Qwen3-8B --devices nv_h20_96 --target 'ttft_p99<1s' --json ";
  const std::string how =
      "--column arrival=when --column prompt=asked --column output=got --unit ms --skip-bad";
  const auto said = called::chokepoint(asked + "--log log.csv " + how, folder);
  INFO(said.err);
  CHECK(said.exit_code == 0);
  CHECK(said.out.find("\"rate_per_second\": 5,") != std::string::npos);
  CHECK(called::chokepoint(asked + "--log log.csv", folder).exit_code == 3);
  CHECK(called::chokepoint(asked + how, folder).exit_code == 2);
}

TEST_CASE("size: a site judges devices as the overlay has them", "[size]") {
  const Folder folder;
  std::ofstream(folder.path() / "own.textproto")
      << "devices { name: 'nv_h20_96' "
         "peak_bf16_tflops { value: 2000 source: 'mem' confidence: MEMORY } "
         "published_tpp { value: 32000 source: 'mem' confidence: MEMORY } "
         "published_performance_density { value: 39.3 source: 'mem' confidence: MEMORY } }\n";
  const std::string asked =
      size_of(kTarget + "--devices nv_h20_96 --site CN --on 2024-06-01 --json ");
  CHECK(called::chokepoint(asked, folder).out.find("left_out") == std::string::npos);
  const auto said = called::chokepoint(asked + "--catalog own.textproto", folder);
  INFO(said.err);
  CHECK(said.exit_code == 6);
  CHECK(said.out.find("left_out") != std::string::npos);
}

TEST_CASE("size: what is no number is no spread", "[size]") {
  const Folder folder;
  CHECK(called::chokepoint(size_of("--spread nan --target 'ttft_p99<1s,rate=1/s'"), folder)
            .exit_code == 2);
}

TEST_CASE("size: a fleet keeps a rate where a trial at it does", "[size]") {
  const Folder folder;
  const auto exit_at = [&](const std::string& rate) {
    return called::chokepoint(
               size_of("--fleet nv_h20_96:4 --target 'ttft_p99<1s,tpot_p99<40ms," + rate + "'"),
               folder)
        .exit_code;
  };
  CHECK(exit_at("rate=1/s") == 0);
  CHECK(exit_at("rate=100000/s") == 6);
}

}  // namespace
}  // namespace chokepoint
