#include "sim/trace/reader.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "chokepoint/trace/extension.pb.h"
#include "perfetto/trace.pb.h"
#include "sim/trace/labels.hpp"
#include "sim/trace/writer.hpp"
#include "tests/sim/trace/small_world.hpp"
#include "tests/sim/trace/trace_files.hpp"

namespace chokepoint {
namespace {

using Catch::Matchers::Contains;

/// `packet` as it stands in a file.
std::string framed(const perfetto::protos::TracePacket& packet) {
  perfetto::protos::Trace trace;
  *trace.add_packet() = packet;
  return trace.SerializeAsString();
}

/// `trace` without the packet that describes its messages, which readers pass over: most of the
/// bytes of a small trace, in which one place is like another.
std::string without_schema(const std::string& trace) {
  perfetto::protos::Trace all, kept;
  REQUIRE(all.ParseFromString(trace));
  for (const auto& packet : all.packet()) {
    if (!packet.has_extension_descriptor()) *kept.add_packet() = packet;
  }
  REQUIRE(kept.packet_size() + 1 == all.packet_size());
  return kept.SerializeAsString();
}

TEST_CASE("reader: what was written comes back, fact for fact", "[trace][reader]") {
  const ScratchFolder folder;
  write_trace(folder / "t", one_of_every_kind());
  const ReadTrace read = read_trace(folder / "t");
  CHECK(texts_of(read.facts) == texts_of(one_of_every_kind()));
  CHECK_FALSE(read.truncated);
  CHECK(read.whole_bytes == std::filesystem::file_size(folder / "t"));
  CHECK(read.bytes == read.whole_bytes);
}

TEST_CASE("reader: how a fact is drawn and what it is called comes back, shared names too",
          "[trace][reader]") {
  const ScratchFolder folder;
  const World world = small_world();
  const auto events = one_of_every_kind();
  write_trace(folder / "t", events);
  const ReadTrace read = read_trace(folder / "t");
  REQUIRE(read.facts.size() == events.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    Label label;
    assign_label(events[i], world, label);
    const bool is_sample = timeline_of(events[i]) == Timeline::Sample;
    INFO(read.facts[i].fact.ShortDebugString());
    CHECK(read.facts[i].timeline == timeline_of(events[i]));
    CHECK(read.facts[i].label == (is_sample           ? std::string()
                                  : label.is_shared() ? std::string(kSharedLabels[label.shared])
                                                      : label.text));
  }
}

TEST_CASE("reader: the manifest comes back", "[trace][reader]") {
  const ScratchFolder folder;
  write_trace(folder / "t", {});
  CHECK(TraceReader(folder / "t").manifest().ShortDebugString() ==
        small_manifest().ShortDebugString());
}

TEST_CASE("reader: every fact stands on a track that was described", "[trace][reader]") {
  const ScratchFolder folder;
  write_trace(folder / "t", one_of_every_kind());
  const ReadTrace read = read_trace(folder / "t");
  std::set<std::uint64_t> described;
  for (const Track& track : read.tracks) described.insert(track.uuid);
  for (const auto& timed : read.facts) CHECK(described.count(timed.track) == 1);
  CHECK(read.packets == 2 + read.tracks.size() + read.facts.size());
}

TEST_CASE("reader: a file cut at any byte yields the facts that are whole", "[trace][reader]") {
  const ScratchFolder folder;
  write_trace(folder / "t", one_of_every_kind());
  const std::string whole = without_schema(read_bytes(folder / "t"));
  const auto all = texts_of(one_of_every_kind());
  std::size_t before = 0;
  std::size_t readable = 0;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    write_bytes(folder / "cut", whole.substr(0, size));
    try {
      const ReadTrace read = read_trace(folder / "cut");
      const auto texts = texts_of(read.facts);
      ++readable;
      REQUIRE(texts.size() >= before);  // A byte more is never a fact less.
      before = texts.size();
      REQUIRE(std::equal(texts.begin(), texts.end(), all.begin()));
      REQUIRE(read.truncated);
      REQUIRE(read.bytes == size);
      REQUIRE(read.whole_bytes <= size);
    } catch (const std::runtime_error& error) {
      REQUIRE(readable == 0);  // Before the manifest is whole it is no trace, after it always one.
      REQUIRE_THAT(error.what(), Contains("not a chokepoint trace"));
    }
  }
  CHECK(readable > whole.size() / 2);
  CHECK(before + 1 == all.size());
}

TEST_CASE("reader: a trace without the end of the run is truncated", "[trace][reader]") {
  const ScratchFolder folder;
  auto events = one_of_every_kind();
  events.pop_back();
  write_trace(folder / "t", events);
  const ReadTrace read = read_trace(folder / "t");
  CHECK(read.truncated);
  CHECK(read.whole_bytes == std::filesystem::file_size(folder / "t"));
  CHECK(read.facts.size() == events.size());
}

TEST_CASE("reader: packets of others are passed over", "[trace][reader]") {
  const ScratchFolder folder;
  write_trace(folder / "t", one_of_every_kind());
  perfetto::protos::TracePacket foreign;
  foreign.mutable_track_event()->set_name("of another");
  foreign.GetReflection()->MutableUnknownFields(&foreign)->AddVarint(9999, 1);
  write_bytes(folder / "mixed",
              framed(foreign) + read_bytes(folder / "t") + framed(foreign) + framed({}));
  const ReadTrace read = read_trace(folder / "mixed");
  CHECK(texts_of(read.facts) == texts_of(one_of_every_kind()));
  CHECK_FALSE(read.truncated);
}

TEST_CASE("reader: of joined traces the first is read", "[trace][reader]") {
  const ScratchFolder folder;
  write_trace(folder / "t", one_of_every_kind());
  const std::string one = read_bytes(folder / "t");
  write_bytes(folder / "joined", one + one);
  const ReadTrace joined = read_trace(folder / "joined");
  CHECK(texts_of(joined.facts) == texts_of(one_of_every_kind()));
  CHECK_FALSE(joined.truncated);
  CHECK(joined.whole_bytes == one.size());
  CHECK(joined.packets == read_trace(folder / "t").packets);
}

TEST_CASE("reader: what is no trace of ours is refused by name", "[trace][reader]") {
  const ScratchFolder folder;
  const auto reason = [&](const std::string& bytes) {
    write_bytes(folder / "t", bytes);
    std::string message;
    try {
      TraceReader reader(folder / "t");
    } catch (const std::runtime_error& error) {
      message = error.what();
    }
    const std::string prefix = (folder / "t").string() + ": not a chokepoint trace: ";
    REQUIRE(message.substr(0, prefix.size()) == prefix);
    return message.substr(prefix.size());
  };
  CHECK(reason("") == "it is empty");
  CHECK(reason("month,units\n2025-01,3\n") == "no packet begins here, at byte 0");
  CHECK(reason("\n\nabcdefghijklmnop") == "a packet that cannot be understood, at byte 0");
  CHECK(reason(framed({})) == "it has no manifest");
  CHECK(reason("\x0A\x7F"
               "abc") == "it ends before its manifest does");
}

TEST_CASE("reader: a folder and a file that is not there are named", "[trace][reader]") {
  const ScratchFolder folder;
  std::filesystem::create_directory(folder / "d");
  CHECK_THROWS_WITH(TraceReader(folder / "d"), (folder / "d").string() + ": is a folder");
  CHECK_THROWS_WITH(TraceReader(folder / "none"), (folder / "none").string() + ": no such file");
}

TEST_CASE("reader: a schema of the future is refused", "[trace][reader]") {
  const ScratchFolder folder;
  const World world = small_world();
  auto manifest = small_manifest();
  manifest.set_schema(2);
  manifest.set_program_version("9.0.0");
  TraceWriter(folder / "t", manifest, world, TraceLevel::Site).close();
  CHECK_THROWS_WITH(TraceReader(folder / "t"), Contains("schema 2") && Contains("9.0.0"));
}

}  // namespace
}  // namespace chokepoint
