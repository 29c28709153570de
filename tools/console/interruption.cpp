#include "tools/console/interruption.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <climits>
#include <cstring>
#include <stdexcept>

#include "sim/scenario/text/characters.hpp"
#include "tools/console/progress.hpp"

namespace chokepoint {
namespace {

constexpr std::array kEndings = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
constexpr std::size_t kLongestTask = 1'024;

// All of this is read by the handler, which may come between any two instructions.

struct Slot {
  std::atomic<bool> is_taken = false;
  char path[PATH_MAX] = {};
};
std::array<Slot, 64> removed_on_signal;

/// A text is written where the handler does not look, then shown.
char tasks[2][kLongestTask] = {"nothing is kept"};
std::atomic<std::size_t> shown_task = 0;
std::atomic<void (*)()> stop_on_signal = nullptr;
std::atomic<const char*> line_begin = "";

void put(const char* text) {
  const auto ignored = write(STDERR_FILENO, text, std::strlen(text));
  static_cast<void>(ignored);
}

extern "C" void end_on_signal(int signal) {
  if (auto* stop_workers = stop_on_signal.load()) stop_workers();
  for (const Slot& slot : removed_on_signal) {
    if (slot.is_taken) unlink(slot.path);
  }
  // Folders inside others were named later.
  for (std::size_t i = removed_on_signal.size(); i-- > 0;) {
    if (removed_on_signal[i].is_taken) rmdir(removed_on_signal[i].path);
  }
  if (signal != SIGPIPE) {
    put(line_begin);
    put("chokepoint: interrupted: ");
    put(tasks[shown_task]);
    put("\n");
  }
  _exit(128 + signal);
}

sigset_t endings() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : kEndings) sigaddset(&set, signal);
  return set;
}

bool is_ignored(int signal) {
  struct sigaction action = {};
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

void catch_signals(void (*stop_workers)()) {
  stop_on_signal = stop_workers;
  if (progress_style(false) == ProgressStyle::Bar) line_begin = kEraseLine;
  struct sigaction action = {};
  action.sa_handler = end_on_signal;
  action.sa_mask = endings();
  for (const int signal : kEndings) {
    if (signal != SIGHUP || !is_ignored(signal)) sigaction(signal, &action, nullptr);
  }
  std::signal(SIGXFSZ, SIG_IGN);
}

void set_interrupted_task(const std::string& task) {
  const std::string text = printable(shortened(task, kLongestTask - 1));
  const std::size_t next = 1 - shown_task;
  text.copy(tasks[next], text.size());
  tasks[next][text.size()] = '\0';
  shown_task = next;
}

RemovedOnSignal::RemovedOnSignal(const std::filesystem::path& path) {
  const auto vacant =
      std::ranges::find_if(removed_on_signal, [](const Slot& slot) { return !slot.is_taken; });
  const std::string& name = path.native();
  if (vacant == removed_on_signal.end() || name.size() >= sizeof vacant->path) {
    throw std::runtime_error("cannot write " + name + ": the name is too long");
  }
  std::memcpy(vacant->path, name.c_str(), name.size() + 1);
  vacant->is_taken = true;
  slot_ = static_cast<std::size_t>(vacant - removed_on_signal.begin());
}

RemovedOnSignal::~RemovedOnSignal() {
  removed_on_signal[slot_].is_taken = false;
}

SignalsHeld::SignalsHeld() {
  const sigset_t set = endings();
  sigprocmask(SIG_BLOCK, &set, &before_);
}

SignalsHeld::~SignalsHeld() {
  sigprocmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace chokepoint
