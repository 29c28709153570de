#include "tools/console/fact_line.hpp"

#include <google/protobuf/util/json_util.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <limits>

#include "sim/trace/describe.hpp"
#include "tests/sim/trace/made_event.hpp"
#include "tests/sim/trace/small_world.hpp"

namespace chokepoint::fact_json_test {
namespace {

using namespace std::chrono_literals;

const Date kEpoch = std::chrono::sys_days(2025y / 1 / 1);
constexpr std::uint64_t kDay = 86'400'000'000'000ULL;

std::string json_of(const TimedFact& timed) {
  std::string out;
  append_json(kEpoch, timed, out);
  return out;
}

/// As protobuf prints a fact of the first moment.
std::string by_protobuf(const pb::Fact& fact) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string text;
  REQUIRE(google::protobuf::util::MessageToJsonString(fact, &text, options).ok());
  return R"({"time":"2025-01-01T00:00:00Z","time_ns":0,"fact":)" + text + "}";
}

TEST_CASE("fact JSON: it has the schema's names, zeros included", "[trace][cat]") {
  TimedFact timed;
  timed.time_ns = 109 * kDay;
  timed.fact.mutable_delivery_due()->set_order("h\"20");
  CHECK(json_of(timed) == R"({"time":"2025-04-20T00:00:00Z","time_ns":9417600000000000,)"
                          R"("fact":{"delivery_due":{"order":"h\"20","device":"","units":0}}})");
  timed.time_ns = 250'000'000;
  CHECK(json_of(timed).find(R"("time":"2025-01-01T00:00:00.250000000Z")") != std::string::npos);
}

TEST_CASE("fact JSON: every kind of fact as protobuf has it, full and empty", "[trace][cat]") {
  const World world = small_world();
  for (std::uint32_t round = 0; round < 12; ++round) {
    for (const TraceEvent& event : made_events(world, round)) {
      TimedFact timed;
      describe(event, world, timed.fact);
      CHECK(json_of(timed) == by_protobuf(timed.fact));
      const auto* kind = timed.fact.GetReflection()->GetOneofFieldDescriptor(
          timed.fact, timed.fact.GetDescriptor()->oneof_decl(0));
      timed.fact.GetReflection()->MutableMessage(&timed.fact, kind)->Clear();
      CHECK(json_of(timed) == by_protobuf(timed.fact));
    }
  }
  CHECK(json_of(TimedFact()) == by_protobuf(pb::Fact()));
}

TEST_CASE("fact JSON: every number as protobuf has it", "[trace][cat]") {
  const double inf = std::numeric_limits<double>::infinity();
  for (const double value : {0.0,
                             -0.0,
                             1.0,
                             -7.0,
                             0.1,
                             0.1 + 0.2,
                             1.0 / 3.0,
                             2.5e-7,
                             123456.789,
                             999'999'999'999'999.0,
                             1e15,
                             1e16,
                             1e21,
                             1.0147474409472e+26,
                             -1e300,
                             5e-324,
                             123456789012345.6,
                             inf,
                             -inf,
                             std::numeric_limits<double>::quiet_NaN(),
                             std::numeric_limits<double>::max()}) {
    TimedFact timed;
    timed.fact.mutable_counter()->set_value(value);
    CHECK(json_of(timed) == by_protobuf(timed.fact));
  }
}

TEST_CASE("fact JSON: every text as protobuf has it", "[trace][cat]") {
  std::string all;
  for (int c = 0; c < 0x80; ++c) all += static_cast<char>(c);
  for (const std::string& text : {std::string("<a & 'b'>"), std::string("\xE2\x80\xA8 \xC3\xA9"),
                                  std::string(R"(a","government":"b)"), all}) {
    TimedFact timed;
    timed.fact.mutable_rule()->set_name(text);
    timed.fact.mutable_rule()->set_government("US");
    CHECK(json_of(timed) == by_protobuf(timed.fact));
  }
}

TEST_CASE("fact JSON: a value of a later version is its number", "[trace][cat]") {
  TimedFact timed;
  timed.fact.mutable_job()->set_what(static_cast<pb::JobFact::What>(99));
  CHECK(json_of(timed) == by_protobuf(timed.fact));
}

}  // namespace
}  // namespace chokepoint::fact_json_test
