#include <sys/wait.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "tests/paths.hpp"
#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

struct Outcome {
  int code;
  std::string said;
};

/// What the program, which lies beside the main one, says and ends with.
Outcome fit_performance(const std::string& arguments) {
  const called::Folder scratch;
  const auto program =
      std::filesystem::path(program_path()).parent_path() / "chokepoint_fit_performance";
  const auto said = scratch.path() / "said";
  const int status = std::system(
      ("'" + program.string() + "' " + arguments + " > '" + said.string() + "' 2> /dev/null")
          .c_str());
  std::ostringstream text;
  text << std::ifstream(said).rdbuf();
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text.str()};
}

TEST_CASE("fit_performance_main: exit codes tell what went wrong", "[measure]") {
  const std::string scenarios = "'" + source_dir() + "/scenarios'";
  CHECK(fit_performance("").code == 2);
  CHECK(fit_performance(scenarios).code == 2);
  CHECK(fit_performance(scenarios + " /nowhere.csv").code == 5);
  CHECK(fit_performance("/nowhere /dev/null").code == 3);
}

TEST_CASE("fit_performance_main: rows that it cannot use are told", "[measure]") {
  const called::Folder scratch;
  const std::string rows = (scratch.path() / "rows.csv").string();
  const std::string layout = ",fp8,vllm,8,1,1,online,1000,1000,8,tpot_mean,ms,12,x,8,,\n";
  std::ofstream(rows) << "id,chip_id,model_id,usable,precision,framework,tp,pp,ep,mode,isl,osl,"
                         "concurrency_or_batch,metric,unit,value,source,engine_devices,"
                         "attention_dp,speculation\n"
                      << "a,nv_h100_sxm,Llama-3.1-70B,1" << layout << "b,nv_h100_sxm,Llama-99,1"
                      << layout;
  const Outcome outcome = fit_performance("'" + source_dir() + "/scenarios' '" + rows + "' rows");
  CHECK(outcome.code == 0);
  CHECK(outcome.said.find("b: no model 'Llama-99' in the catalogue") != std::string::npos);
  CHECK(outcome.said.find("1 experiments are used") != std::string::npos);
  CHECK(outcome.said.find("all,TPOT,0.0") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
