#include "sim/engine/kernel/configure_simgrid.hpp"

#include <xbt/log.h>

#include <array>
#include <atomic>
#include <csignal>
#include <simgrid/s4u/Engine.hpp>
#include <stdexcept>

namespace chokepoint {

namespace {

/// Keeps what signals do: SimGrid's engine sets handlers of its own, which print and never end
/// well. None is delivered meanwhile.
class SignalsKept {
public:
  SignalsKept() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &mask_);
    for (int signal = 1; signal < NSIG; ++signal) sigaction(signal, nullptr, &at(signal));
  }
  ~SignalsKept() {
    for (int signal = 1; signal < NSIG; ++signal) sigaction(signal, &at(signal), nullptr);
    pthread_sigmask(SIG_SETMASK, &mask_, nullptr);
  }
  SignalsKept(const SignalsKept&) = delete;
  SignalsKept& operator=(const SignalsKept&) = delete;

private:
  struct sigaction& at(int signal) {
    return actions_[static_cast<std::size_t>(signal)];
  }

  sigset_t mask_ = {};
  std::array<struct sigaction, NSIG> actions_ = {};
};

// Once in a process: SimGrid takes none for its second engine.
void set_options() {
  using simgrid::s4u::Engine;
  static std::atomic<bool> are_set = false;
  if (are_set.exchange(true)) return;

  // Flows share a link by max-min fairness and use all of it. The default adds what TCP loses on a
  // wide-area network, fitted to files of megabytes: 8 % of a flow of gigabytes.
  Engine::set_config("network/model:CM02");
  // Acknowledgements do not take bandwidth from flows the other way, and independent flows are
  // solved apart, 22 times faster.
  Engine::set_config("network/crosstraffic:0");
  // No window bounds a flow: it would hold one of 4 MB per round trip, 493 s instead of 1.1 s for
  // 10 GB over 100 ms. Bulk transfers run many streams.
  Engine::set_config("network/TCP-gamma:0");
  // Only what an event touches is solved again.
  Engine::set_config("cpu/optim:Lazy");
  Engine::set_config("network/optim:Lazy");
  // Nothing of ours is an actor; the cheapest kind of context serves SimGrid's own.
  Engine::set_config("contexts/factory:raw");

  // Without actors nothing can wait for ever, so this is a mistake of ours.
  Engine::on_deadlock_cb([] { throw std::logic_error("SimGrid reports a deadlock"); });
}

}  // namespace

std::unique_ptr<simgrid::s4u::Engine> configure_simgrid() {
  const SignalsKept signals;
  // What SimGrid would print is ours to say, as exceptions and facts.
  xbt_log_control_set("root.thresh:critical");
  // A name instead of argc and argv: the command line is not SimGrid's.
  auto engine = std::make_unique<simgrid::s4u::Engine>("chokepoint");
  set_options();
  return engine;
}

}  // namespace chokepoint
