#pragma once

#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include "models/serving/sources/listed.hpp"

namespace chokepoint {

/// Requests at these times, of 100 + i tokens, that name blocks 0 to i.
inline std::vector<Request> requests_at(const std::vector<Nanoseconds>& times) {
  std::vector<Request> requests;
  for (std::size_t i = 0; i < times.size(); ++i) {
    Request request;
    request.id = i;
    request.arrival = times[i];
    request.prompt = static_cast<std::uint32_t>(100 + i);
    request.output = 10;
    request.block_tokens = 16;
    for (std::size_t block = 0; block <= i; ++block) request.blocks.push_back(block);
    request.turn = SessionTurn{i, 0};
    requests.push_back(std::move(request));
  }
  return requests;
}

inline std::unique_ptr<RequestSource> listed_at(const std::vector<Nanoseconds>& times) {
  return std::make_unique<Listed>(requests_at(times));
}

/// Takes `count` requests, or all, and checks that each arrives when it was dated.
inline std::vector<Request> taken(RequestSource& source, std::size_t count = 1'000'000) {
  std::vector<Request> requests;
  while (requests.size() < count) {
    const auto due = source.next_arrival();
    auto request = source.next();
    if (due.has_value() != request.has_value()) throw std::logic_error("dated and none came");
    if (!request) break;
    if (request->arrival != *due) throw std::logic_error("came when it was not dated");
    requests.push_back(std::move(*request));
  }
  return requests;
}

inline std::vector<Nanoseconds> times_of(const std::vector<Request>& requests) {
  std::vector<Nanoseconds> times;
  for (const Request& request : requests) times.push_back(request.arrival);
  return times;
}

inline RequestEnd end_of(const Request& request, Nanoseconds at,
                         RequestOutcome outcome = RequestOutcome::Delivered) {
  return {request.id, at, outcome, request.turn};
}

}  // namespace chokepoint
