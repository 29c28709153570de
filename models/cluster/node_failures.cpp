#include "models/cluster/node_failures.hpp"

#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cassert>
#include <cmath>
#include <limits>

namespace chokepoint {
namespace {

constexpr double kNeverFails = std::numeric_limits<double>::infinity();
constexpr double kMillisecondsOfSecond = 1e3;
constexpr double kLeastShare = 1e-290;  // Of nodes that never fail: nobody waits for the last ones.

// 1 / rate in milliseconds.
double mean_of(PerSecond rate) {
  return rate > PerSecond{} ? kMillisecondsOfSecond / rate.value : kNeverFails;
}

}  // namespace

NodeFailures::NodeFailures(const PoolFailures& how, int nodes, std::uint64_t seed,
                           const std::string& name, double begins)
    : how_(how),
      times_(seed, "failures/" + name),
      picks_(seed, "failures/causes/" + name),
      repairs_(seed, "failures/repairs/" + name),
      begins_(begins),
      mean_(mean_of(how.of_node())),
      scale_(mean_ / std::tgamma(1 + 1 / how.shape)),
      starts_(static_cast<std::size_t>(nodes)),
      is_down_(static_cast<std::size_t>(nodes)) {
  assert(nodes >= 1 && how.nodes_per_domain >= 1 && how.nodes_per_switch >= 1 && how.shape > 0);
  groups_[Domain].size = how.nodes_per_domain;
  groups_[Switch].size = how.nodes_per_switch;
  for (int node = 0; node < nodes; ++node) {
    place_of_.push_back(node);
    fresh_.push_back(node);
  }
  draw_first(begins);
  for (const GroupKind kind : {Domain, Switch}) {
    Groups& groups = groups_[kind];
    groups.number = (nodes + groups.size - 1) / groups.size;
    draw_group(kind, begins);
  }
}

double NodeFailures::next() const {
  const double anew = std::min({next_first_, groups_[Domain].next, groups_[Switch].next});
  return own_.empty() ? anew : std::min(anew, std::get<0>(own_.top()));
}

// The time that is left of a renewal process at work has the density (1 - F(x)) / mean: of Weibull
// it exceeds x with the share Q(1 / shape, (x / scale)^shape).
double NodeFailures::share_at(double time) const {
  const double power = std::pow((time - begins_) / scale_, how_.shape);
  return how_.shape == 1 ? std::exp(-power) : boost::math::gamma_q(1 / how_.shape, power);
}

double NodeFailures::time_at(double share) const {
  if (share < kLeastShare) return kNeverFails;
  const double power =
      how_.shape == 1 ? -std::log(share) : boost::math::gamma_q_inv(1 / how_.shape, share);
  return begins_ + scale_ * std::pow(power, 1 / how_.shape);
}

void NodeFailures::draw_first(double now) {
  next_first_ = kNeverFails;
  if (mean_ == kNeverFails || fresh_.empty()) return;
  const auto nodes = static_cast<double>(fresh_.size());
  const double share = share_at(now) * std::exp(-times_.exponential() / nodes);
  next_first_ = std::max(now, time_at(share));
}

const std::vector<NodeCause>& NodeFailures::causes_of(GroupKind kind) const {
  return kind == Domain ? how_.domain_causes : how_.switch_causes;
}

void NodeFailures::draw_group(GroupKind kind, double now) {
  const double mean = mean_of(sum_of(causes_of(kind)));
  Groups& groups = groups_[kind];
  groups.next =
      mean == kNeverFails ? kNeverFails : now + times_.exponential() * mean / groups.number;
}

void NodeFailures::strike_group(GroupKind kind, double now, NodeFailure& failure) {
  const Groups& groups = groups_[kind];
  const int first = static_cast<int>(picks_.uniform() * groups.number) * groups.size;
  const int end = std::min(first + groups.size, static_cast<int>(is_down_.size()));
  for (int node = first; node < end; ++node) {
    if (is_down_[static_cast<std::size_t>(node)] == 0) failure.nodes.push_back(node);
  }
  failure.is_switch = kind == Switch;
  cause_of(causes_of(kind), failure);
  draw_group(kind, now);
}

// A node that fails is not one of those that never did.
void NodeFailures::forget(int node) {
  int& place = place_of_[static_cast<std::size_t>(node)];
  if (place < 0) return;
  const int last = fresh_.back();
  fresh_[static_cast<std::size_t>(place)] = last;
  place_of_[static_cast<std::size_t>(last)] = place;
  fresh_.pop_back();
  place = -1;
}

void NodeFailures::go_down(int node) {
  forget(node);
  ++starts_[static_cast<std::size_t>(node)];
  is_down_[static_cast<std::size_t>(node)] = 1;
}

const NodeCause& NodeFailures::cause_of(const std::vector<NodeCause>& causes,
                                        NodeFailure& failure) {
  double at = picks_.uniform() * sum_of(causes).value;
  std::size_t i = 0;
  while (i + 1 < causes.size() && at >= causes[i].each.value) at -= causes[i++].each.value;
  failure.cause = causes[i].name;
  failure.is_broken = picks_.uniform() < causes[i].broken_share;
  return causes[i];
}

NodeFailure NodeFailures::fail() {
  const double now = next();
  assert(now < kNeverFails);
  NodeFailure failure;
  if (now == next_first_) {
    const auto place =
        static_cast<std::size_t>(picks_.uniform() * static_cast<double>(fresh_.size()));
    failure.nodes = {fresh_[place]};
    cause_of(how_.causes, failure);
  } else if (now == groups_[Domain].next) {
    strike_group(Domain, now, failure);
  } else if (now == groups_[Switch].next) {
    strike_group(Switch, now, failure);
  } else {
    const auto [when, node, starts] = own_.top();
    own_.pop();
    if (starts_[static_cast<std::size_t>(node)] == starts) {
      failure.nodes = {node};
      cause_of(how_.causes, failure);
    }
  }
  const std::size_t fresh = fresh_.size();
  for (const int node : failure.nodes) go_down(node);
  if (fresh_.size() != fresh) draw_first(now);
  return failure;
}

void NodeFailures::back(int node, double now) {
  const auto at = static_cast<std::size_t>(node);
  assert(is_down_[at] != 0);
  is_down_[at] = 0;
  if (mean_ == kNeverFails) return;
  const double draw = how_.shape == 1 ? times_.exponential() : times_.weibull(how_.shape);
  own_.push({now + draw * scale_, node, starts_[at]});
}

double NodeFailures::draw_down_time(const NodeFailure& failure) {
  const Seconds repair = failure.is_switch ? how_.switch_repair : how_.repair;
  const Seconds down =
      failure.is_broken ? how_.noticed + repair * repairs_.exponential() : how_.noticed;
  return down.value * kMillisecondsOfSecond;
}

}  // namespace chokepoint
