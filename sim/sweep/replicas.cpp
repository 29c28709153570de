#include "sim/sweep/replicas.hpp"

#include <google/protobuf/io/zero_copy_stream_impl.h>
#include <google/protobuf/util/delimited_message_util.h>
#include <malloc.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "sim/sweep/worker_process.hpp"

namespace chokepoint {

namespace {

namespace io = google::protobuf::io;
namespace util = google::protobuf::util;

/// A child, and what it has said so far.
struct Worker {
  int replica = 0;
  pid_t process = 0;
  int from = -1;
  std::string said;
};

[[noreturn]] void fail(const char* call) {
  throw std::system_error(errno, std::generic_category(), call);
}

/// Calls again as long as a signal interrupts.
template <class Call>
auto uninterrupted(const Call& call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

constexpr std::size_t kRunBytes = std::size_t{28} << 20U;  // Of memory that a run has at once.

/// Lets make_room() do as it says. Before workers are there: it tidies up the memory of the caller,
/// which each of them would have to copy for that.
void let_memory_stay() {
  mallopt(M_MMAP_THRESHOLD, int{32} << 20U);
  mallopt(M_TRIM_THRESHOLD, int{1} << 30U);
}

/// Makes room for a run in the memory of this thread, in large pages. Else it grows by a small page
/// at a time, each by a call of the system. What nobody touches costs nothing.
void make_room() {
  void* const room = std::malloc(kRunBytes);
  void* whole_pages = room;
  std::size_t bytes = kRunBytes;
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  if (room != nullptr && std::align(page, page, whole_pages, bytes) != nullptr) {
    madvise(whole_pages, bytes, MADV_HUGEPAGE);
  }
  std::free(room);
}

void tell(const pb::WorkerAnswer& answer, int to) {
  io::FileOutputStream out(to);
  const bool is_told = util::SerializeDelimitedToZeroCopyStream(answer, &out) && out.Flush();
  if (!is_told) _exit(1);
}

void tell_failure(const std::exception& failure, int to) {
  pb::WorkerAnswer answer;
  answer.set_failure(failure.what());
  tell(answer, to);
}

void work_and_tell(const std::function<pb::RunFigures(int)>& work, int replica, int to) {
  try {
    pb::WorkerAnswer answer;
    *answer.mutable_found() = work(replica);
    tell(answer, to);
  } catch (const std::exception& failure) {
    tell_failure(failure, to);
  }
}

/// What a worker that ended with `status` found.
pb::RunFigures answer_of(const Worker& worker, int status) {
  pb::WorkerAnswer answer;
  io::ArrayInputStream in(worker.said.data(), static_cast<int>(worker.said.size()));
  bool is_nothing = false;
  const bool is_whole = util::ParseDelimitedFromZeroCopyStream(&answer, &in, &is_nothing);
  std::string what;
  if (is_whole && answer.has_failure()) {
    what = answer.failure();
  } else if (WIFSIGNALED(status)) {
    what = "killed by signal " + std::to_string(WTERMSIG(status));
    if (WTERMSIG(status) == SIGKILL) what += ", as where memory runs out";
  } else if (WEXITSTATUS(status) != 0) {
    what = "ended with exit code " + std::to_string(WEXITSTATUS(status));
  } else if (!is_whole || !answer.has_found()) {
    what = "ended in the middle of its answer";
  } else {
    return std::move(*answer.mutable_found());
  }
  throw std::runtime_error("replica " + std::to_string(worker.replica) + ": " + what);
}

/// The workers of a study. None is left running where it ends.
class Crew {
public:
  Crew() = default;
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;
  ~Crew();

  std::size_t size() const { return workers_.size(); }
  void start(int replica, const std::function<pb::RunFigures(int)>& work);
  /// Waits until one has said something, or ended; calls `ended(replica, found)` of those that did.
  template <class Ended>
  void hear(const Ended& ended);

private:
  [[noreturn]] void be_worker(const Worker& itself, int to,
                              const std::function<pb::RunFigures(int)>& work) const;

  std::vector<Worker> workers_;
};

Crew::~Crew() {
  stop_workers();
  for (const Worker& worker : workers_) close(worker.from);
}

void Crew::start(int replica, const std::function<pb::RunFigures(int)>& work) {
  int ends[2];
  if (pipe(ends) != 0) fail("pipe");
  std::fflush(nullptr);  // Or the child would write what is buffered once more.
  Worker worker{replica, fork_worker(), ends[0], {}};
  if (worker.process == 0) be_worker(worker, ends[1], work);
  close(ends[1]);
  if (worker.process < 0) {
    close(ends[0]);
    fail("fork");
  }
  workers_.push_back(std::move(worker));
}

void Crew::be_worker(const Worker& itself, int to,
                     const std::function<pb::RunFigures(int)>& work) const {
  // So that a worker whose parent is gone cannot write, and ends.
  for (const Worker& other : workers_) close(other.from);
  close(itself.from);
  // Another thread allocates from memory of its own: the holes in what the parent has read lie on
  // pages that the child would have to copy.
  try {
    std::thread([&] {
      make_room();
      work_and_tell(work, itself.replica, to);
    }).join();
  } catch (const std::system_error& failure) {
    tell_failure(failure, to);
  }
  _exit(0);  // Not what the parent has registered for its own end.
}

template <class Ended>
void Crew::hear(const Ended& ended) {
  std::vector<pollfd> waiting;
  waiting.reserve(workers_.size());
  for (const Worker& worker : workers_) waiting.push_back({worker.from, POLLIN, 0});
  if (uninterrupted([&] { return poll(waiting.data(), waiting.size(), -1); }) < 0) fail("poll");
  char buffer[65'536];
  for (std::size_t i = waiting.size(); i-- > 0;) {
    if (waiting[i].revents == 0) continue;
    Worker& worker = workers_[i];
    const ssize_t n = uninterrupted([&] { return read(worker.from, buffer, sizeof buffer); });
    if (n < 0) fail("read");
    worker.said.append(buffer, static_cast<std::size_t>(n));
    if (n > 0) continue;
    const Worker done = std::move(worker);
    workers_.erase(workers_.begin() + static_cast<std::ptrdiff_t>(i));
    close(done.from);
    ended(done.replica, answer_of(done, wait_for_worker(done.process)));
  }
}

}  // namespace

std::vector<pb::RunFigures> run_replicas(int replicas, int workers,
                                         const std::function<pb::RunFigures(int)>& work,
                                         const std::function<void(int done)>& told) {
  let_memory_stay();
  std::signal(SIGCHLD, SIG_DFL);  // Who ignores it learns nothing of how a child ends.
  std::vector<pb::RunFigures> results(static_cast<std::size_t>(replicas));
  Crew crew;
  int next = 0, done = 0;
  while (done < replicas) {
    while (next < replicas && static_cast<int>(crew.size()) < std::min(workers, kMostWorkers))
      crew.start(next++, work);
    crew.hear([&](int replica, pb::RunFigures&& found) {
      results[static_cast<std::size_t>(replica)] = std::move(found);
      told(++done);
    });
  }
  return results;
}

pb::RunFigures run_apart(const std::function<pb::RunFigures()>& work) {
  return run_replicas(
             1, 1, [&](int) { return work(); }, [](int) {})
      .front();
}

int cores() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace chokepoint
