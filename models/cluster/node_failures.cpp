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
      domains_((nodes + how.nodes_per_domain - 1) / how.nodes_per_domain),
      starts_(static_cast<std::size_t>(nodes)),
      is_down_(static_cast<std::size_t>(nodes)) {
  assert(nodes >= 1 && how.nodes_per_domain >= 1 && how.shape > 0);
  for (int node = 0; node < nodes; ++node) {
    place_of_.push_back(node);
    fresh_.push_back(node);
  }
  draw_first(begins);
  draw_domain(begins);
}

double NodeFailures::next() const {
  const double anew = std::min(next_first_, next_domain_);
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

void NodeFailures::draw_domain(double now) {
  const double mean = mean_of(how_.of_domain());
  next_domain_ = mean == kNeverFails ? kNeverFails : now + times_.exponential() * mean / domains_;
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
  } else if (now == next_domain_) {
    const int domain = static_cast<int>(picks_.uniform() * domains_);
    const int first = domain * how_.nodes_per_domain;
    const int end = std::min(first + how_.nodes_per_domain, static_cast<int>(is_down_.size()));
    for (int node = first; node < end; ++node) {
      if (is_down_[static_cast<std::size_t>(node)] == 0) failure.nodes.push_back(node);
    }
    cause_of(how_.domain_causes, failure);
    draw_domain(now);
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

double NodeFailures::draw_down_time(bool is_broken) {
  const Seconds down =
      is_broken ? how_.noticed + how_.repair * repairs_.exponential() : how_.noticed;
  return down.value * kMillisecondsOfSecond;
}

}  // namespace chokepoint
