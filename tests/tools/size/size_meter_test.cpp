#include "tools/size/size_meter.hpp"

#include <catch2/catch.hpp>
#include <sstream>

#include "tests/tools/size/sized_answers.hpp"

namespace chokepoint {
namespace {

std::string said(ProgressStyle style, double seconds_per_look) {
  std::ostringstream out;
  double now = 0;
  SizeMeter meter(out, style, 2,
                  [&] { return std::chrono::duration<double>(now += seconds_per_look); });
  SizeQuestion question = small_question();
  question.load.load = meter.watched(std::move(question.load.load));
  size_kinds(question, shipped_serving(), {}, 1,
             [&](const SizedKind& kind) { meter.done(kind.device); });
  meter.finish();
  return out.str();
}

TEST_CASE("size meter: a short answer says its last line alone", "[size]") {
  CHECK(said(ProgressStyle::Silent, 1).empty());
  CHECK(said(ProgressStyle::Bar, 1e-9).rfind("sized 2 kinds with ", 0) == 0);
}

TEST_CASE("size meter: a long one tells how far it has come", "[size]") {
  const std::string bar = said(ProgressStyle::Bar, 1);
  CHECK(bar.find("0 of 2 kinds sized") != std::string::npos);
  CHECK(bar.find("1 of 2 kinds sized") != std::string::npos);
  const std::string lines = said(ProgressStyle::Lines, 1);
  CHECK(lines.rfind("1 of 2 kinds sized: nv_h20_96\n", 0) == 0);
}

TEST_CASE("size meter: who watches changes nothing", "[size]") {
  std::ostringstream out;
  SizeMeter meter(out, ProgressStyle::Bar, 1, [] { return std::chrono::duration<double>(); });
  const SizeLoad load = drawn_load(Tokens{100}, Tokens{10}, 0.3);
  const auto watched = meter.watched(load.load).at({5}), plain = load.load.at({5});
  for (int i = 0; i < 3000; ++i) {
    CHECK(watched->next_arrival() == plain->next_arrival());
    CHECK(watched->next()->prompt == plain->next()->prompt);
  }
}

}  // namespace
}  // namespace chokepoint
