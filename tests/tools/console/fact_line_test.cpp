#include "tools/console/fact_line.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <stdexcept>

namespace chokepoint {
namespace {

using namespace std::chrono_literals;

const Moment kEpoch = std::chrono::sys_days(2025y / 1 / 1);
constexpr std::uint64_t kDay = 86'400'000'000'000ULL;

TimedFact refused_at(std::uint64_t time_ns) {
  TimedFact timed;
  timed.time_ns = time_ns;
  auto& fact = *timed.fact.mutable_refused();
  fact.set_order("h20");
  fact.set_device("nv_h20_96");
  fact.set_units(20'000);
  fact.set_gate(pb::EXPORTER);
  fact.set_on_arrival(true);
  fact.set_value_usd(2.5);
  return timed;
}

TEST_CASE("fact line: kinds are those of the schema, in its order", "[trace][cat]") {
  const auto kinds = fact_kinds();
  REQUIRE(kinds.size() == 36);
  CHECK(kinds.front() == "rule");
  CHECK(kinds[1] == "delivery_due");
  CHECK(kinds.back() == "end");
  CHECK(kind_of(refused_at(0).fact) == "refused");
  CHECK(kind_of(pb::Fact()).empty());
}

// 2025-01-01 and 109 days is 2025-04-20: 31 + 28 + 31 + 19.
TEST_CASE("fact line: it says when, what, and what is set", "[trace][cat]") {
  CHECK(fact_line(kEpoch, refused_at(109 * kDay)) ==
        "2025-04-20 00:00:00  refused       order=h20 device=nv_h20_96 units=20000 gate=EXPORTER "
        "on_arrival=true value_usd=2.5");
  TimedFact end;
  end.fact.mutable_end();
  end.time_ns = kDay - 1;
  CHECK(fact_line(kEpoch, end) == "2025-01-01 23:59:59  end");
  CHECK(fact_line(kEpoch, TimedFact()) == "2025-01-01 00:00:00");
}

TEST_CASE("fact line: a text never breaks the line or runs into the next", "[trace][cat]") {
  TimedFact timed;
  timed.fact.mutable_rule()->set_name("a \"b\"\n\\c");
  CHECK(fact_line(kEpoch, timed) == R"(2025-01-01 00:00:00  rule          name="a \"b\"\n\\c" )"
                                    "exception=false began=false");
}

TEST_CASE("fact line: numbers keep what they are", "[trace][cat]") {
  const auto shown = [](double value) {
    TimedFact timed;
    timed.fact.mutable_counter()->set_value(value);
    const auto line = fact_line(kEpoch, timed);
    return line.substr(line.find('=') + 1);
  };
  CHECK(shown(200'000'000) == "200000000");
  CHECK(shown(-3) == "-3");
  CHECK(shown(0.1) == "0.1");
  CHECK(shown(1e21) == "1e+21");
}

TEST_CASE("fact line: a manifest without epoch names the file", "[trace][cat]") {
  pb::Manifest manifest;
  CHECK_THROWS_WITH(epoch_of(manifest, "t"), "t: its manifest has no epoch");
  manifest.set_epoch("2025-01-01");
  CHECK(epoch_of(manifest, "t") == kEpoch);
  manifest.set_epoch("2025-01-01T13:05:00Z");
  CHECK(fact_line(epoch_of(manifest, "t"), refused_at(kDay / 2)).find("2025-01-02 01:05:00") == 0);
}

}  // namespace
}  // namespace chokepoint
