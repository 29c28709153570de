#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "tests/paths.hpp"
#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;
using called::Folder;

const std::string kLog = source_dir() + "/scenarios/logs/conversations.jsonl";
const std::string kReplay = "replay requests " + kLog + " -q --model Llama-3.1-8B --on hgx_h20 ";

TEST_CASE("replay requests: clusters stand side by side", "[replay]") {
  const Folder folder;
  const auto said =
      called::chokepoint(kReplay + "--on mixed_h20_910c --slo ttft=2s,tpot=50ms", folder);
  INFO(said.err);
  REQUIRE(said.exit_code == 0);
  CHECK(said.err.empty());
  for (const char* text : {"200 requests", "hgx_h20", "mixed_h20_910c", "TTFT p99", "TPOT p50",
                           "prefix hits", "USD/1e6 output tokens", "SLO kept"}) {
    INFO(text << " in\n" << said.out);
    CHECK(said.out.find(text) != std::string::npos);
  }
}

TEST_CASE("replay requests: the same log and seed give the same answer", "[replay]") {
  const Folder folder;
  const auto first = called::chokepoint(kReplay + "--json --routing power_of_two", folder);
  REQUIRE(first.exit_code == 0);
  CHECK(called::chokepoint(kReplay + "--json --routing power_of_two", folder).out == first.out);
  CHECK(called::chokepoint(kReplay + "--json --routing power_of_two --seed 9", folder).out !=
        first.out);
  CHECK(called::chokepoint(kReplay + "--json --prefix-cache off", folder).out != first.out);
}

TEST_CASE("replay requests: tables come whole, in place of those before", "[replay]") {
  const Folder folder;
  REQUIRE(called::chokepoint(kReplay + "-o out --trace-level request", folder).exit_code == 0);
  const fs::path out = folder.path() / "out";
  for (const char* name : {"requests.csv", "replicas.csv", "pools.csv", "replay.csv"}) {
    INFO(name);
    CHECK(fs::file_size(out / "tables" / name) > 100);
  }
  const auto facts = called::chokepoint("trace inspect out/trace.pftrace", folder);
  INFO(facts.err);
  CHECK(facts.exit_code == 0);
  CHECK(called::chokepoint("replay run out/trace.pftrace", folder).exit_code == 3);

  const std::string requests = called::bytes_of(out / "tables" / "requests.csv");
  REQUIRE(called::chokepoint(kReplay + "-o out --requests 20", folder).exit_code == 0);
  CHECK(called::bytes_of(out / "tables" / "requests.csv").size() < requests.size());
  CHECK_FALSE(fs::exists(out / "trace.pftrace"));

  REQUIRE(called::chokepoint(kReplay + "--on mlu590 -o both --requests 20", folder).exit_code == 0);
  CHECK(fs::exists(folder.path() / "both" / "mlu590" / "tables" / "requests.csv"));
}

TEST_CASE("replay requests: a cluster of one's own replays as it was written", "[replay]") {
  const Folder folder;
  REQUIRE(called::chokepoint("scenario new --cluster my_pod -o pod.textproto", folder).exit_code ==
          0);
  const auto said =
      called::chokepoint("replay requests " + kLog + " -q --on pod.textproto", folder);
  INFO(said.err);
  CHECK(said.exit_code == 0);
  CHECK(said.out.find("my_pod") != std::string::npos);
  CHECK(called::chokepoint("scenario check pod.textproto", folder).exit_code == 0);
}

TEST_CASE("replay requests: what is no number is no rate", "[replay]") {
  const Folder folder;
  for (const std::string wrong : {"--rate nan", "--speed nan", "--pue nan"}) {
    INFO(wrong);
    CHECK(called::chokepoint("replay requests " + kLog + " --on hgx_h20 " + wrong, folder)
              .exit_code == 2);
  }
}

TEST_CASE("replay requests: what does not fit is exit 6, and nothing is left", "[replay]") {
  const Folder folder;
  const auto said = called::chokepoint(
      "replay requests " + kLog + " --model DeepSeek-V3 --on atlas_800t_a2 --tp 8 -o out", folder);
  CHECK(said.exit_code == 6);
  CHECK(said.out.empty());
  CHECK(said.err.find("weights") != std::string::npos);
  CHECK_FALSE(fs::exists(folder.path() / "out"));
}

TEST_CASE("replay requests: an interrupted one leaves nothing", "[replay][signal]") {
  const Folder folder;
  std::ofstream log(folder.path() / "long.csv");
  log << "arrival,prompt,output\n";
  for (int i = 0; i < 200'000; ++i) log << i << ",500,50\n";
  log.close();
  const std::string run = "replay requests long.csv -q --model Llama-3.1-8B --on hgx_h20 ";
  for (const std::string then : {"", "--on mlu590"}) {
    const auto ended = called::chokepoint(
        run + then +
            " -o new/out >said.out & process=$!; "
            "for i in $(seq 6000); do find new -name '*.partial' 2>/dev/null | grep -q . && break; "
            "sleep 0.01; done; kill -TERM $process; wait $process",
        folder);
    INFO(ended.err);
    CHECK(ended.exit_code == 143);
    CHECK_FALSE(fs::exists(folder.path() / "new" / "out"));
  }
}

TEST_CASE("replay requests: what is longer than the context is refused and counted", "[replay]") {
  const Folder folder;
  std::ofstream(folder.path() / "log.csv") << "arrival,prompt,output\n0,500,50\n1,500,50\n"
                                              "2,10000000,50\n3,500,50\n4,500,9999\n";
  const std::string asked =
      "replay requests log.csv -q --on hgx_h20 --json --model Llama-3.1-8B --tp 8 ";
  const auto said = called::chokepoint(asked, folder);
  INFO(said.err);
  REQUIRE(said.exit_code == 0);
  CHECK(said.out.find("\"delivered\": 4,") != std::string::npos);
  CHECK(said.out.find("\"refused_too_long\": 1,") != std::string::npos);
  const auto shorter = called::chokepoint(asked + "--context 10000", folder);
  CHECK(shorter.out.find("\"refused_too_long\": 2,") != std::string::npos);
  // The plan is one for those that are served.
  const std::string searched =
      "replay requests log.csv -q --on hgx_h20 --model DeepSeek-V3 --context ";
  const auto with = called::chokepoint(searched + "10000", folder);
  CHECK(with.exit_code == 0);
  CHECK(with.out.find("refused as too long") != std::string::npos);
  const auto none = called::chokepoint(searched + "100", folder);
  CHECK(none.exit_code == 6);
  CHECK(none.err.find("every request is longer than the context of 100 tokens") !=
        std::string::npos);
}

}  // namespace
}  // namespace chokepoint
