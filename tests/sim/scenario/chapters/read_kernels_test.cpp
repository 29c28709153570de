#include "sim/scenario/chapters/chapters.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/scenario/small_world.hpp"

namespace chokepoint {
namespace {

std::string released(const std::string& day) {
  return " released { text: \"" + day + "\" source: \"guess\" confidence: MEMORY } ";
}

std::string bare_version(const std::string& inside, const std::string& day = "2026-08") {
  return small_text() + "stack_versions { name: \"v\" stack: \"west_stack\"" + released(day) +
         inside + " }";
}

std::string version(const std::string& inside, const std::string& day = "2026-08") {
  return bare_version(inside, day) + " fallbacks { name: \"generic\" kind: GPU " +
         figure("rate_share", "0.3") + " }";
}

std::string coverage(const std::string& name, const std::string& inside) {
  return " coverage { name: \"" + name + "\" " + inside + " " + figure("share", "0.8") + "} ";
}

std::string fallback(const std::string& inside) {
  return small_text() + "fallbacks { name: \"f\" kind: NPU " + inside + " }";
}

TEST_CASE("read_kernels: what a version has kernels for", "[scenario][read]") {
  const auto read = read_text(version(
      coverage("all", "") + coverage("new", "kernel: GATHER family: LATENT research: true")));
  for (const auto& complaint : read.errors) UNSCOPED_INFO(complaint);
  REQUIRE(read.world);
  const StackVersion& found = read.world->stack_versions.at(0);
  CHECK(found.released == "2026-08");
  CHECK(found.coverage.at(0).share.value == 0.8);
  CHECK_FALSE(found.coverage.at(0).kernel);
  CHECK(found.coverage.at(1).kernel == Kernel::Gather);
  CHECK(found.coverage.at(1).family == ModelFamily::Latent);
  CHECK(found.coverage.at(1).is_of_research);
}

TEST_CASE("read_kernels: how often a hybrid cache is allocated", "[scenario][read]") {
  const auto copies = [](const std::string& inside) {
    const auto read = read_text(version(inside));
    REQUIRE(read.world);
    return read.world->stack_versions.at(0).hybrid_cache;
  };
  CHECK(copies("").most == 1);
  CHECK(copies(figure("hybrid_cache_copies", "2")).least == 2);
  const CacheCopies ranged = copies(
      "hybrid_cache_copies { value: 2 low: 1.5 high: 4 source: \"guess\" confidence: MEMORY }");
  CHECK(ranged.least == 1.5);
  CHECK(ranged.most == 4);
  CHECK_THAT(only_error(version(figure("hybrid_cache_copies", "0.5"))),
             Catch::Contains("hybrid_cache_copies is 0.5"));
}

TEST_CASE("read_kernels: what is wrong with a version", "[scenario][read]") {
  CHECK_THAT(only_error(version(coverage("a", "") + coverage("b", ""))),
             Catch::Contains("a second coverage"));
  CHECK_THAT(only_error(version("", "summer")), Catch::Contains("no month"));
  CHECK_THAT(only_error(version("coverage { name: \"a\" " + figure("share", "1.5") + "}")),
             Catch::Contains("share"));
}

TEST_CASE("read_kernels: what lacks kernels has a fallback on its kind of device",
          "[scenario][read]") {
  CHECK_THAT(only_error(bare_version(coverage("all", ""))),
             Catch::Contains("no fallback says what the rest takes on a device of stack "
                             "'west_stack'"));
  CHECK(read_text(bare_version("")).errors.empty());
  CHECK(read_text(version(coverage("all", ""))).errors.empty());
}

TEST_CASE("read_kernels: a fallback is on the host or at a share of the rates",
          "[scenario][read]") {
  const auto read =
      read_text(fallback(figure("host_link_gb_s", "25") + figure("host_tflops", "0.3") +
                         figure("host_round_trip_us", "100")));
  REQUIRE(read.world);
  const auto& host = read.world->fallbacks.at(0).fallback.host;
  REQUIRE(host);
  CHECK(host->link.value == 25_GBps);
  CHECK(host->round_trip.value.value == Approx(1e-4));
  const auto slower = read_text(fallback("kernel: VECTOR_WORK " + figure("rate_share", "0.3")));
  REQUIRE(slower.world);
  CHECK(slower.world->fallbacks.at(0).kernel == Kernel::Vector);
  CHECK(slower.world->fallbacks.at(0).fallback.rate_share.value == 0.3);
}

TEST_CASE("read_kernels: what is wrong with a fallback", "[scenario][read]") {
  CHECK_THAT(only_error(fallback("")), Catch::Contains("rate_share"));
  CHECK_THAT(only_error(fallback(figure("host_link_gb_s", "25") + figure("host_tflops", "1"))),
             Catch::Contains("host_round_trip_us"));
  CHECK_THAT(only_error(fallback(figure("rate_share", "0.3")) +
                        "fallbacks { name: \"g\" kind: NPU " + figure("rate_share", "0.3") + "}"),
             Catch::Contains("a second fallback"));
}

}  // namespace
}  // namespace chokepoint
