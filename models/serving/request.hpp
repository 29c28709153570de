#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace chokepoint {

/// Simulated time of serving in nanoseconds since the start of a replay; never negative. An
/// integer, so that a macro-event and its iterations one by one add up to the same.
using Nanoseconds = std::int64_t;

/// Where a request stands in a conversation.
struct SessionTurn {
  std::uint64_t session = 0;
  std::uint32_t turn = 0;  ///< Of its session, from 0.
};

/// One request to a serving fleet.
struct Request {
  std::uint64_t id = 0;      ///< Unique in a replay.
  Nanoseconds arrival = 0;   ///< At the fleet's door.
  std::uint32_t prompt = 1;  ///< Tokens in; at least 1.
  std::uint32_t output = 1;  ///< Tokens asked for; at least 1.
  /// Names of the prompt's blocks, each with all before it: two prompts that share their first n
  /// names share n blocks. Of every whole block, and of the last partial one where the log has it.
  /// Empty: unlike any other prompt.
  std::vector<std::uint64_t> blocks = {};
  std::uint32_t block_tokens = 0;  ///< Tokens of one block of `blocks`; 0 where there are none.
  std::optional<SessionTurn> turn = {};
  std::uint8_t slo_class = 0;  ///< Index into the fleet's classes of service; 0 is the first.
};

/// How a request left.
enum class RequestOutcome : std::uint8_t {
  Delivered,  ///< All of its tokens.
  Refused,    ///< At the door: by admission, or since no replica could ever hold it.
  Lost        ///< With its replica, or given up; what was delivered before does not count.
};

/// Tells a source what became of a request.
struct RequestEnd {
  std::uint64_t id = 0;
  Nanoseconds at = 0;
  RequestOutcome outcome = RequestOutcome::Delivered;
  std::optional<SessionTurn> turn;  ///< That of the request.
};

/// Requests in order of arrival, one at a time, so that a log streams. What arrives later may
/// depend on what ended: a closed loop sends the next request, a session its next turn.
class RequestSource {
public:
  virtual ~RequestSource() = default;

  /// When the next request arrives, as far as is known by now. Nothing: none before another ends,
  /// and none ever where nothing is under way. ended() may turn nothing into a date, and make it
  /// earlier, though never before the end that it tells of.
  virtual std::optional<Nanoseconds> next_arrival() = 0;

  /// The request that next_arrival() dates, and moves on; nothing where that is nothing. Arrivals
  /// never go back. Errors: those of the log, as its reader throws them.
  virtual std::optional<Request> next() = 0;

  /// A request has ended; called in order of date. Most sources need not know.
  virtual void ended(const RequestEnd& end) { static_cast<void>(end); }
};

}  // namespace chokepoint
