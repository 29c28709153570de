#include "sim/measure/training_stacks.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>

#include "tests/paths.hpp"

namespace chokepoint {
namespace {

std::string shipped(const std::string& file) {
  std::ifstream in(source_dir() + "/scenarios/" + file);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_CASE("training stacks: those that ship are read, each with its traits",
          "[measure][training]") {
  const auto stacks = read_training_stacks(shipped("catalog/training_stacks.csv"));
  REQUIRE(stacks.size() > 20);
  for (const TrainingStack& one : stacks) {
    INFO(one.name);
    CHECK((one.stack == "cuda" || one.stack == "cann"));
    CHECK((one.traits.gradient_bytes == 2 || one.traits.gradient_bytes == 4));
  }
}

TEST_CASE("training stacks: a cell that is no number is told by its row", "[measure][training]") {
  CHECK_THROWS_WITH(read_training_stacks("stack_version,stack,keeps_scores\na,cuda,maybe\n"),
                    "a: column keeps_scores has 'maybe'");
}

TEST_CASE("training figures: what is written reads back", "[measure][training]") {
  const TrainingFigures figures({{"gemm", TrainingScope::Architecture, "cuda.8", 0.625, 90, 0.0625},
                                 {"gemm", TrainingScope::Device, "nv_h20_96", 1.25, 3, 0.125}});
  const std::string text = training_figures_csv(figures, "rows.csv");
  CHECK(text.find("gemm,device,nv_h20_96,1.25,factor,3,0.125,estimated,rows.csv") !=
        std::string::npos);
  const TrainingFigures back = read_training_figures(text);
  REQUIRE(back.all().size() == 2);
  CHECK(back.find("gemm", TrainingScope::Architecture, "cuda.8")->value == 0.625);
  CHECK(back.find("gemm", TrainingScope::Architecture, "cuda.8")->rows == 90);
  CHECK_THROWS(
      read_training_figures("coefficient,scope,key,value,rows,spread\nx,device,a,1,1,1\n"));
  CHECK_THROWS(read_training_figures("coefficient,scope,key,value,rows,spread\ngemm,y,a,1,1,1\n"));
}

TEST_CASE("presumed cells: only where all conditions hold", "[measure][training]") {
  const auto cells = read_presumed_cells(
      "stack_version,model,layers,column,value\nv,,24,vpp,2\n,Mistral,,sliding_window,4096\n");
  CHECK(filled({{"stack_version", "v"}, {"layers", "24"}}, cells).at("vpp") == "2");
  CHECK(filled({{"stack_version", "v"}, {"layers", "25"}}, cells).count("vpp") == 0);
  CHECK(filled({{"model", "Mistral-7B"}}, cells).at("sliding_window") == "4096");
}

}  // namespace
}  // namespace chokepoint
