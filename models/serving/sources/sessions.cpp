#include "models/serving/sources/sessions.hpp"

#include <cassert>

namespace chokepoint {
namespace {

constexpr std::uint64_t kMostBlocks = std::uint64_t{1} << 24U;  // Of one session.

/// The preamble's blocks have the names below kMostBlocks, each session a range of its own above.
std::uint64_t block_name(std::uint64_t session, std::uint64_t block, bool is_preamble) {
  return is_preamble ? block : (session + 1) * kMostBlocks + block;
}

}  // namespace

Sessions::Sessions(SessionShape shape, std::uint64_t seed, const std::string& name)
    : shape_(std::move(shape)),
      arrivals_(shape_.starts, RandomStream(seed, name + "/arrivals")),
      random_(seed, name + "/turns"),
      start_(arrivals_.next()) {
  assert(shape_.turns >= 1 && shape_.block_tokens >= 1);
  assert(shape_.most_context / shape_.block_tokens < kMostBlocks);
}

Sessions::Session Sessions::drawn_session() {
  Session session;
  session.context = shape_.preamble;
  std::uint64_t tokens = shape_.preamble;
  do {
    const Turn turn{shape_.question.draw(random_), shape_.answer.draw(random_),
                    to_nanoseconds(random_.exponential() * shape_.think)};
    tokens += std::uint64_t{turn.question} + turn.answer;
    if (tokens > shape_.most_context && !session.turns.empty()) break;
    session.turns.push_back(turn);
  } while (random_.uniform() * shape_.turns >= 1);
  return session;
}

Request Sessions::request_of(std::uint64_t name, const Session& session, Nanoseconds at) {
  const Turn& turn = session.turns[session.turn];
  Request request;
  request.id = made_++;
  request.arrival = at;
  request.prompt = session.context + turn.question;
  request.output = turn.answer;
  request.block_tokens = shape_.block_tokens;
  request.turn = SessionTurn{name, session.turn};
  for (std::uint64_t i = 0; (i + 1) * shape_.block_tokens <= request.prompt; ++i) {
    const bool is_preamble = (i + 1) * shape_.block_tokens <= shape_.preamble;
    request.blocks.push_back(block_name(name, i, is_preamble));
  }
  return request;
}

std::optional<Nanoseconds> Sessions::next_arrival() {
  std::optional<Nanoseconds> at;
  if (start_) at = to_nanoseconds(*start_);
  if (!due_.empty() && (!at || due_.top().first < *at)) at = due_.top().first;
  return at;
}

std::optional<Request> Sessions::next() {
  const auto at = next_arrival();
  if (!at) return std::nullopt;
  if (start_ && to_nanoseconds(*start_) == *at) {
    const std::uint64_t name = started_++;
    start_ = arrivals_.next();
    return request_of(name, sessions_.emplace(name, drawn_session()).first->second, *at);
  }
  const std::uint64_t name = due_.top().second;
  due_.pop();
  return request_of(name, sessions_.at(name), *at);
}

void Sessions::ended(const RequestEnd& end) {
  if (!end.turn) return;
  const auto found = sessions_.find(end.turn->session);
  if (found == sessions_.end()) return;
  Session& session = found->second;
  const Turn& turn = session.turns[session.turn];
  const bool goes_on =
      end.outcome == RequestOutcome::Delivered && session.turn + 1 < session.turns.size();
  if (!goes_on) {
    sessions_.erase(found);
    return;
  }
  session.context += turn.question + turn.answer;
  due_.emplace(end.at + turn.think, found->first);
  ++session.turn;
}

}  // namespace chokepoint
