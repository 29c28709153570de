#include "tools/report/answer/paired_runs.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

const YearlyKey kFigure{"installed_training", "mainland", "H100e", 2025};

double figure_of(const Figures& figures) {
  return value_or_none(figures, kFigure);
}

YearlyRun drawn_run(const std::vector<double>& draws) {
  YearlyRun run{"run", {{kFigure, 100.0}}, {}};
  for (std::size_t i = 0; i < draws.size(); ++i) {
    run.draws["draw_" + std::to_string(i)] = {{kFigure, draws[i]}};
  }
  return run;
}

TEST_CASE("paired runs: draws of one number make a pair, and no others", "[answer][paired]") {
  const auto base = drawn_run({100, 200, 300});
  auto other = drawn_run({110, 210, 310});
  other.draws.erase("draw_1");
  const PairedRuns runs(base, other);
  CHECK(runs.pairs() == 2);
  CHECK(runs.names() == std::vector<std::string>{"draw_0", "draw_2"});
  const auto differs = runs.difference(figure_of);
  CHECK(differs.change == Approx(10.0));
  CHECK(differs.before == Approx(200.0));
  CHECK(differs.percent().value() == Approx(5.0));
  CHECK(differs.certainty == Certainty::Unknown);  // Two are too few.
}

TEST_CASE("paired runs: a difference is clear where its band leaves zero out", "[answer][paired]") {
  const auto base = drawn_run({100, 200, 300, 400, 500, 600, 700, 800});
  const auto more = drawn_run({101, 201, 301, 401, 501, 601, 701, 801});
  CHECK(PairedRuns(base, more).difference(figure_of).certainty == Certainty::Clear);
  CHECK(PairedRuns(more, base).difference(figure_of).change == Approx(-1.0));
  const auto mixed = drawn_run({101, 199, 301, 399, 501, 599, 701, 799});
  CHECK(PairedRuns(base, mixed).difference(figure_of).certainty == Certainty::Noise);
  CHECK(PairedRuns(base, base).difference(figure_of).certainty == Certainty::Equal);
}

TEST_CASE("paired runs: rounding is no difference", "[answer][paired]") {
  YearlyRun base = drawn_run({}), other = base;
  other.itself[kFigure] = 100.0 + 1e-10;
  CHECK(PairedRuns(base, other).difference(figure_of).certainty == Certainty::Equal);
  CHECK_FALSE(PairedRuns(base, other).difference([](const Figures&) { return 0.0; }).percent());
}

TEST_CASE("paired runs: a level has the band of its own draws", "[answer][paired]") {
  const auto level = level_in(drawn_run({100, 200, 300}), figure_of);
  CHECK(level.value == Approx(200.0));
  CHECK(level.band.value().low == Approx(110.0));
  CHECK(level.band.value().high == Approx(290.0));
  CHECK_FALSE(level_in(drawn_run({}), figure_of).band);
}

}  // namespace
}  // namespace chokepoint
