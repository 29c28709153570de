#include "sim/sweep/replicas.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <limits>
#include <stdexcept>

namespace chokepoint {
namespace {

void nobody(int) {}

TEST_CASE("replicas: results come by replica, whatever the number of workers", "[sweep]") {
  for (const int workers : {1, 3, 20}) {
    const auto results = run_replicas(
        12, workers,
        [](int i) {
          return Figures{{"square", i * i}, {"third", i / 3.0}};
        },
        nobody);
    REQUIRE(results.size() == 12);
    for (int i = 0; i < 12; ++i) {
      const Figures& figures = results[static_cast<std::size_t>(i)];
      CHECK(figures == Figures{{"square", i * i}, {"third", i / 3.0}});  // To the last bit.
    }
  }
}

// A child waits for the one after it: the results come in backwards.
TEST_CASE("replicas: results come in order whatever their speed", "[sweep]") {
  constexpr int kReplicas = 4;
  int ends[kReplicas][2];
  for (auto& end : ends) REQUIRE(pipe(end) == 0);
  int told = 0;
  const auto results = run_replicas(
      kReplicas, kReplicas,
      [&](int i) {
        char byte = 0;
        if (i + 1 < kReplicas && read(ends[i + 1][0], &byte, 1) != 1) throw std::logic_error("");
        if (write(ends[i][1], &byte, 1) != 1) throw std::logic_error("");
        return Figures{{"i", i}};
      },
      [&](int done) { CHECK(done == ++told); });
  CHECK(told == kReplicas);
  for (int i = 0; i < kReplicas; ++i) CHECK(results[static_cast<std::size_t>(i)].at("i") == i);
  for (auto& end : ends) {
    close(end[0]);
    close(end[1]);
  }
}

TEST_CASE("replicas: each is a process of its own", "[sweep]") {
  static int touched = 0;
  const auto results = run_replicas(
      3, 1,
      [](int) {
        return Figures{{"touched", ++touched}, {"process", getpid()}};
      },
      nobody);
  CHECK(touched == 0);
  for (const Figures& figures : results) CHECK(figures.at("touched") == 1.0);
  CHECK(results[0].at("process") != results[1].at("process"));
}

// More than a pipe holds.
TEST_CASE("replicas: long answers arrive whole", "[sweep]") {
  const auto answer = [](int i) {
    Figures figures;
    for (int k = 0; k < 20'000; ++k) figures["figure " + std::to_string(k)] = i + k / 7.0;
    return figures;
  };
  const auto results = run_replicas(3, 3, answer, nobody);
  for (int i = 0; i < 3; ++i) CHECK(results[static_cast<std::size_t>(i)] == answer(i));
}

TEST_CASE("replicas: the extremes of a number arrive, and so does nothing", "[sweep]") {
  using limits = std::numeric_limits<double>;
  const Figures figures = {{"greatest", limits::max()},
                           {"least", limits::denorm_min()},
                           {"endless", limits::infinity()},
                           {"below", -limits::infinity()},
                           {"a name of words", -0.5}};
  CHECK(run_replicas(
            1, 1, [&](int) { return figures; }, nobody)
            .front() == figures);
  CHECK(run_replicas(
            1, 1, [](int) { return Figures{}; }, nobody)
            .front()
            .empty());
  CHECK(run_replicas(
            0, 2, [](int) { return Figures{}; }, nobody)
            .empty());
}

TEST_CASE("replicas: one that fails is told with what it said", "[sweep]") {
  const auto failing = [](int i) -> Figures {
    if (i == 2) throw std::runtime_error("disk full at sample 7");
    return {};
  };
  CHECK_THROWS_WITH(run_replicas(4, 2, failing, nobody), "replica 2: disk full at sample 7");
  const auto silent = [](int) -> Figures { _exit(1); };
  CHECK_THROWS_WITH(run_replicas(1, 1, silent, nobody), "replica 0: it ended without a word");
}

TEST_CASE("replicas: a machine has a core", "[sweep]") {
  CHECK(cores() >= 1);
}

}  // namespace
}  // namespace chokepoint
