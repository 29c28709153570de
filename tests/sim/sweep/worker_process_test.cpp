#include "sim/sweep/worker_process.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <cerrno>
#include <csignal>

namespace chokepoint {
namespace {

/// A worker that does nothing until it is killed.
pid_t idle_worker() {
  const pid_t worker = fork_worker();
  if (worker == 0) {
    for (;;) pause();
  }
  return worker;
}

bool is_gone(pid_t process) {
  return kill(process, 0) != 0 && errno == ESRCH;
}

TEST_CASE("worker process: its end is told", "[sweep][worker]") {
  const pid_t worker = fork_worker();
  if (worker == 0) _exit(7);
  const int status = wait_for_worker(worker);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 7);
  CHECK(is_gone(worker));
}

TEST_CASE("worker process: those that run are stopped and reaped, all of them", "[sweep][worker]") {
  const pid_t first = idle_worker(), second = idle_worker();
  stop_workers();
  CHECK(is_gone(first));
  CHECK(is_gone(second));
  stop_workers();  // There is nobody left.
}

// A terminal sends Ctrl-C to the worker as well, a cluster's scheduler SIGTERM.
TEST_CASE("worker process: it leaves the signals of a terminal to the program", "[sweep][worker]") {
  const pid_t worker = idle_worker();
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) REQUIRE(kill(worker, signal) == 0);
  int status = 0;
  CHECK(waitpid(worker, &status, WNOHANG) == 0);
  stop_workers();
  CHECK(is_gone(worker));
}

TEST_CASE("worker process: it ends with a program that is killed", "[sweep][worker]") {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t program = fork();
  if (program == 0) {
    const pid_t worker = idle_worker();  // Holds the pipe open as long as it lives.
    const ssize_t told = write(ends[1], &worker, sizeof worker);
    static_cast<void>(told);
    raise(SIGKILL);
  }
  close(ends[1]);
  pid_t worker = 0;
  REQUIRE(read(ends[0], &worker, sizeof worker) == sizeof worker);
  char byte = 0;
  CHECK(read(ends[0], &byte, 1) == 0);  // Both have closed it.
  waitpid(program, nullptr, 0);
  close(ends[0]);
}

TEST_CASE("worker process: signals reach the program again after a fork", "[sweep][worker]") {
  static volatile std::sig_atomic_t caught = 0;
  std::signal(SIGTERM, [](int) { caught = 1; });
  idle_worker();
  raise(SIGTERM);
  CHECK(caught == 1);
  stop_workers();
}

}  // namespace
}  // namespace chokepoint
