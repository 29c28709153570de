#include "sim/serving/fabric_transfers.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <exception>
#include <map>
#include <set>
#include <simgrid/kernel/Timer.hpp>
#include <simgrid/s4u/Comm.hpp>
#include <simgrid/s4u/Engine.hpp>
#include <simgrid/s4u/Exec.hpp>
#include <stdexcept>
#include <utility>
#include <vector>

#include "models/serving/nanoseconds.hpp"
#include "sim/engine/kernel/configure_simgrid.hpp"
#include "sim/serving/fabric_platform.hpp"

namespace chokepoint {

namespace sg4 = simgrid::s4u;

/// Alternates between the fleet's events and SimGrid's, by one kernel timer, set again for what
/// comes first. While nothing is handed over the fleet runs ahead of SimGrid's clock, up to the
/// next transfer.
class FabricTransfers::Driver {
public:
  Driver(const FleetSpec& spec, const TransferFabric& fabric, TransferTally& tally)
      : fabric_(fabric),
        engine_(configure_simgrid()),
        epoch_(sg4::Engine::get_clock()),
        platform_(spec, fabric),
        flying_(std::make_shared<Flying>()),
        tally_(tally) {
    const std::weak_ptr<Flying> weak = flying_;
    sg4::Activity::on_completion_cb([weak, this](const sg4::Activity& activity) {
      if (const auto flying = weak.lock()) on_completion(*flying, activity);
    });
  }

  ~Driver() {
    if (timer_ != nullptr) timer_->remove();
  }
  Driver(const Driver&) = delete;
  Driver& operator=(const Driver&) = delete;

  void start(const KvTransfer& transfer, Nanoseconds at);
  void run(Fleet& fleet, RequestSource& source, const Watcher& watcher);

private:
  using Number = std::uint64_t;  // Of transfers, in the order of their beginnings.

  // One transfer under way, through its stages one after the other.
  struct Handing {
    enum class Stage : std::uint8_t { Before, Wait, Flow, After, Done };
    KvTransfer transfer;
    CachePath path;
    Nanoseconds begun = 0;
    Stage next = Stage::Before;
  };

  struct Flying {
    struct Flight {
      sg4::ActivityPtr activity;  // The only reference: SimGrid itself holds none.
      Number number = 0;
    };
    std::map<const sg4::Activity*, Flight> by_address;  // Looked up, never walked through.
  };

  void on_completion(const Flying& flying, const sg4::Activity& activity);
  void on_timer();
  void proceed();
  void end_flights(Nanoseconds now);
  void begin_due(Nanoseconds now);
  void begin(Number number, Nanoseconds now);
  void fly(Number number, const sg4::ActivityPtr& activity);
  void end(Number number, Nanoseconds now);
  Seconds alone(const Handing& handing) const;
  Nanoseconds now() const;
  double simgrid_date(Nanoseconds at) const;
  void set_timer(double date);

  const TransferFabric& fabric_;
  std::unique_ptr<sg4::Engine> engine_;
  double epoch_;  // Of the replay by SimGrid's clock, which goes on from one to the next.
  FabricPlatform platform_;
  std::shared_ptr<Flying> flying_;  // SimGrid's callback outlives us.
  std::map<Number, Handing> handed_;
  std::set<std::pair<Nanoseconds, Number>> due_;  // What begins its next stage then.
  std::map<Number, const sg4::Activity*> ended_;  // At the present date.
  Number begun_ = 0;
  Fleet* fleet_ = nullptr;
  RequestSource* source_ = nullptr;
  Watcher watcher_;
  simgrid::kernel::timer::Timer* timer_ = nullptr;
  double timer_date_ = 0.0;
  std::exception_ptr failure_;
  TransferTally& tally_;
};

Nanoseconds FabricTransfers::Driver::now() const {
  return to_nanoseconds(Seconds{sg4::Engine::get_clock() - epoch_});
}

double FabricTransfers::Driver::simgrid_date(Nanoseconds at) const {
  return epoch_ + to_seconds(at).value;
}

void FabricTransfers::Driver::start(const KvTransfer& transfer, Nanoseconds at) {
  const std::size_t from = platform_.pool_of(transfer.from), to = platform_.pool_of(transfer.to);
  const Number number = begun_++;
  handed_[number] = {transfer, cache_path(fabric_, from, to, transfer), at};
  due_.emplace(at, number);
  tally_.most_at_once = std::max(tally_.most_at_once, std::ssize(handed_));
}

void FabricTransfers::Driver::run(Fleet& fleet, RequestSource& source, const Watcher& watcher) {
  fleet_ = &fleet;
  source_ = &source;
  watcher_ = watcher;
  proceed();  // SimGrid does not wait for a timer at its very first date.
  engine_->run();
  if (failure_) std::rethrow_exception(failure_);
  assert(handed_.empty());
}

void FabricTransfers::Driver::on_timer() {
  timer_ = nullptr;  // SimGrid deletes a timer that has run.
  // SimGrid would leak its timer if an exception left it.
  try {
    proceed();
  } catch (...) {
    failure_ = std::current_exception();
  }
}

// All that is due by SimGrid's clock; and of the fleet's events all up to the next transfer, where
// none is under way.
void FabricTransfers::Driver::proceed() {
  const Nanoseconds date = now();
  end_flights(date);
  begin_due(date);
  std::optional<Nanoseconds> next;
  while ((next = fleet_->next_event(*source_))) {
    if (*next > date && !handed_.empty()) break;
    if (watcher_) watcher_(*next);
    fleet_->handle_next(*source_);
  }
  if (next) set_timer(simgrid_date(*next));
  if (!due_.empty()) set_timer(simgrid_date(due_.begin()->first));
}

void FabricTransfers::Driver::begin_due(Nanoseconds now) {
  while (!due_.empty() && due_.begin()->first <= now) {
    const Number number = due_.begin()->second;
    due_.erase(due_.begin());
    begin(number, now);
  }
}

void FabricTransfers::Driver::begin(Number number, Nanoseconds now) {
  using Stage = Handing::Stage;
  Handing& handing = handed_.at(number);
  const KvTransfer& transfer = handing.transfer;
  const CachePath& path = handing.path;
  switch (std::exchange(handing.next, static_cast<Stage>(static_cast<int>(handing.next) + 1))) {
    case Stage::Before:
      if (path.converted_before > Bytes{}) {
        return fly(number, platform_.conversion(transfer.from, path.converted_before));
      }
      return begin(number, now);
    case Stage::Wait:
      due_.emplace(now + to_nanoseconds(path.latency), number);
      return;
    case Stage::Flow:
      return fly(number, platform_.flow(transfer.from, transfer.to, path.travels));
    case Stage::After:
      if (path.converted_after > Bytes{}) {
        return fly(number, platform_.conversion(transfer.to, path.converted_after));
      }
      return end(number, now);
    case Stage::Done:
      return end(number, now);
  }
}

void FabricTransfers::Driver::fly(Number number, const sg4::ActivityPtr& activity) {
  flying_->by_address.emplace(activity.get(), Flying::Flight{activity, number});
  activity->start();
}

// SimGrid still uses the activity after this: what follows from its end waits for the timer, which
// SimGrid looks at again on the same date.
void FabricTransfers::Driver::on_completion(const Flying& flying, const sg4::Activity& activity) {
  const auto found = flying.by_address.find(&activity);
  if (found == flying.by_address.end()) return;
  ended_.emplace(found->second.number, &activity);
  set_timer(sg4::Engine::get_clock());
}

void FabricTransfers::Driver::end_flights(Nanoseconds now) {
  for (const auto& [number, activity] : std::exchange(ended_, {})) {
    flying_->by_address.erase(activity);
    begin(number, now);
  }
}

void FabricTransfers::Driver::end(Number number, Nanoseconds now) {
  const Handing handing = handed_.extract(number).mapped();
  const Nanoseconds at = std::max(now, handing.begun + 1);
  if (watcher_) watcher_(at);
  ++tally_.transfers;
  tally_.bytes += handing.path.travels;
  tally_.taken += to_seconds(at - handing.begun);
  tally_.alone += alone(handing);
  fleet_->transferred(handing.transfer.request, at);
}

Seconds FabricTransfers::Driver::alone(const Handing& handing) const {
  const PoolLinks& from = fabric_.pools[platform_.pool_of(handing.transfer.from)];
  const PoolLinks& to = fabric_.pools[platform_.pool_of(handing.transfer.to)];
  BytesPerSecond slowest = std::min(from.bandwidth, to.bandwidth);
  if (from.fabric != to.fabric) slowest = std::min(slowest, fabric_.boundary);
  Seconds sum = handing.path.latency + handing.path.travels / slowest;
  const Bytes before = handing.path.converted_before, after = handing.path.converted_after;
  if (before > Bytes{}) sum += before / from.conversion;
  if (after > Bytes{}) sum += after / to.conversion;
  return sum;
}

void FabricTransfers::Driver::set_timer(double date) {
  if (failure_) return;
  if (timer_ != nullptr) {
    if (timer_date_ <= date) return;
    timer_->remove();
  }
  timer_date_ = date;
  timer_ = simgrid::kernel::timer::Timer::set(date, [this] { on_timer(); });
}

FabricTransfers::FabricTransfers(FleetSpec spec, TransferFabric fabric)
    : spec_(std::move(spec)), fabric_(std::move(fabric)) {
  assert(fabric_complaint(fabric_, spec_).empty());
}

FabricTransfers::~FabricTransfers() = default;

std::optional<Nanoseconds> FabricTransfers::start(const KvTransfer& transfer, Nanoseconds at) {
  assert(driver_ != nullptr);
  driver_->start(transfer, at);
  return std::nullopt;
}

void FabricTransfers::run(Fleet& fleet, RequestSource& source, const Watcher& watcher) {
  if (simgrid::s4u::Engine::is_initialized()) {
    throw std::logic_error("caches are handed over inside another simulation");
  }
  driver_ = std::make_unique<Driver>(spec_, fabric_, tally_);
  try {
    driver_->run(fleet, source, watcher);
  } catch (...) {
    driver_ = nullptr;
    throw;
  }
  driver_ = nullptr;
}

}  // namespace chokepoint
