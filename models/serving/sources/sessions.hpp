#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <queue>
#include <string>
#include <utility>
#include <vector>

#include "models/serving/request.hpp"
#include "models/serving/sources/open_loop.hpp"

namespace chokepoint {

/// What conversations are like.
struct SessionShape {
  RateCurve starts;            ///< Of conversations.
  double turns = 4;            ///< Mean; geometric, at least one.
  Lengths question, answer;    ///< Of one turn.
  Seconds think;               ///< Mean time from an answer to the next question; exponential.
  std::uint32_t preamble = 0;  ///< Tokens that begin every prompt of every conversation.
  std::uint32_t block_tokens = 16;
  std::uint32_t most_context = 131'072;  ///< A conversation ends before a turn that takes more.
};

/// Conversations of several turns. The prompt of a turn is the preamble, all that was said before,
/// and the question; it names the whole blocks of it, so that a prefix cache can know them. The
/// next turn follows the answer after a time to think; after a turn that was refused or lost none
/// does. All of a conversation is drawn when it starts, so that what becomes of one changes no
/// other. Draws from the streams "NAME/arrivals" and "NAME/turns".
class Sessions : public RequestSource {
public:
  Sessions(SessionShape shape, std::uint64_t seed, const std::string& name);

  std::optional<Nanoseconds> next_arrival() override;
  std::optional<Request> next() override;
  void ended(const RequestEnd& end) override;

private:
  struct Turn {
    std::uint32_t question, answer;
    Nanoseconds think;  ///< After its answer.
  };
  struct Session {
    std::vector<Turn> turns;
    std::uint32_t turn = 0;     ///< The next one, or the one that is under way.
    std::uint32_t context = 0;  ///< Tokens before it.
  };
  using Due = std::pair<Nanoseconds, std::uint64_t>;  ///< When, and of which session.

  Session drawn_session();
  Request request_of(std::uint64_t name, const Session& session, Nanoseconds at);

  SessionShape shape_;
  Arrivals arrivals_;
  RandomStream random_;
  std::optional<Seconds> start_;  ///< Of the next session.
  std::uint64_t started_ = 0, made_ = 0;
  std::map<std::uint64_t, Session> sessions_;  ///< Those that are not over.
  std::priority_queue<Due, std::vector<Due>, std::greater<>> due_;
};

}  // namespace chokepoint
