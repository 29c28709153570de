#include "tools/console/trace_inspection.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "tests/sim/trace/small_world.hpp"
#include "tests/sim/trace/trace_files.hpp"

namespace chokepoint {
namespace {

using Catch::Matchers::Contains;

TEST_CASE("trace inspection: facts by kind and by track add up to all", "[trace][inspect]") {
  const ScratchFolder folder;
  write_trace(folder / "t", one_of_every_kind());
  const auto trace = inspect_trace(folder / "t");
  CHECK(trace.facts == one_of_every_kind().size());
  std::uint64_t sum = 0;
  for (const auto& [kind, count] : trace.facts_by_kind) sum += count;
  CHECK(sum == trace.facts);
  sum = 0;
  for (const auto& [track, count] : trace.facts_by_track) sum += count;
  CHECK(sum == trace.facts);
  CHECK(trace.facts_by_kind.at("rule") == 4);  // Two of a rule, two of an exception.
  CHECK(trace.first_ns == 0U);
  CHECK(trace.last_ns == 54 * 86'400'000'000'000ULL);
  CHECK_FALSE(trace.truncated);
}

TEST_CASE("trace inspection: the text shows what made it and the tree with facts below each",
          "[trace][inspect]") {
  const ScratchFolder folder;
  write_trace(folder / "t", one_of_every_kind());
  const std::string text = inspection_text(inspect_trace(folder / "t"), "t.pftrace");
  CHECK_THAT(text, Contains("trace      t.pftrace\nscenario   small\n"
                            "question   What does a trace hold?\nversion    0.1.0\n"
                            "digest     0123456789abcdef\nseed       7\n"
                            "period     2025-01-01 .. 2026-01-01\nlevel      job\n"));
  CHECK_THAT(text, Contains("first fact 2025-01-01 00:00:00\nlast fact  2025-02-24 00:00:00\n"));
  CHECK_THAT(text, Contains("state      whole\n"));
  CHECK_THAT(text, Contains("\n  government US"));
  CHECK_THAT(text, Contains("\n    us_rule"));
  CHECK_THAT(text, Contains("\n      exception us_exception"));
  CHECK_THAT(text, !Contains("second (buyer_cn)"));  // Nothing happened to it.
  CHECK(text.find("\n    line_a") < text.find("\n      supply_stock"));
}

TEST_CASE("trace inspection: a cut trace says where", "[trace][inspect]") {
  const ScratchFolder folder;
  write_trace(folder / "t", one_of_every_kind());
  const std::string whole = read_bytes(folder / "t");
  write_bytes(folder / "cut", whole.substr(0, whole.size() - 1));
  const auto trace = inspect_trace(folder / "cut");
  CHECK(trace.facts == one_of_every_kind().size() - 1);
  CHECK_THAT(truncation(trace),
             Contains("truncated after ") && Contains(" of ") && Contains(" bytes"));
  CHECK(trace.bytes == whole.size() - 1);
  CHECK(trace.whole_bytes < trace.bytes);
}

TEST_CASE("trace inspection: a whole file without the run's end says so", "[trace][inspect]") {
  const ScratchFolder folder;
  write_trace(folder / "t", {RuleBegan{0_s, RuleId{0}}});
  CHECK_THAT(truncation(inspect_trace(folder / "t")), Contains("the run's end is missing"));
  write_trace(folder / "t", {RunEnded{0_s}});
  CHECK(truncation(inspect_trace(folder / "t")).empty());
}

// A damaged file may describe any tracks: the tree must end and count each fact once.
TEST_CASE("trace inspection: tracks in a circle or without end do no harm", "[trace][inspect]") {
  TraceInspection trace;
  trace.facts_by_track = {{1, 5}, {2, 7}, {100, 1}};
  trace.tracks = {{1, 1, "its own parent", ""}, {2, 3, "circle", ""}, {3, 2, "of two", ""}};
  for (std::uint64_t i = 10; i <= 100; ++i) {
    trace.tracks.push_back({i, i == 10 ? 0 : i - 1, "level " + std::to_string(i), ""});
  }
  CHECK_THAT(inspection_text(trace, "t"), !Contains("circle") && !Contains("its own parent"));
}

}  // namespace
}  // namespace chokepoint
