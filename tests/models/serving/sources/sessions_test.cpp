#include "models/serving/sources/sessions.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>

#include "tests/models/serving/sources/some_requests.hpp"

namespace chokepoint {
namespace {

SessionShape chats() {
  return {{{{Seconds{0}, 1}, {Seconds{2'000}, 0}}},
          4,
          Lengths::uniform(5, 200),
          Lengths::uniform(1, 300),
          Seconds{30},
          100,
          16,
          4'000};
}

/// All of a source whose requests take a second each.
std::vector<Request> played(RequestSource& source) {
  std::vector<Request> requests;
  while (const auto request = source.next()) {
    source.ended(end_of(*request, request->arrival + 1'000'000'000));
    requests.push_back(*request);
  }
  return requests;
}

TEST_CASE("sessions: a prompt is all that was said before, and a question", "[serving][sources]") {
  Sessions source(chats(), 1, "chat");
  const auto requests = played(source);
  std::map<std::uint64_t, Request> last;
  for (const Request& request : requests) {
    const auto before = last.find(request.turn->session);
    if (before == last.end()) {
      CHECK(request.turn->turn == 0);
    } else {
      const Request& one = before->second;
      CHECK(request.turn->turn == one.turn->turn + 1);
      CHECK(request.prompt > one.prompt + one.output);
      CHECK(request.arrival >= one.arrival + 1'000'000'000);
      CHECK(std::equal(one.blocks.begin(), one.blocks.end(), request.blocks.begin()));
    }
    CHECK(request.blocks.size() == request.prompt / 16);
    CHECK(request.prompt + request.output <= 4'000);
    last.insert_or_assign(request.turn->session, request);
  }
  // Some end early, for their context.
  CHECK(static_cast<double>(requests.size()) / static_cast<double>(last.size()) ==
        Approx(4).epsilon(0.1));
}

TEST_CASE("sessions: share the preamble, and nothing else", "[serving][sources]") {
  Sessions source(chats(), 1, "chat");
  const auto a = source.next(), b = source.next();
  REQUIRE(a->turn->session != b->turn->session);
  for (std::size_t i = 0; i < std::min(a->blocks.size(), b->blocks.size()); ++i) {
    CHECK((a->blocks[i] == b->blocks[i]) == (i < 100 / 16));
  }
}

TEST_CASE("sessions: one that is refused asks no more, and others stay as they were",
          "[serving][sources]") {
  Sessions source(chats(), 1, "chat"), again(chats(), 1, "chat");
  const auto all = played(source);
  std::size_t of_the_first = 0, kept = 0;
  for (const Request& request : all) of_the_first += request.turn->session == 3 ? 1 : 0;
  std::vector<std::uint32_t> prompts, prompts_again;
  while (const auto request = again.next()) {
    const bool is_refused = request->turn->session == 3;
    kept += is_refused ? 1 : 0;
    again.ended(end_of(*request, request->arrival + 1'000'000'000,
                       is_refused ? RequestOutcome::Refused : RequestOutcome::Delivered));
    if (!is_refused) prompts_again.push_back(request->prompt);
  }
  for (const Request& request : all) {
    if (request.turn->session != 3) prompts.push_back(request.prompt);
  }
  CHECK(kept == 1);
  CHECK(of_the_first >= 1);
  CHECK(prompts_again == prompts);
}

}  // namespace
}  // namespace chokepoint
