#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "models/serving/latency_digest.hpp"
#include "models/serving/request.hpp"

namespace chokepoint {

/// What a class of requests is promised, and when it is turned away.
struct SloClass {
  std::string name;
  std::optional<Nanoseconds> ttft = {}, tpot = {};  ///< Unset: nothing is promised.
  /// Requests in the fleet for each open replica, whatever its role, from which on this class is
  /// refused; 0: never.
  double most_outstanding = 0;
};

/// Dates of a request that was delivered.
struct RequestTimes {
  Nanoseconds arrival = 0;
  Nanoseconds scheduled = 0;        ///< First admitted by an engine.
  Nanoseconds first = 0, last = 0;  ///< Tokens at the client.
  /// When its cache had come to the replica that decodes; 0 where one replica does both.
  Nanoseconds handed = 0;
};

/// Time to the first token.
inline Nanoseconds ttft_of(const RequestTimes& times) {
  return times.first - times.arrival;
}
/// Between two tokens, the first excluded; 0 where there is but one. Requires: output >= 1.
inline Nanoseconds tpot_of(const RequestTimes& times, std::uint32_t output) {
  return output > 1 ? (times.last - times.first) / (output - 1) : 0;
}
/// Whether what was promised was kept.
bool keeps(const SloClass& promised, const RequestTimes& times, std::uint32_t output);

/// Counts and times of a class of requests. All of it adds up: classes, pools, parts of a log.
struct Tally {
  std::int64_t asked = 0, delivered = 0, refused = 0, lost = 0;             ///< Requests.
  std::int64_t tokens_asked = 0, tokens_delivered = 0, tokens_dropped = 0;  ///< Of answers.
  std::int64_t prompt_tokens = 0;                                           ///< Of those delivered.
  std::int64_t good = 0;      ///< Delivered as promised.
  std::int64_t too_long = 0;  ///< Refused, since no pool takes a context as long.
  std::int64_t retried = 0;
  LatencyDigest ttft, e2e, queueing;
  LatencyDigest tpot;  ///< Of those with two tokens or more.

  void ask(const Request& request);
  void deliver(const Request& request, const RequestTimes& times, const SloClass& promised);
  /// Refused or lost: none of its tokens count.
  void drop(const Request& request, RequestOutcome outcome);
  void merge(const Tally& other);

  /// Requests that have not ended.
  std::int64_t outstanding() const { return asked - delivered - refused - lost; }
};

}  // namespace chokepoint
