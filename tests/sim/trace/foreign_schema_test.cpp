// A trace is read by protobuf's own compiler, with a schema that knows Perfetto's numbers alone.

#include <catch2/catch.hpp>
#include <cstdlib>
#include <string>

#include "tests/paths.hpp"
#include "tests/sim/trace/small_world.hpp"
#include "tests/sim/trace/trace_files.hpp"

namespace chokepoint {
namespace {

std::size_t times_in(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

TEST_CASE("foreign schema: Perfetto's numbers decode a trace, and facts of ours are unknown fields",
          "[trace]") {
  const ScratchFolder folder;
  const auto events = one_of_every_kind();
  write_trace(folder / "t", events);
  const std::string schemas = source_dir() + "/tests/sim/trace";
  const std::string command = "protoc -I '" + schemas + "' --decode=perfetto.protos.Trace '" +
                              schemas + "/perfetto_numbers.proto' < '" + (folder / "t").string() +
                              "' > '" + (folder / "text").string() + "'";
  REQUIRE(std::system(command.c_str()) == 0);
  const std::string text = read_bytes(folder / "text");
  CHECK(times_in(text, "\n    4101 {") == events.size());  // Facts.
  CHECK(times_in(text, "\n    4100 {") == 1);              // The manifest.
  CHECK(times_in(text, "extension_descriptor {") == 1);
  CHECK(times_in(text, "type: TYPE_UNSPECIFIED") == 0);
  std::size_t begins = 0, samples = 0;
  for (const TraceEvent& event : events) {
    if (timeline_of(event) == Timeline::SliceBegin) ++begins;
    if (timeline_of(event) == Timeline::Sample) ++samples;
  }
  CHECK(times_in(text, "type: TYPE_SLICE_BEGIN") == begins);
  CHECK(times_in(text, "type: TYPE_COUNTER") == samples);
  CHECK(times_in(text, "double_counter_value: ") == samples);
}

}  // namespace
}  // namespace chokepoint
