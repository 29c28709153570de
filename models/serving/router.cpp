#include "models/serving/router.hpp"

#include <algorithm>
#include <cmath>

namespace chokepoint {
namespace {

constexpr double kLoadUnits = 1024;

}  // namespace

Router::Router(RoutingPolicy routing, std::size_t replicas, std::uint64_t seed,
               PrefixBalance balance)
    : routing_(routing),
      balance_(balance),
      random_(seed, "router"),
      loads_(replicas),
      least_(replicas) {}

bool Router::is_open(std::uint32_t replica) const {
  return least_.key(replica) != LeastOf::kNever;
}

double Router::load(std::uint32_t replica) const {
  return static_cast<double>(loads_[replica]) / kLoadUnits;
}

std::optional<std::uint32_t> Router::least_loaded(std::uint32_t first, std::uint32_t count) const {
  const std::uint32_t least = least_.winner(first, count);
  return is_open(least) ? std::optional(least) : std::nullopt;
}

void Router::set_open(std::uint32_t replica, bool opens) {
  if (opens == is_open(replica)) return;
  const auto at = std::lower_bound(open_.begin(), open_.end(), replica);
  if (opens) {
    open_.insert(at, replica);
  } else {
    open_.erase(at);
  }
  least_.set(replica, opens ? loads_[replica] : LeastOf::kNever);
}

void Router::set_load(std::uint32_t replica, double load) {
  loads_[replica] = std::llround(load * kLoadUnits);
  if (is_open(replica)) least_.set(replica, loads_[replica]);
}

std::uint32_t Router::next_in_turn() {
  auto next = open_.begin();
  if (has_turned_) next = std::upper_bound(open_.begin(), open_.end(), last_);
  has_turned_ = true;
  last_ = next == open_.end() ? open_.front() : *next;
  return last_;
}

std::uint32_t Router::any() {
  const double drawn = random_.uniform() * static_cast<double>(open_.size());
  return open_[std::min(static_cast<std::size_t>(drawn), open_.size() - 1)];
}

std::optional<std::uint32_t> Router::reader_of(std::uint64_t name) const {
  const auto fresh = fresh_.find(name);
  if (fresh != fresh_.end()) return fresh->second;
  const auto old = old_.find(name);
  return old == old_.end() ? std::nullopt : std::optional(old->second);
}

std::uint32_t Router::by_prefix(const Request& request) {
  std::optional<std::uint32_t> found;
  for (const std::uint64_t name : request.blocks) {
    const auto reader = reader_of(name);
    if (!reader) break;
    if (is_open(*reader)) found = reader;
  }
  const std::uint32_t idlest = least_.winner();
  if (!found) return idlest;
  const double most = std::max(load(idlest) + balance_.more, load(idlest) * balance_.times);
  return load(*found) > most ? idlest : *found;
}

void Router::remember(const Request& request, std::uint32_t replica) {
  for (const std::uint64_t name : request.blocks) fresh_[name] = replica;
  if (fresh_.size() < balance_.names / 2) return;
  old_ = std::move(fresh_);
  fresh_ = {};
}

std::optional<std::uint32_t> Router::choose(const Request& request) {
  if (open_.empty()) return std::nullopt;
  switch (routing_) {
    case RoutingPolicy::RoundRobin:
      return next_in_turn();
    case RoutingPolicy::Random:
      return any();
    case RoutingPolicy::LeastLoaded:
      return least_.winner();
    case RoutingPolicy::PowerOfTwo: {
      const std::uint32_t one = any(), other = any();
      return loads_[other] < loads_[one] ? other : one;
    }
    case RoutingPolicy::PrefixAware: {
      const std::uint32_t chosen = by_prefix(request);
      remember(request, chosen);
      return chosen;
    }
  }
  return std::nullopt;
}

}  // namespace chokepoint
