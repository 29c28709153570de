#include "tools/console/trace_difference.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/trace/small_world.hpp"
#include "tests/sim/trace/trace_files.hpp"

namespace chokepoint {
namespace {

TraceDifference difference(const std::vector<TraceEvent>& first,
                           const std::vector<TraceEvent>& second) {
  const ScratchFolder folder;
  write_trace(folder / "a", first);
  write_trace(folder / "b", second);
  return difference_of({folder / "a", folder / "b"}, 20);
}

const RunEnded kEnd{100_days};

TEST_CASE("trace difference: a trace does not differ from itself", "[trace][diff]") {
  const auto found = difference(one_of_every_kind(), one_of_every_kind());
  CHECK(found.is_none());
  CHECK(found.lone.empty());
  CHECK(found.same_scenario);
  CHECK(difference_text(found, {"a", "b"}).find("no fact differs") != std::string::npos);
}

TEST_CASE("trace difference: facts of one moment may come in any order", "[trace][diff]") {
  const JobQueued queued{1_days, JobId{0}};
  const DeliveryDue due{1_days, OrderId{0}, DeviceId{0}, 5};
  CHECK(difference({queued, due, due, kEnd}, {due, due, queued, kEnd}).is_none());
  CHECK_FALSE(difference({queued, due, due, kEnd}, {due, queued, kEnd}).is_none());
}

TEST_CASE("trace difference: the first day, counts by kind, and the facts side by side",
          "[trace][diff]") {
  const auto due = [](double units) { return DeliveryDue{2_days, OrderId{0}, DeviceId{0}, units}; };
  const auto found = difference(
      {JobQueued{1_days, JobId{0}}, due(5), due(7), kEnd},
      {JobQueued{1_days, JobId{0}}, due(6), due(7), JobFinished{3_days, JobId{0}}, kEnd});
  const KindDifference& of_due = found.kinds.at("delivery_due");
  CHECK(of_due.facts == std::array<std::uint64_t, 2>{2, 2});
  CHECK(of_due.alone == std::array<std::uint64_t, 2>{1, 1});
  CHECK(found.kinds.at("job").alone == std::array<std::uint64_t, 2>{0, 1});
  REQUIRE(found.lone.size() == 3);
  CHECK(found.lone[0].trace == 0);
  CHECK(found.lone[0].line.find("units=5") != std::string::npos);
  CHECK(found.lone[1].trace == 1);
  CHECK(found.lone[1].line.find("units=6") != std::string::npos);
  const std::string text = difference_text(found, {"a", "b"});
  CHECK(text.find("first differ on 2025-01-03\n") != std::string::npos);
  CHECK(text.find("\n- 2025-01-03") != std::string::npos);
  const std::string json = difference_json(found, {"a", "b"}).text();
  CHECK(json.find("\"first_day\": \"2025-01-03\"") != std::string::npos);
}

TEST_CASE("law: what one trace lacks of the other is the same from both sides", "[trace][diff]") {
  const auto events = one_of_every_kind();
  for (std::size_t left_out = 0; left_out + 1 < events.size(); ++left_out) {
    auto others = events;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(left_out));
    const auto there = difference(events, others), back = difference(others, events);
    REQUIRE(there.lone.size() == 1);
    REQUIRE(back.lone.size() == 1);
    CHECK(there.first == back.first);
    CHECK(there.lone[0].line == back.lone[0].line);
    CHECK(there.lone[0].trace != back.lone[0].trace);
  }
}

}  // namespace
}  // namespace chokepoint
