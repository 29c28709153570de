#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "models/random.hpp"
#include "models/serving/least_of.hpp"
#include "models/serving/request.hpp"

namespace chokepoint {

/// Which replica a request goes to.
enum class RoutingPolicy {
  RoundRobin,   ///< The next in turn.
  Random,       ///< Any, all alike.
  LeastLoaded,  ///< The one with least load.
  PowerOfTwo,   ///< The less loaded of two drawn ones.
  PrefixAware  ///< The one that last read most of the prompt, unless it is much busier than others.
};

/// When a router that knows prefixes turns to the least loaded: where the other has so many more
/// requests and also so many times as many. Source: defaults of SGLang's router (balance_abs 64,
/// balance_rel 1.5), recalled.
struct PrefixBalance {
  double more = 64, times = 1.5;
  std::size_t names = 1 << 20;  ///< That it remembers at most, half of them fresh.
};

/// Chooses among open replicas, in the logarithm of their number at most.
class Router {
public:
  Router(RoutingPolicy routing, std::size_t replicas, std::uint64_t seed,
         PrefixBalance balance = {});

  /// Whether `replica` may be chosen; at first none.
  void set_open(std::uint32_t replica, bool opens);
  /// Load in requests of a replica of reference.
  void set_load(std::uint32_t replica, double load);
  double load(std::uint32_t replica) const;
  /// The least loaded open one of `count` from `first` on, the first of equals; nothing where none
  /// is open.
  std::optional<std::uint32_t> least_loaded(std::uint32_t first, std::uint32_t count) const;

  /// Nothing where none is open.
  std::optional<std::uint32_t> choose(const Request& request);
  std::size_t open() const { return open_.size(); }

private:
  bool is_open(std::uint32_t replica) const;
  std::uint32_t next_in_turn();
  std::uint32_t any();
  std::uint32_t by_prefix(const Request& request);
  std::optional<std::uint32_t> reader_of(std::uint64_t name) const;
  void remember(const Request& request, std::uint32_t replica);

  RoutingPolicy routing_;
  PrefixBalance balance_;
  RandomStream random_;
  std::vector<std::uint32_t> open_;  // In order.
  std::vector<std::int64_t> loads_;  // In 1/1024 requests.
  LeastOf least_;                    // Of the open ones.
  std::uint32_t last_ = 0;
  bool has_turned_ = false;
  std::unordered_map<std::uint64_t, std::uint32_t> fresh_, old_;  // Who read a name last.
};

}  // namespace chokepoint
