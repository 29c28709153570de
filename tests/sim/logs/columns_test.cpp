#include "sim/logs/columns.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("columns: names in any case and spelling", "[logs]") {
  const auto role = [](const char* name) { return meaning_of(name, {}).role; };
  for (const char* name : {"ContextTokens", "Request tokens", "input_length", "INPUT-LEN",
                           "num_prefill_tokens", "prompt.tokens", "isl", "prompt_size"}) {
    INFO(name);
    CHECK(role(name) == LogRole::Prompt);
  }
  for (const char* name : {"GeneratedTokens", "Response tokens", "output_length", "osl",
                           "num_decode_tokens", "completion tokens", "token_size"}) {
    INFO(name);
    CHECK(role(name) == LogRole::Output);
  }
  for (const char* name : {"TIMESTAMP", "arrived_at", "arrival_timestamp", "Start Time", "ts"}) {
    INFO(name);
    CHECK(role(name) == LogRole::Arrival);
  }
  for (const char* name : {"", "total_tokens", "model", "latency", "finish_time"}) {
    INFO(name);
    CHECK_FALSE(role(name));
  }
}

TEST_CASE("columns: names of times say their unit", "[logs]") {
  const auto unit = [](const char* name) { return meaning_of(name, {}).unit; };
  CHECK(unit("timestamp_ms") == TimeUnit::Millisecond);
  CHECK(unit("Timestamp (s)") == TimeUnit::Second);
  CHECK(unit("arrival_time_ns") == TimeUnit::Nanosecond);
  CHECK(unit("time_us") == TimeUnit::Microsecond);
  CHECK_FALSE(unit("timestamp"));
  CHECK_FALSE(unit("ts"));
}

TEST_CASE("columns: of two of one role the better name has it, or the one that is said", "[logs]") {
  const std::vector<std::string> names = {"time", "arrival_time", "isl", "prompt_tokens", "osl"};
  auto choice = chosen_columns(names, {});
  CHECK(choice[LogRole::Arrival]->index == 1);
  CHECK(choice[LogRole::Prompt]->index == 2);
  CHECK_FALSE(choice[LogRole::Blocks]);
  choice = chosen_columns(names, {{LogRole::Arrival, "TIME"}, {LogRole::Output, "none"}});
  CHECK(choice[LogRole::Arrival]->index == 0);
  CHECK_FALSE(choice[LogRole::Output]);
}

TEST_CASE("columns: the name of a role means it where no other does", "[logs]") {
  for (std::size_t i = 0; i < kLogRoles; ++i) {
    const auto role = static_cast<LogRole>(i);
    CHECK(meaning_of(name(role), {}).role == role);
  }
  const std::vector<std::string> names = {"arrival", "prompt", "output", "prompt_tokens"};
  CHECK(chosen_columns(names, {})[LogRole::Prompt]->index == 3);
  CHECK(chosen_columns(names, {})[LogRole::Output]->index == 2);
}

TEST_CASE("columns: one that counts and is there twice is told", "[logs]") {
  CHECK(repeated_column({"time", "isl", "Time", "isl"}, {}) == 2);
  CHECK_FALSE(repeated_column({"time", "arrival_time", "x", "x", "", ""}, {}));
  CHECK_FALSE(repeated_column({"time", "time", "when"}, {{LogRole::Arrival, "when"}}));
}

TEST_CASE("columns: roles and units have names", "[logs]") {
  for (std::size_t i = 0; i < kLogRoles; ++i) {
    const auto role = static_cast<LogRole>(i);
    CHECK(log_role_named(name(role)) == role);
  }
  for (const auto unit :
       {TimeUnit::Second, TimeUnit::Millisecond, TimeUnit::Microsecond, TimeUnit::Nanosecond}) {
    CHECK(time_unit_named(name(unit)) == unit);
  }
  CHECK_FALSE(log_role_named("x"));
  CHECK_FALSE(time_unit_named("h"));
  CHECK(has_column({"Request tokens"}, "request_tokens"));
  CHECK_FALSE(has_column({"Request tokens"}, "tokens"));
}

}  // namespace
}  // namespace chokepoint
