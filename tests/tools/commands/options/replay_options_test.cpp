#include "tools/commands/options/replay_options.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/called_program.hpp"

namespace chokepoint {
namespace {

TEST_CASE("replay options: times have units, and are not negative", "[replay]") {
  CHECK(duration_of("90") == Seconds{90});
  CHECK(duration_of("250ms") == Seconds{0.25});
  CHECK(duration_of("5min") == Seconds{300});
  CHECK(duration_of("1.5h") == Seconds{5400});
  for (const char* wrong : {"", "s", "-1", "1d", "nan", "inf", "1e300", "1 s", "5s5s"}) {
    INFO(wrong);
    CHECK_FALSE(duration_of(wrong));
  }
}

TEST_CASE("replay options: promises are of TTFT, TPOT or both", "[replay]") {
  const auto promised = [](const std::string& text) {
    const auto read = promise_of(text);
    REQUIRE(std::holds_alternative<SloClass>(read));
    return std::get<SloClass>(read);
  };
  const SloClass both = promised("ttft=2s,tpot=50ms");
  CHECK(both.ttft == 2'000'000'000);
  CHECK(both.tpot == 50'000'000);
  CHECK_FALSE(promised("tpot=50ms").ttft);
  const auto wrong = [](const std::string& text) {
    const auto read = promise_of(text);
    const auto* why = std::get_if<std::string>(&read);
    return why == nullptr ? std::string() : *why;
  };
  for (const char* text :
       {"", "ttft", "ttft=", "ttft=0", "e2e=1s", "ttft=1s,", "ttft:1s", "ttft=1x"}) {
    INFO(text);
    CHECK_FALSE(wrong(text).empty());
  }
  CHECK(wrong("ttft=2").find("'ttft=2' has no unit") != std::string::npos);
  CHECK(wrong("ttft=2s,ttft=3s").find("ttft is there twice") != std::string::npos);
}

TEST_CASE("replay options: a word that means nothing is refused with those that do", "[replay]") {
  const called::Folder folder;
  for (const std::string option : {"--format parquet",
                                   "--column tokens=x",
                                   "--column prompt",
                                   "--unit days",
                                   "--slo fast",
                                   "--slo ttft=2",
                                   "--slo ttft=1s,ttft=1s",
                                   "--routing best",
                                   "--prefix-cache maybe",
                                   "--from soon",
                                   "--rate 0",
                                   "--concurrency 0",
                                   "--speed 0",
                                   "--loop 0",
                                   "--requests 0",
                                   "--trace-level site -o x",
                                   "--seed -1",
                                   "--set x",
                                   "--rate 1 --concurrency 2",
                                   "--rate 1 --speed 2",
                                   "--trace-level request"}) {
    INFO(option);
    const auto said = called::chokepoint("replay requests log.csv --on hgx_h20 " + option, folder);
    CHECK(said.exit_code == 2);
    CHECK(said.err.find(option.substr(0, option.find(' '))) != std::string::npos);
  }
}

}  // namespace
}  // namespace chokepoint
