#include "sim/measure/logs/benchmark_run.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/measure/logs/read_text.hpp"

namespace chokepoint {
namespace {

BenchmarkRun whole_run() {
  BenchmarkRun run;
  run.backend = "vllm";
  run.completed = run.asked = 160;
  run.prompt = 1000;
  run.output = 101;
  run.in_flight = 16;
  run.achieved = 6.4;  // 16 at once, 2.5 s each.
  run.ttft = Seconds{0.5};
  run.tpot = Seconds{0.02};
  return run;
}

ReadText add(const BenchmarkRun& run) {
  ReadText read;
  add_benchmark(
      run, known_system(),
      [](std::string_view) {
        return SourceLocation{"f", 1, 1};
      },
      read.measured, read.found);
  return read;
}

TEST_CASE("benchmark: a limit of requests in flight is what runs", "[measure][logs]") {
  const auto read = add(whole_run());
  REQUIRE(read.measured.serving.size() == 1);
  CHECK(read.run().concurrency == 16);
  CHECK(read.run().waves == 10);
  CHECK(read.run().prompt == 1000);
  CHECK(read.run().tpot == Seconds{0.02});
}

// 2 requests a second that take 0.5 s + 100 x 0.02 s each: 5 are in flight.
TEST_CASE("benchmark: at a rate, Little's law says how many run", "[measure][logs]") {
  BenchmarkRun run = whole_run();
  run.in_flight.reset();
  run.rate = run.achieved = 2;
  const auto read = add(run);
  REQUIRE(read.measured.serving.size() == 1);
  CHECK(read.run().concurrency == Approx(5));
  CHECK(read.run().waves == 0);
}

TEST_CASE("benchmark: throughput says something of the engine where no rate was asked for",
          "[measure][logs]") {
  BenchmarkRun run = whole_run();
  run.output_rate = TokensPerSecond{646.4};
  CHECK(add(run).run().output_rate == run.output_rate);
  run.rate = run.achieved;
  CHECK_FALSE(add(run).run().output_rate);
  run.latency = Seconds{2.5};
  run.ttft = run.tpot = std::nullopt;
  CHECK(add(run).run().output_rate == run.output_rate);
}

TEST_CASE("benchmark: all at once without a limit, as many run as the law says",
          "[measure][logs]") {
  BenchmarkRun run = whole_run();
  run.in_flight.reset();
  const auto read = add(run);
  CHECK(read.run().concurrency == Approx(16));
  CHECK(read.run().waves == 1);
  run.in_flight = 0;  // As some programs write it.
  CHECK(add(run).run().concurrency == Approx(16));
}

TEST_CASE("benchmark: never more at once than a limit, what was measured, or all",
          "[measure][logs]") {
  for (const double limit : {1.0, 15.0, 16.0, 17.0, 100.0, 1000.0}) {
    for (const bool at_a_rate : {false, true}) {
      BenchmarkRun run = whole_run();
      run.in_flight = limit;
      if (at_a_rate) run.rate = run.achieved;
      const auto in_flight = requests_in_flight(run);
      REQUIRE(in_flight);
      CHECK(*in_flight <= limit);
      CHECK(*in_flight <= 16 / 0.9);
      run.mean_in_flight = 3;
      CHECK(*requests_in_flight(run) <= 3 / 0.9);
    }
  }
}

TEST_CASE("benchmark: the time of a run stands for requests a second", "[measure][logs]") {
  BenchmarkRun run = whole_run();
  run.in_flight.reset();
  run.achieved.reset();
  run.seconds = 25;
  CHECK(*requests_in_flight(run) == Approx(16));
}

TEST_CASE("benchmark: what ran at once is not guessed", "[measure][logs]") {
  BenchmarkRun run = whole_run();
  run.in_flight.reset();
  run.is_median = true;
  CHECK_FALSE(requests_in_flight(run));
  run.in_flight = 16;
  CHECK(requests_in_flight(run) == 16.0);
  run.rate = 6.4;
  CHECK_FALSE(requests_in_flight(run));
}

TEST_CASE("benchmark: speculation that it reports is that of the run", "[measure][logs]") {
  BenchmarkRun run = whole_run();
  run.speculation = Speculation::Drafts;
  run.drafted = 2;
  CHECK(add(run).run().speculation == Speculation::Drafts);
  CHECK(add(run).run().stated.drafted == 2.0);
}

TEST_CASE("benchmark: a growing queue is no steady state", "[measure][logs]") {
  BenchmarkRun run = whole_run();
  run.rate = 10;
  const auto read = add(run);
  CHECK(read.measured.serving.empty());
  CHECK_FALSE(read.found.has_errors());
  CHECK(read.complaint().find("the queue grew") != std::string::npos);
}

TEST_CASE("benchmark: what cannot be fitted to is refused", "[measure][logs]") {
  const auto refused = [](auto change) {
    BenchmarkRun run = whole_run();
    change(run);
    const auto read = add(run);
    return read.found.has_errors() && read.measured.serving.empty();
  };
  CHECK(refused([](BenchmarkRun& r) { r.completed = 0; }));
  CHECK(refused([](BenchmarkRun& r) { r.output.reset(); }));
  CHECK(refused([](BenchmarkRun& r) { r.prompt = -1; }));
  CHECK(refused([](BenchmarkRun& r) { r.ttft = r.tpot = std::nullopt; }));
  CHECK(refused([](BenchmarkRun& r) { r.ttft = r.tpot = Seconds{std::nan("")}; }));
  CHECK(refused([](BenchmarkRun& r) { r.in_flight = 1e99; }));
}

TEST_CASE("benchmark: medians and failures are told", "[measure][logs]") {
  BenchmarkRun run = whole_run();
  run.is_median = true;
  run.asked = 170;
  const auto read = add(run);
  CHECK(read.measured.serving.size() == 1);
  CHECK(read.found.items().size() == 2);
  CHECK_FALSE(read.found.has_errors());
}

}  // namespace
}  // namespace chokepoint
