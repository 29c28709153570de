#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

using called::Folder;

void write_jobs(const Folder& folder) {
  std::ofstream(folder.path() / "jobs.csv") << "submit,run,gpus\n"
                                               "0,100,8\n10,50,8\n20,50,4\n";
}

TEST_CASE("compare: replays of jobs, of training and of a market do not mix", "[compare]") {
  const Folder folder;
  write_jobs(folder);
  const std::string jobs = "replay jobs jobs.csv --on hgx_h100 -o ";
  REQUIRE(called::chokepoint(jobs + "first --policy fifo", folder).exit_code == 0);
  REQUIRE(
      called::chokepoint(jobs + "second --policy fifo --set pools[0].nodes=1", folder).exit_code !=
      2);
  REQUIRE(called::chokepoint(jobs + "third --policy fifo --usd-per-kwh 0.5", folder).exit_code ==
          0);
  const auto compared = called::chokepoint("compare first third", folder);
  INFO(compared.err);
  REQUIRE(compared.exit_code == 0);
  CHECK(compared.out.rfind("Against first, what it costs is ", 0) == 0);
  CHECK(compared.out.find("wait_mean_s") != std::string::npos);
  CHECK(
      called::chokepoint("compare first third --csv", folder).out.rfind("run,baseline,figure", 0) ==
      0);
  REQUIRE(called::chokepoint("run h20_2025 -q --until 2025-02-01 -o run", folder).exit_code == 0);
  const auto mixed = called::chokepoint("compare first run", folder);
  CHECK(mixed.exit_code == 2);
  CHECK(mixed.err.find("first holds a replay of jobs, run a scenario without a market") !=
        std::string::npos);
}

TEST_CASE("compare: markets open with an answer, and files have all years", "[compare]") {
  const Folder folder;
  const std::string rest = " -q --until 2024-01-01 --draws 2 --all-draws -o ";
  REQUIRE(called::chokepoint("run history" + rest + "a", folder).exit_code == 0);
  const std::string off = "run history --set rules[us_2022_08_26_letters].enabled=false";
  REQUIRE(called::chokepoint(off + rest + "b", folder).exit_code == 0);
  const auto compared = called::chokepoint("compare a b", folder);
  INFO(compared.err);
  REQUIRE(compared.exit_code == 0);
  CHECK(compared.out.rfind("Against a, ", 0) == 0);
  CHECK(compared.out.find("nothing tells this from noise") != std::string::npos);
  CHECK(compared.out.find("Figures to trust least") != std::string::npos);
  CHECK(called::chokepoint("compare a b --year 2031", folder).exit_code == 2);
  const auto csv = called::chokepoint("compare a b --csv", folder).out;
  CHECK(csv.rfind("run,baseline,year,indicator,subject,unit,", 0) == 0);
  CHECK(csv.find("b,a,2022,") != std::string::npos);
  CHECK(called::chokepoint("compare a b --json", folder).out.find("chokepoint.compare.years/1") !=
        std::string::npos);
  const auto one = called::chokepoint("run history -q --until 2023-01-01 -o c", folder);
  CHECK(one.out.find("This is one run: nothing tells how much of it is noise") !=
        std::string::npos);
  CHECK(called::chokepoint("compare a c", folder)
            .out.find("c of 2021 to 2022: compared are 2021 "
                      "to 2022") != std::string::npos);
}

TEST_CASE("compare: one folder is refused, with help", "[compare]") {
  const Folder folder;
  const auto one = called::chokepoint("compare a", folder);
  CHECK(one.exit_code == 2);
  CHECK(one.err ==
        "chokepoint: error: one run by itself has no difference\n"
        "  help: name two runs, the baseline first: chokepoint compare runs/a runs/b\n");
}

}  // namespace
}  // namespace chokepoint
