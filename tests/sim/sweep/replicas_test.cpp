#include "sim/sweep/replicas.hpp"

#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>

namespace chokepoint {
namespace {

void nobody(int) {}

/// An answer of one number.
pb::RunFigures saying(double value) {
  pb::RunFigures found;
  found.set_misfit(value);
  return found;
}

/// More than a pipe holds: about 4 MB.
pb::RunFigures long_answer(int i) {
  pb::RunFigures found;
  for (int k = 0; k < 100'000; ++k) {
    pb::YearlyFigure& figure = *found.add_yearly();
    figure.set_indicator("figure " + std::to_string(k));
    figure.set_value(i + k / 7.0);
  }
  return found;
}

/// A number that parent and children share.
class Shared {
public:
  Shared() {
    void* page = mmap(nullptr, sizeof(std::atomic<int>), PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    REQUIRE(page != MAP_FAILED);
    value_ = new (page) std::atomic<int>(0);
  }
  ~Shared() { munmap(value_, sizeof *value_); }
  Shared(const Shared&) = delete;
  Shared& operator=(const Shared&) = delete;

  void set(int value) const { *value_ = value; }
  int wait() const {
    while (*value_ == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return *value_;
  }

private:
  std::atomic<int>* value_;
};

bool has_no_children() {
  return waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD;
}

TEST_CASE("replicas: results come by replica, whatever the number of workers", "[sweep]") {
  for (const int workers : {1, 3, 20}) {
    const auto results = run_replicas(
        12, workers, [](int i) { return saying(i / 3.0); }, nobody);
    REQUIRE(results.size() == 12);
    for (int i = 0; i < 12; ++i) {
      CHECK(results[static_cast<std::size_t>(i)].misfit() == i / 3.0);  // To the last bit.
    }
    CHECK(has_no_children());
  }
  CHECK(run_replicas(
            0, 2, [](int) { return saying(1.0); }, nobody)
            .empty());
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
        return saying(i);
      },
      [&](int done) { CHECK(done == ++told); });
  CHECK(told == kReplicas);
  for (int i = 0; i < kReplicas; ++i) CHECK(results[static_cast<std::size_t>(i)].misfit() == i);
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
        pb::RunFigures found = saying(++touched);
        found.set_moves(getpid());
        return found;
      },
      nobody);
  CHECK(touched == 0);
  for (const pb::RunFigures& found : results) CHECK(found.misfit() == 1.0);
  CHECK(results[0].moves() != results[1].moves());
}

TEST_CASE("replicas: long answers arrive whole, and so does an empty one", "[sweep]") {
  const auto answer = [](int i) { return i == 1 ? pb::RunFigures() : long_answer(i); };
  const auto results = run_replicas(3, 3, answer, nobody);
  for (int i = 0; i < 3; ++i) {
    CHECK(results[static_cast<std::size_t>(i)].SerializeAsString() ==
          answer(i).SerializeAsString());
  }
}

TEST_CASE("replicas: one that fails is told with what it said", "[sweep]") {
  const auto failing = [](int i) -> pb::RunFigures {
    if (i == 2) throw std::runtime_error("disk full at sample 7");
    return {};
  };
  CHECK_THROWS_WITH(run_replicas(4, 2, failing, nobody), "replica 2: disk full at sample 7");
  CHECK(has_no_children());
}

TEST_CASE("replicas: one that ends before its answer is told with how", "[sweep]") {
  const auto ends = [](auto how) {
    return [how](int i) -> pb::RunFigures {
      if (i == 1) how();
      return long_answer(i);
    };
  };
  CHECK_THROWS_WITH(run_replicas(3, 2, ends([] { raise(SIGKILL); }), nobody),
                    "replica 1: killed by signal 9, as where memory runs out");
  CHECK_THROWS_WITH(run_replicas(3, 2, ends([] { raise(SIGSEGV); }), nobody),
                    "replica 1: killed by signal 11");
  CHECK_THROWS_WITH(run_replicas(3, 2, ends([] { _exit(3); }), nobody),
                    "replica 1: ended with exit code 3");
  CHECK_THROWS_WITH(run_replicas(3, 2, ends([] { _exit(0); }), nobody),
                    "replica 1: ended in the middle of its answer");
  CHECK(has_no_children());
}

// Replica 1 fills its pipe while the parent is told of replica 0, and is killed there.
TEST_CASE("replicas: a cut answer is none", "[sweep]") {
  const Shared process;
  const auto work = [&](int i) {
    if (i == 0) return saying(0.0);
    pb::RunFigures found = long_answer(i);
    process.set(getpid());
    return found;
  };
  const auto kill_other = [&](int done) {
    if (done > 1) return;
    const int other = process.wait();
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    kill(other, SIGKILL);
  };
  CHECK_THROWS_WITH(run_replicas(2, 2, work, kill_other), Catch::StartsWith("replica 1: killed"));
  CHECK(has_no_children());
}

/// Ends the worker with 3 when its thread is over: after it has answered.
struct LateEnd {
  ~LateEnd() { _exit(3); }
};

TEST_CASE("replicas: an answer of a worker that ends badly is none", "[sweep]") {
  const auto work = [](int) {
    static thread_local LateEnd late;
    (void)late;
    return saying(1.0);
  };
  CHECK_THROWS_WITH(run_replicas(1, 1, work, nobody), "replica 0: ended with exit code 3");
}

TEST_CASE("replicas: where one fails the others are stopped at once", "[sweep]") {
  const auto began = std::chrono::steady_clock::now();
  const auto work = [](int i) -> pb::RunFigures {
    if (i == 2) throw std::runtime_error("no");
    std::this_thread::sleep_for(std::chrono::seconds(60));
    return {};
  };
  CHECK_THROWS_WITH(run_replicas(3, 3, work, nobody), "replica 2: no");
  CHECK(has_no_children());
  CHECK(std::chrono::steady_clock::now() - began < std::chrono::seconds(30));
}

TEST_CASE("replicas: who throws when told leaves nobody behind", "[sweep]") {
  const auto work = [](int i) {
    if (i > 0) std::this_thread::sleep_for(std::chrono::seconds(60));
    return saying(i);
  };
  const auto tired = [](int) { throw std::runtime_error("enough"); };
  CHECK_THROWS_WITH(run_replicas(3, 3, work, tired), "enough");
  CHECK(has_no_children());
}

extern "C" void ignore_signal(int) {}

TEST_CASE("replicas: signals to the parent change nothing", "[sweep]") {
  struct sigaction action = {};  // Without SA_RESTART: every call is interrupted.
  action.sa_handler = ignore_signal;
  REQUIRE(sigaction(SIGALRM, &action, nullptr) == 0);
  const itimerval often = {{0, 1'000}, {0, 1'000}};
  REQUIRE(setitimer(ITIMER_REAL, &often, nullptr) == 0);
  const auto results = run_replicas(6, 2, long_answer, nobody);
  const itimerval never = {};
  setitimer(ITIMER_REAL, &never, nullptr);
  for (int i = 0; i < 6; ++i) {
    CHECK(results[static_cast<std::size_t>(i)].yearly(7).value() == i + 1.0);
  }
}

TEST_CASE("replicas: who was told to ignore children learns how they end all the same", "[sweep]") {
  std::signal(SIGCHLD, SIG_IGN);
  const auto work = [](int) -> pb::RunFigures { _exit(4); };
  CHECK_THROWS_WITH(run_replicas(1, 1, work, nobody), "replica 0: ended with exit code 4");
}

TEST_CASE("replicas: a machine has a core", "[sweep]") {
  CHECK(cores() >= 1);
}

}  // namespace
}  // namespace chokepoint
