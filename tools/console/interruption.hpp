#pragma once

#include <csignal>
#include <filesystem>
#include <string>

namespace chokepoint {

/// From now on SIGINT, SIGTERM and SIGHUP end the program at once, with exit code 130, 143 and 129:
/// `stop_workers` is called, files that a RemovedOnSignal names go, and one line on stderr says
/// what was interrupted. SIGPIPE does so without a word, with 141. SIGHUP stays ignored where it
/// was, as under nohup. A file that grows past its limit is a failed write and no signal (SIGXFSZ).
/// `stop_workers` runs in a signal handler.
void catch_signals(void (*stop_workers)());

/// What the line about a signal says, "nothing is kept" until then. Cheap; the latest counts.
void set_interrupted_task(const std::string& task);

/// A file, or a folder that is empty by then, which goes when a signal ends the program: files
/// first, then folders, the latest named first.
class RemovedOnSignal {
public:
  explicit RemovedOnSignal(const std::filesystem::path& path);
  ~RemovedOnSignal();
  RemovedOnSignal(const RemovedOnSignal&) = delete;
  RemovedOnSignal& operator=(const RemovedOnSignal&) = delete;

private:
  std::size_t slot_;
};

/// Signals wait while this lives: for what must happen whole or not at all, and soon.
class SignalsHeld {
public:
  SignalsHeld();
  ~SignalsHeld();
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;

private:
  sigset_t before_;
};

}  // namespace chokepoint
