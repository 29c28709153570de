#include "tools/console/progress.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>
#include <string>

namespace chokepoint {
namespace {

/// A meter on a clock that the test turns.
struct Watched {
  double wall_s = 100.0;
  std::ostringstream out;
  ProgressMeter meter;

  explicit Watched(ProgressStyle style)
      : meter(out, style, parse_date("2025-01-01").value(),
              [this] { return std::chrono::duration<double>(wall_s); }) {}
};

TEST_CASE("progress: of many there is a line at every tenth", "[progress]") {
  std::ostringstream out, unwatched;
  for (int done = 1; done <= 25; ++done) {
    tell_tenth(out, ProgressStyle::Lines, done, 25, "runs");
    tell_tenth(unwatched, ProgressStyle::Last, done, 25, "runs");
  }
  CHECK(unwatched.str().empty());
  const std::string text = out.str();
  CHECK(std::count(text.begin(), text.end(), '\n') == 10);
  CHECK(text.starts_with("3 of 25 runs\n5 of 25 runs\n"));
  CHECK(text.ends_with("25 of 25 runs\n"));
}

TEST_CASE("progress: a run of less than a second prints its last line only", "[progress]") {
  for (const auto style : {ProgressStyle::Last, ProgressStyle::Lines, ProgressStyle::Bar}) {
    Watched watched(style);
    watched.wall_s += 0.5;
    watched.meter.update(50_days, 100_days);
    CHECK(watched.out.str().empty());
    watched.meter.finish(100_days);
    CHECK(watched.out.str() == "simulated 100 days in 0.50 s, 200 days/s\n");
  }
}

TEST_CASE("progress: on a terminal that cannot redraw there is a line every ten percent",
          "[progress]") {
  Watched watched(ProgressStyle::Lines);
  for (int day = 1; day <= 1000; ++day) {
    watched.wall_s += 0.1;
    watched.meter.update(Seconds{day * 86'400.0}, 1000_days);
  }
  const std::string text = watched.out.str();
  CHECK(std::count(text.begin(), text.end(), '\n') == 9);
  // A tenth of a second per day: after 100 days 10 s, so 10 days/s and 90 s to go.
  CHECK(text.rfind(" 10 %  2025-04-11  10 simulated days/s  90 s left\n", 0) == 0);
}

TEST_CASE("progress: on a terminal one line is drawn again", "[progress]") {
  Watched watched(ProgressStyle::Bar);
  watched.wall_s += 2.0;
  watched.meter.update(50_days, 100_days);
  watched.meter.update(51_days, 100_days);  // No time has passed: not drawn.
  const std::string text = watched.out.str();
  CHECK(std::count(text.begin(), text.end(), '\n') == 0);
  CHECK(std::count(text.begin(), text.end(), '\r') == 1);
  CHECK(text.find("[###############...............]  50 %") != std::string::npos);
  watched.meter.finish(100_days);
  CHECK(watched.out.str().find("\x1b[2Ksimulated 100 days") != std::string::npos);
}

TEST_CASE("progress: off a terminal there is the last line alone", "[progress]") {
  Watched watched(ProgressStyle::Last);
  watched.wall_s += 5.0;
  watched.meter.update(50_days, 100_days);
  CHECK(watched.out.str().empty());
  watched.meter.finish(100_days);
  CHECK(watched.out.str() == "simulated 100 days in 5.00 s, 20 days/s\n");
}

TEST_CASE("progress: silent is silent", "[progress]") {
  Watched watched(ProgressStyle::Silent);
  watched.wall_s += 5.0;
  watched.meter.update(50_days, 100_days);
  watched.meter.finish(100_days);
  CHECK(watched.out.str().empty());
  CHECK(progress_style(true) == ProgressStyle::Silent);
}

}  // namespace
}  // namespace chokepoint
