#include "sim/sweep/replicas.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <utility>

namespace chokepoint {

namespace {

constexpr char kFigures = '=', kFailure = '!';

/// A child, and what it has said so far.
struct Child {
  int replica = 0;
  pid_t process = 0;
  int from = -1;
  std::string said;
};

void say(int to, const std::string& text) {
  std::size_t sent = 0;
  while (sent < text.size()) {
    const ssize_t n = write(to, text.data() + sent, text.size() - sent);
    if (n <= 0) _exit(1);
    sent += static_cast<std::size_t>(n);
  }
}

std::string text_of(const Figures& figures) {
  std::string text(1, kFigures);
  char buffer[64];
  for (const auto& [name, value] : figures) {
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value).ptr;
    text.append(name).append("\t").append(buffer, end).append("\n");
  }
  return text;
}

Figures figures_of(const std::string& text) {
  Figures figures;
  std::size_t at = 1;
  while (at < text.size()) {
    const std::size_t tab = text.find('\t', at);
    const std::size_t end = text.find('\n', tab);
    double value = 0.0;
    std::from_chars(text.data() + tab + 1, text.data() + end, value);
    figures.emplace_hint(figures.end(), text.substr(at, tab - at), value);
    at = end + 1;
  }
  return figures;
}

void work_and_say(const std::function<Figures(int)>& work, int replica, int to) {
  try {
    say(to, text_of(work(replica)));
  } catch (const std::exception& failure) {
    say(to, kFailure + std::string(failure.what()));
  }
}

Child start(int replica, const std::function<Figures(int)>& work) {
  int ends[2];
  if (pipe(ends) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  std::fflush(nullptr);  // Or the child would write what is buffered once more.
  const pid_t process = fork();
  if (process < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (process == 0) {
    close(ends[0]);
    // Another thread allocates from memory of its own: the holes in what the parent has read lie on
    // pages that the child would have to copy.
    try {
      std::thread([&] { work_and_say(work, replica, ends[1]); }).join();
    } catch (const std::system_error& failure) {
      say(ends[1], kFailure + std::string(failure.what()));
    }
    _exit(0);  // Not what the parent has registered for its own end.
  }
  close(ends[1]);
  return {replica, process, ends[0], {}};
}

/// Reads what a child has to say; true when it has ended.
bool hear(Child& child) {
  char buffer[65'536];
  const ssize_t n = read(child.from, buffer, sizeof buffer);
  if (n > 0) child.said.append(buffer, static_cast<std::size_t>(n));
  return n <= 0;
}

Figures end_of(const Child& child) {
  close(child.from);
  int status = 0;
  waitpid(child.process, &status, 0);
  if (!child.said.empty() && child.said[0] == kFigures) return figures_of(child.said);
  const std::string what = child.said.empty() ? "it ended without a word" : child.said.substr(1);
  throw std::runtime_error("replica " + std::to_string(child.replica) + ": " + what);
}

}  // namespace

std::vector<Figures> run_replicas(int replicas, int workers,
                                  const std::function<Figures(int)>& work,
                                  const std::function<void(int done)>& told) {
  std::vector<Figures> results(static_cast<std::size_t>(replicas));
  std::vector<Child> children;
  int next = 0, done = 0;
  while (done < replicas) {
    while (next < replicas && static_cast<int>(children.size()) < workers) {
      children.push_back(start(next++, work));
    }
    std::vector<pollfd> waiting;
    waiting.reserve(children.size());
    for (const Child& child : children) waiting.push_back({child.from, POLLIN, 0});
    poll(waiting.data(), waiting.size(), -1);
    for (std::size_t i = waiting.size(); i-- > 0;) {
      if (waiting[i].revents == 0 || !hear(children[i])) continue;
      results[static_cast<std::size_t>(children[i].replica)] = end_of(children[i]);
      children.erase(children.begin() + static_cast<std::ptrdiff_t>(i));
      told(++done);
    }
  }
  return results;
}

int cores() {
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

}  // namespace chokepoint
