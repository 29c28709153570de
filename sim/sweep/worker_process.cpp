#include "sim/sweep/worker_process.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cassert>
#include <cerrno>
#include <csignal>

namespace chokepoint {
namespace {

/// Workers that run, zero where there is none; a signal handler reads it.
std::array<std::atomic<pid_t>, kMostWorkers> running_workers;

void put_in_slot(pid_t before, pid_t after) {
  const auto slot = std::find(running_workers.begin(), running_workers.end(), before);
  assert(slot != running_workers.end());
  *slot = after;
}

void reap(pid_t worker, int& status) {
  while (waitpid(worker, &status, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace

pid_t fork_worker() {
  sigset_t endings, before;
  sigemptyset(&endings);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&endings, signal);
  pthread_sigmask(SIG_BLOCK, &endings, &before);  // The worker keeps it so.
  const pid_t program = getpid();
  const pid_t worker = fork();
  if (worker == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (const int end : {SIGPIPE, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
      std::signal(end, SIG_DFL);  // The program's own end is not the worker's to clean up or tell.
    }
    if (getppid() != program) _exit(1);  // It has ended already.
    for (auto& other : running_workers) other = 0;
    return 0;
  }
  const int failed = errno;
  if (worker > 0) put_in_slot(0, worker);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  errno = failed;
  return worker;
}

int wait_for_worker(pid_t worker) {
  int status = 0;
  put_in_slot(worker, 0);  // First: a later signal must not kill who has its number then.
  reap(worker, status);
  return status;
}

void stop_workers() {
  for (auto& worker : running_workers) {
    const pid_t process = worker.exchange(0);
    if (process <= 0) continue;
    int status = 0;
    kill(process, SIGKILL);
    reap(process, status);
  }
}

}  // namespace chokepoint
