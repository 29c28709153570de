#include "sim/engine/kernel/activities.hpp"

#include <algorithm>
#include <map>
#include <simgrid/s4u/Comm.hpp>
#include <simgrid/s4u/Engine.hpp>
#include <simgrid/s4u/Exec.hpp>
#include <utility>

namespace chokepoint {

namespace sg4 = simgrid::s4u;

struct Activities::Flights {
  struct Flight {
    sg4::ActivityPtr activity;  // The only reference: SimGrid itself holds none.
    std::uint64_t number = 0;
    Handler at_end;
    bool ended = false;
  };
  std::map<const sg4::Activity*, Flight> by_address;  // Looked up, never walked through.
  std::map<std::pair<double, std::uint64_t>, const sg4::Activity*> ended;  // By date and number.

  void end_first() {
    const auto first = ended.extract(ended.begin());
    const Flight flight = std::move(by_address.extract(first.mapped()).mapped());
    if (flight.at_end) flight.at_end();
  }
};

Activities::Activities(Agenda& agenda, const Platform& platform)
    : agenda_(agenda), platform_(platform), flights_(std::make_shared<Flights>()) {
  const std::weak_ptr<Flights> weak = flights_;
  sg4::Activity::on_completion_cb([weak, &agenda](const sg4::Activity& activity) {
    const auto flights = weak.lock();
    if (!flights) return;
    const auto found = flights->by_address.find(&activity);
    if (found == flights->by_address.end() || found->second.ended) return;
    found->second.ended = true;
    const double now = sg4::Engine::get_clock();
    flights->ended.emplace(std::pair{now, found->second.number}, &activity);
    // The activity stays until the entry runs: SimGrid still uses it after this callback.
    agenda.at(Seconds{now}, Phase::Job, [weak] { weak.lock()->end_first(); });
  });
}

Activities::Ticket Activities::work(PoolId pool, int host, Seconds duration, Handler at_end) {
  // SimGrid's clock may be ahead of the agenda: the work shall end on its date all the same.
  const Seconds ahead = Seconds{sg4::Engine::get_clock()} - agenda_.now();
  return start(platform_.work(pool, host, std::max(duration, kLeastDuration) - ahead),
               std::move(at_end));
}

Activities::Ticket Activities::send(SiteId from, SiteId to, Bytes size, Handler at_end) {
  return start(platform_.flow(from, to, size), std::move(at_end));
}

Activities::Ticket Activities::store(JobId job, PoolId pool, StorageUse use, Bytes size,
                                     Handler at_end) {
  return start(platform_.storage_flow(job, pool, use, size), std::move(at_end));
}

void Activities::cancel(const Ticket& ticket) {
  const auto found = flights_->by_address.find(ticket.activity);
  if (found == flights_->by_address.end() || found->second.number != ticket.number) return;
  found->second.at_end = nullptr;
  // SimGrid tells of the end at once, and again once its loop goes on: before the entry runs.
  if (!found->second.ended) found->second.activity->cancel();
}

Activities::Ticket Activities::start(const sg4::ActivityPtr& activity, Handler at_end) {
  const Ticket ticket{activity.get(), begun_++};
  flights_->by_address.emplace(ticket.activity,
                               Flights::Flight{activity, ticket.number, std::move(at_end)});
  activity->start();
  return ticket;
}

}  // namespace chokepoint
