#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

called::Result training(const std::string& flags, const called::Folder& folder) {
  return called::chokepoint("estimate training " + flags, folder);
}

TEST_CASE("estimate training: one plan, exit codes", "[estimate][training]") {
  const called::Folder folder;
  const std::string llama = "--model Llama-3-70B --device nv_h100_sxm --devices 64 ";
  const auto said = training(llama + "--tp 8 --pp 4", folder);
  INFO(said.err);
  CHECK(said.exit_code == 0);
  CHECK(said.out.find("products") != std::string::npos);
  CHECK(training(llama + "--tp 8 --pp 4 --json", folder).out.find("training/1") !=
        std::string::npos);
  CHECK(training("--model Llama-3.1-405B --device nv_h100_sxm --devices 8", folder).exit_code == 6);
  CHECK(training("", folder).exit_code == 2);
  const auto heads = training(llama + "--tp 7 --pp 1 --dp 9", folder);
  CHECK(heads.exit_code == 2);
  CHECK(heads.err.find("help: ") != std::string::npos);
  CHECK(training(llama + "--recompute some", folder).exit_code == 2);
  CHECK(training(llama + "--tp 8 --seq 4096.5", folder).exit_code == 2);
  CHECK(training(llama + "--tp 8 --device-usd 1e300", folder).exit_code == 2);
  CHECK(training(llama + "--tp 8 --precision mxfp8", folder).exit_code == 2);
}

TEST_CASE("estimate training: a search ranks plans, and says so where none fits",
          "[estimate][training]") {
  const called::Folder folder;
  const auto said = training(
      "--model Llama-3-8B --device nv_h100_sxm --devices 8 --global-batch 64 --search", folder);
  INFO(said.err);
  CHECK(said.exit_code == 0);
  CHECK(said.out.find("plans; ") != std::string::npos);
  CHECK(training("--model Llama-3.1-405B --device nv_h100_sxm --devices 8 --search", folder)
            .exit_code == 6);
}

TEST_CASE("estimate training: several kinds of devices", "[estimate][training]") {
  const called::Folder folder;
  const std::string llama = "--model Llama-3-8B --global-batch 64 --search ";
  const std::string kinds = "th_ppu_810e:16,mt_s5000:16";
  const auto said = training(llama + "--device " + kinds, folder);
  INFO(said.err);
  CHECK(said.exit_code == 0);
  CHECK(said.out.find("the slower: ") != std::string::npos);
  CHECK(training(llama + "--fleet " + kinds, folder).out == said.out);
  CHECK(training(llama + "--fleet " + kinds + " --json", folder).out.find("training.mix/1") !=
        std::string::npos);
  for (const std::string& flags :
       {"--device " + kinds + " --precision fp8", std::string("--device th_ppu_810e:0,a:1"),
        "--device " + kinds + " --tokens 1T", "--fleet " + kinds + " --devices 8"}) {
    INFO(flags);
    CHECK(training(llama + flags, folder).exit_code == 2);
  }
  CHECK(training("--model Llama-3-8B --device " + kinds, folder).exit_code == 2);
}

TEST_CASE("estimate training: a whole run, played and written", "[estimate][training]") {
  const called::Folder folder;
  const std::string llama =
      "--model Llama-3-70B --device nv_h100_sxm --devices 1024 --tp 8 --pp 4 --tokens 0.1T ";
  const auto said = training(llama + "--spares 2 --seed 3 -o played", folder);
  INFO(said.err);
  CHECK(said.exit_code == 0);
  CHECK(said.out.find("100 billion tokens in") != std::string::npos);
  CHECK(said.out.find("seed 3: done") != std::string::npos);
  CHECK(!called::bytes_of(folder.path() / "played" / "trace.pftrace").empty());
  CHECK(called::chokepoint("trace inspect played/trace.pftrace", folder).exit_code == 0);
  const auto json = training(llama + "--json --checkpoint blocking --mttf-hours 5", folder);
  CHECK(json.out.find("\"mean_hours_to_interruption\": 5") != std::string::npos);
  CHECK(training(llama + "--search --global-batch 1024", folder).out.find("The first of these") !=
        std::string::npos);
}

TEST_CASE("estimate training: a step, written, exported to Chakra and replayed in the same time",
          "[estimate][training]") {
  const called::Folder folder;
  const auto said = training(
      "--model Llama-3-70B --device nv_h100_sxm --devices 64 --tp 8 --pp 4 --global-batch 64 "
      "-o step",
      folder);
  INFO(said.err);
  CHECK(said.exit_code == 0);
  const auto run = [&](const std::string& command) {
    const auto result = called::chokepoint(command, folder);
    INFO(command << ": " << result.err);
    CHECK(result.exit_code == 0);
    return result.out;
  };
  CHECK(run("trace cat step/trace.pftrace --only step").find("pipeline=4") != std::string::npos);
  run("trace export step/trace.pftrace --to chakra -o et");
  const std::string out =
      run("replay graph et/*.et --groups et/groups.json --on hgx_h100 "
          "--set 'sites[pod].pools[h100].stocks[all].units.value=64' "
          "--set sites[pod].power_cap_mw.value=1 --json");
  CHECK(out.find("\"ranks\": 57") != std::string::npos);  // Device 56 is the last of any group.
}

TEST_CASE("estimate training: what a run may not be asked", "[estimate][training][bad]") {
  const called::Folder folder;
  const std::string llama = "--model Llama-3-70B --device nv_h100_sxm --devices 64 --tp 8 --pp 4 ";
  for (const char* flags :
       {"--spares 2", "--seed 3", "--tokens 15X", "--tokens T", "--tokens 1T --mttf-hours 0",
        "--tokens 1T --checkpoint later", "--tokens 1T --recovery magic", "--tokens 1T -o there"}) {
    INFO(flags);
    CHECK(training(llama + flags, folder).exit_code == 2);
  }
}

TEST_CASE("estimate training: rows", "[estimate][training]") {
  const called::Folder folder;
  std::ofstream(folder.path() / "rows.csv")
      << "id,chip_id,model_id,chips,tp,global_batch\na,nv_h100_sxm,Llama-3-8B,8,2,64\n";
  const auto said = training("--rows rows.csv -o out.csv", folder);
  INFO(said.err);
  CHECK(said.exit_code == 0);
  CHECK(called::bytes_of(folder.path() / "out.csv").find(",yes,") != std::string::npos);
  CHECK(training("--rows none.csv", folder).exit_code == 3);
  CHECK(training("--rows rows.csv --model Llama-3-8B", folder).exit_code == 2);
  std::ofstream(folder.path() / "empty.csv");
  CHECK(training("--rows empty.csv", folder).exit_code == 3);
}

}  // namespace
}  // namespace chokepoint
