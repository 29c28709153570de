#include "tools/size/target_text.hpp"

#include <catch2/catch.hpp>
#include <sstream>

namespace chokepoint {
namespace {

std::optional<SizeTarget> target_of(const std::string& text) {
  Diagnostics found;
  return read_target(text, found);
}

struct Complaint {
  int column = 0;
  std::string message, help;
};

Complaint complaint_about(const std::string& text) {
  Diagnostics found;
  CHECK_FALSE(read_target(text, found));
  REQUIRE_FALSE(found.items().empty());
  const Diagnostic& first = found.items().front();
  CHECK(first.where.line == 1);
  return {first.where.column, first.message, first.help};
}

TEST_CASE("target: bounds and a rate, in any order, with blanks", "[size]") {
  const auto target = target_of(" rate = 6000/min , ttft_p99 <= 2 s,tpot_mean<50ms ");
  REQUIRE(target);
  CHECK(*target->rate == Approx(100));
  REQUIRE(target->bounds.size() == 2);
  CHECK(target->bounds[0] == LatencyBound{LatencyMetric::Ttft, 0.99, Seconds{2}});
  CHECK(target->bounds[1] == LatencyBound{LatencyMetric::Tpot, std::nullopt, Seconds{0.05}});
  CHECK_FALSE(target_of("e2e_p50<30s")->rate);
}

TEST_CASE("target: every metric, statistic and unit reads back as it is written", "[size]") {
  for (const char* metric : {"ttft", "tpot", "e2e"}) {
    for (const char* statistic : {"p50", "p90", "p95", "p99", "mean"}) {
      for (const char* most : {"2s", "2000ms"}) {
        const auto target = target_of(std::string(metric) + "_" + statistic + "<" + most);
        REQUIRE(target);
        CHECK(target->bounds.front().most.value == Approx(2));
        CHECK(name(target->bounds.front().metric) == metric);
        CHECK(bound_text(target->bounds.front()).ends_with(" < 2 s"));
      }
    }
  }
}

TEST_CASE("target: what is wrong is said where it stands", "[size]") {
  struct Wrong {
    const char* text;
    int column;
    const char* message;
  };
  for (const Wrong& wrong : {
           Wrong{"", 1, "nothing stands here"},
           Wrong{"ttft_p99<2s,,rate=1/s", 13, "nothing stands here"},
           Wrong{"rate=100/s", 1, "no time is bound"},
           Wrong{"ttft_p99", 1, "says of nothing how much"},
           Wrong{"ttft_p99>2s", 9, "bound with '<'"},
           Wrong{"ttft_p99<2s,rate<3/s", 17, "given with '='"},
           Wrong{"tfft_p99<2s", 1, "no time is called 'tfft'"},
           Wrong{"ttft<2s", 1, "does not say of which requests"},
           Wrong{"tpot_p99<1s,ttft_p999<2s", 18, "no statistic 'p999'"},
           Wrong{"ttft_p99<2", 11, "no unit"},
           Wrong{"ttft_p99<2 d", 12, "no unit 'd' here"},
           Wrong{"ttft_p99<s", 10, "is not a number"},
           Wrong{"ttft_p99<-2s", 10, "is not positive"},
           Wrong{"ttft_p99<nan s", 10, "is not a number"},
           Wrong{"ttft_p99<2s,rate=100", 21, "no unit"},
           Wrong{"ttft_p99<2s,rate=0/s", 18, "is not positive"},
           Wrong{"ttft_p99<2s,rate=0.9/h", 18, "is out of range"},
           Wrong{"ttft_p99<2s,rate=1e7/s", 18, "is out of range"},
           Wrong{"ttft_p99<2s,ttft_p99<3s", 13, "a second bound"},
           Wrong{"ttft_p99<2s,rate=1/s,rate=2/s", 22, "a second rate"},
       }) {
    INFO(wrong.text);
    const Complaint said = complaint_about(wrong.text);
    CHECK(said.column == wrong.column);
    CHECK(said.message.find(wrong.message) != std::string::npos);
  }
  CHECK(complaint_about("tfft_p99<2s").help == "did you mean 'ttft'?");
}

TEST_CASE("target: all errors are told at once", "[size]") {
  Diagnostics found;
  CHECK_FALSE(read_target("ttft_p99<2,tpot_p98<50ms,rate=fast", found));
  CHECK(found.errors() == 3);
  std::ostringstream shown;
  print(shown, found, "--target");
  CHECK(shown.str().find("--target:1:17: error:") != std::string::npos);
}

TEST_CASE("target: times have the units that other options have", "[size]") {
  CHECK(target_of("e2e_p99<2min")->bounds.front().most.value == 120);
  CHECK(target_of("e2e_p99<1h")->bounds.front().most.value == 3600);
  CHECK(target_of("tpot_p99<500us")->bounds.front().most.value == Approx(5e-4));
  CHECK_FALSE(seconds_of_unit("d"));
}

TEST_CASE("target: times read as people say them", "[size]") {
  CHECK(latency_text(Seconds{0.0482}) == "48.2 ms");
  CHECK(latency_text(Seconds{1.237}) == "1.24 s");
  CHECK(bound_name({LatencyMetric::E2e, std::nullopt, Seconds{1}}) == "mean E2E");
  CHECK(bound_name({LatencyMetric::Tpot, 0.95, Seconds{1}}) == "TPOT p95");
}

}  // namespace
}  // namespace chokepoint
