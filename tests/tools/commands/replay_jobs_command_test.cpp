#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/paths.hpp"
#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

TEST_CASE("replay jobs: a log under two policies, and its jobs as a table", "[replay][jobs]") {
  const called::Folder folder;
  std::ofstream(folder.path() / "jobs.csv") << "submit,run,gpus\n0,100,16\n10,50,8\n20,10,4\n";
  const auto text = called::chokepoint(
      "replay jobs jobs.csv --on hgx_h100 --policy fifo --policy easy -o all.csv", folder);
  INFO(text.err);
  CHECK(text.exit_code == 0);
  CHECK(text.out.find("the mean job waits ") != std::string::npos);
  CHECK(text.out.find("\n3 jobs of a log (table; times in s)") != std::string::npos);
  CHECK(called::bytes_of(folder.path() / "all.csv").find("\nhgx_h100,easy,") != std::string::npos);
}

TEST_CASE("replay jobs: what is no log, and what no cluster holds, is told", "[replay][jobs]") {
  const called::Folder folder;
  std::ofstream(folder.path() / "requests.csv") << "arrival,prompt,output\n0,100,16\n";
  const auto wrong = called::chokepoint("replay jobs requests.csv --on hgx_h100", folder);
  CHECK(wrong.exit_code == 3);
  CHECK(wrong.err.find("requests.csv:1:1: error: does not say how long it ran") !=
        std::string::npos);
  std::ofstream(folder.path() / "large.csv") << "submit,run,gpus\n0,100,1600\n";
  CHECK(called::chokepoint("replay jobs large.csv --on hgx_h100", folder).exit_code == 6);
  CHECK(called::chokepoint("replay jobs large.csv --on hgx_h100 --policy best", folder).exit_code ==
        2);
}

TEST_CASE("replay jobs: with failures a folder has a trace, who was stopped, and the same again",
          "[replay][jobs]") {
  const called::Folder folder;
  std::ofstream(folder.path() / "jobs.csv")
      << "job,submit,run,gpus\nbig,0,900000,16\nsmall,10,50,8\n";
  const std::string command =
      "replay jobs jobs.csv --on hgx_h100 --failures --failure-factor 500 --seed 3 -o ";
  const auto one = called::chokepoint(command + "one", folder);
  INFO(one.err);
  REQUIRE(one.exit_code == 0);
  CHECK(one.out.find("goodput, useful over held") != std::string::npos);
  CHECK(called::chokepoint(command + "two", folder).exit_code == 0);
  for (const char* file : {"trace.pftrace", "tables/jobs.csv", "tables/failures_by_size.csv"}) {
    const std::string bytes = called::bytes_of(folder.path() / "one" / file);
    CHECK_FALSE(bytes.empty());
    CHECK(bytes == called::bytes_of(folder.path() / "two" / file));
  }
  const auto chrome =
      called::chokepoint("trace export one/trace.pftrace --to chrome -o gantt.json", folder);
  INFO(chrome.err);
  CHECK(chrome.exit_code == 0);
  const std::string gantt = called::bytes_of(folder.path() / "gantt.json");
  CHECK(gantt.find("pod/h100 > node 1") != std::string::npos);
  CHECK(gantt.find("\"job big on 16\"") != std::string::npos);
  CHECK(gantt.find("\"in repair: ") != std::string::npos);
  const auto again = called::chokepoint("replay run one/trace.pftrace", folder);
  CHECK(again.exit_code == 3);
  CHECK(again.err.find("holds a replay of jobs") != std::string::npos);
}

TEST_CASE("replay jobs: at no rate of failures jobs end as without them", "[replay][jobs]") {
  const called::Folder folder;
  std::ofstream(folder.path() / "jobs.csv") << "submit,run,gpus\n0,900,16\n10,50,8\n20,70,2\n";
  const std::string command =
      "replay jobs jobs.csv --on hgx_h100 --policy easy --policy conservative --policy preempt ";
  CHECK(called::chokepoint(command + "-o without.csv", folder).exit_code == 0);
  CHECK(
      called::chokepoint(command + "--failures --failure-factor 0 -o with.csv", folder).exit_code ==
      0);
  CHECK(called::bytes_of(folder.path() / "without.csv") ==
        called::bytes_of(folder.path() / "with.csv"));
}

TEST_CASE("replay jobs: what makes no sense together is refused with help", "[replay][jobs]") {
  const called::Folder folder;
  std::ofstream(folder.path() / "jobs.csv") << "submit,run,gpus\n0,100,16\n";
  for (const auto& [options, words] : std::vector<std::pair<std::string, std::string>>{
           {"--seed 3", "add --failures, or leave it out"},
           {"--failure-factor 3", "add --failures, or leave it out"},
           {"--software-failures", "add --failures, or leave it out"},
           {"--most-restarts 3", "add --failures, or leave it out"},
           {"--checkpoint-seconds 3 --policy las", "no checkpoint is made"},
           {"--failures --checkpoint-seconds 0", "would be made all the time"},
           {"--begins 2026-03-02", "nothing changes on a day"},
           {"--begins 2026-02-30", "is no day"},
           {"--trace-level site", "name one with -o"}}) {
    const auto refused =
        called::chokepoint("replay jobs jobs.csv --on hgx_h100 " + options, folder);
    INFO(options << ": " << refused.err);
    CHECK(refused.exit_code == 2);
    CHECK(refused.err.find(words) != std::string::npos);
  }
}

TEST_CASE("replay jobs: what changes on a day needs a log that knows days", "[replay][jobs]") {
  const called::Folder folder;
  std::ofstream(folder.path() / "jobs.csv") << "submit,run,gpus\n0,100,16\n10,50,8\n20,10,4\n";
  const auto no_day = called::chokepoint("replay jobs jobs.csv --on mixed_closing", folder);
  CHECK(no_day.exit_code == 3);
  CHECK(no_day.err.find("say with --begins on which day that is") != std::string::npos);
  std::ofstream(folder.path() / "dated.csv")
      << "submit,run,gpus\n2026-03-02 19:50:00,7200,8\n2026-03-02 19:52:00,50,8\n";
  const auto dated = called::chokepoint(
      "replay jobs dated.csv --on mixed_closing --policy priority --json", folder);
  INFO(dated.err);
  CHECK(dated.exit_code == 0);
  CHECK(dated.out.find("\"closed_stops\": ") != std::string::npos);
  const auto begins = called::chokepoint(
      "replay jobs jobs.csv --on mixed_closing --begins 2026-03-02 -o out", folder);
  INFO(begins.err);
  CHECK(begins.exit_code == 0);
  CHECK(begins.out.find("pod/h20 1 node never comes: the second") != std::string::npos);
  CHECK(called::bytes_of(folder.path() / "out" / "tables/jobs.csv").find("never_placed") !=
        std::string::npos);
}

TEST_CASE("replay jobs: elastic jobs fare as the README says", "[replay][jobs]") {
  const std::filesystem::path root = source_dir();
  const std::string readme = called::bytes_of(root / "scenarios" / "logs" / "README.md");
  const auto begin = readme.find("## Elastic jobs");
  REQUIRE(begin != std::string::npos);
  const std::string section = readme.substr(begin, readme.find("\n## ", begin) - begin);
  const called::Folder folder;
  std::filesystem::create_directory_symlink(root / "scenarios", folder.path() / "scenarios");
  std::istringstream lines(section);
  std::string out;
  int rows = 0;
  for (std::string line; std::getline(lines, line);) {
    const std::string program = "    chokepoint ";
    if (line.starts_with(program)) {
      out = called::chokepoint(line.substr(program.size()), folder).out;
    } else if (line.starts_with("    ")) {
      INFO(line << "\n" << out);
      CHECK(out.find("\n" + line.substr(4) + "\n") != std::string::npos);
      ++rows;
    }
  }
  CHECK(rows == 2);
  const auto table = called::chokepoint(
      "replay jobs scenarios/logs/elastic_jobs.csv --on hgx_h100 -o out", folder);
  CHECK(table.exit_code == 0);
  CHECK(called::bytes_of(folder.path() / "out" / "tables/jobs.csv")
            .starts_with("cluster,policy,job,owner,devices,asked_devices,submit_s,"));
  const auto rigid = called::chokepoint(
      "replay jobs scenarios/logs/elastic_jobs.csv --on hgx_h100 --column min_devices=devices "
      "--column max_devices=devices -o rigid.csv",
      folder);
  CHECK(rigid.out.find("devices of elastic jobs") == std::string::npos);
  CHECK(called::bytes_of(folder.path() / "rigid.csv").find("asked_devices") == std::string::npos);
}

}  // namespace
}  // namespace chokepoint
