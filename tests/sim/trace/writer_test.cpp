#include "sim/trace/writer.hpp"

#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>

#include <catch2/catch.hpp>
#include <set>
#include <string>
#include <vector>

#include "chokepoint/trace/extension.pb.h"
#include "perfetto/trace.pb.h"
#include "tests/sim/trace/small_world.hpp"
#include "tests/sim/trace/trace_files.hpp"

namespace chokepoint {
namespace {

namespace pf = perfetto::protos;

pf::Trace written(const std::vector<TraceEvent>& events) {
  const ScratchFolder folder;
  write_trace(folder / "t", events);
  pf::Trace trace;
  REQUIRE(trace.ParseFromString(read_bytes(folder / "t")));
  return trace;
}

/// The one packet of `event`.
pf::TracePacket packet_of(const TraceEvent& event) {
  const auto trace = written({event});
  const auto& last = trace.packet(trace.packet_size() - 1);
  REQUIRE(last.track_event().HasExtension(trace::fact));
  return last;
}

TEST_CASE("writer: the same facts make the same bytes", "[trace][writer]") {
  const ScratchFolder folder;
  write_trace(folder / "a", one_of_every_kind());
  write_trace(folder / "b", one_of_every_kind());
  CHECK(read_bytes(folder / "a") == read_bytes(folder / "b"));
  CHECK_FALSE(read_bytes(folder / "a").empty());
}

TEST_CASE("writer: manifest and descriptor come first, tracks before the facts on them",
          "[trace][writer]") {
  const auto trace = written(one_of_every_kind());
  CHECK(trace.packet(0).track_event().GetExtension(trace::manifest).seed() == 7);
  CHECK(trace.packet(1).has_extension_descriptor());
  std::set<std::uint64_t> described;
  for (const auto& packet : trace.packet()) {
    if (packet.has_track_descriptor()) described.insert(packet.track_descriptor().uuid());
    if (!packet.track_event().HasExtension(trace::fact)) continue;
    CHECK(described.count(packet.track_event().track_uuid()) == 1);
  }
}

TEST_CASE("writer: it keeps exactly the facts within its level", "[trace][writer]") {
  const ScratchFolder folder;
  for (const auto level : {TraceLevel::Site, TraceLevel::Job, TraceLevel::Request}) {
    std::vector<TraceEvent> within;
    for (const auto& event : one_of_every_kind()) {
      if (level_of(event) <= level) within.push_back(event);
    }
    write_trace(folder / "t", one_of_every_kind(), level);
    CHECK(texts_of(read_trace(folder / "t").facts) == texts_of(within));
  }
}

TEST_CASE("writer: what is left of a run that was killed can be read", "[trace][writer]") {
  const ScratchFolder folder;
  const World world = small_world();
  TraceWriter writer(folder / "t", small_manifest(), world, TraceLevel::Site);
  const ReadTrace early = read_trace(folder / "t");
  CHECK(early.facts.empty());
  CHECK(early.truncated);
  for (int i = 0; i < 10'000; ++i) writer.record(JobQueued{0_s, JobId{0}});
  const ReadTrace late = read_trace(folder / "t");
  CHECK(late.truncated);
  CHECK(late.facts.size() > 8'000);  // 64 KiB of some 50 bytes each may be on their way.
}

TEST_CASE("writer: it counts what it kept", "[trace][writer]") {
  const ScratchFolder folder;
  const World world = small_world();
  TraceWriter writer(folder / "t", small_manifest(), world, TraceLevel::Site);
  writer.record(SegmentBegan{1_days, JobId{0}});
  CHECK(writer.facts() == 0);
  writer.record(RunEnded{1_days});
  CHECK(writer.facts() == 1);
}

// Readers of another make know TracePacket and nothing of ours: the descriptor must be enough.
TEST_CASE("writer: a trace can be decoded with nothing but itself", "[trace][writer]") {
  const auto trace = written(one_of_every_kind());
  google::protobuf::FileDescriptorSet files;
  REQUIRE(files.ParseFromString(trace.packet(1).extension_descriptor().extension_set()));
  google::protobuf::DescriptorPool pool;
  for (const auto& file : files.file()) REQUIRE(pool.BuildFile(file) != nullptr);  // In order.
  google::protobuf::DynamicMessageFactory factory;
  const auto* type = pool.FindMessageTypeByName("perfetto.protos.TracePacket");
  REQUIRE(type != nullptr);
  const auto decoded = [&](const pf::TracePacket& packet) {
    std::unique_ptr<google::protobuf::Message> message(factory.GetPrototype(type)->New());
    REQUIRE(message->ParseFromString(packet.SerializeAsString()));
    return message->ShortDebugString();
  };
  for (const auto& packet : trace.packet()) CHECK(decoded(packet) == packet.ShortDebugString());
  CHECK(decoded(packet_of(RuleBegan{0_s, RuleId{0}}))
            .find(R"([chokepoint.trace.fact] { rule { name: "us_rule")") != std::string::npos);
}

TEST_CASE("writer: rules, exceptions and segments are slices with begin and end apart",
          "[trace][writer]") {
  const auto type_of = [](const TraceEvent& event) {
    return packet_of(event).track_event().type();
  };
  CHECK(type_of(RuleBegan{0_s, RuleId{0}}) == pf::TrackEvent::TYPE_SLICE_BEGIN);
  CHECK(type_of(RuleEnded{0_s, RuleId{0}}) == pf::TrackEvent::TYPE_SLICE_END);
  CHECK(type_of(ExceptionBegan{0_s, ExceptionId{0}}) == pf::TrackEvent::TYPE_SLICE_BEGIN);
  CHECK(type_of(ExceptionEnded{0_s, ExceptionId{0}}) == pf::TrackEvent::TYPE_SLICE_END);
  CHECK(type_of(SegmentBegan{0_s, JobId{0}}) == pf::TrackEvent::TYPE_SLICE_BEGIN);
  CHECK(type_of(SegmentEnded{0_s, JobId{0}, Tokens{1}}) == pf::TrackEvent::TYPE_SLICE_END);
  CHECK(type_of(JobQueued{0_s, JobId{0}}) == pf::TrackEvent::TYPE_INSTANT);
  CHECK(packet_of(RuleBegan{0_s, RuleId{0}}).track_event().track_uuid() ==
        packet_of(RuleEnded{0_s, RuleId{0}}).track_event().track_uuid());
}

TEST_CASE("writer: a sample draws its value on a track with a unit", "[trace][writer]") {
  const auto trace = written({CounterSampled{1_days, Counter::SitePower, 0, 5e6}});
  const auto& event = trace.packet(trace.packet_size() - 1).track_event();
  CHECK(event.type() == pf::TrackEvent::TYPE_COUNTER);
  CHECK(event.double_counter_value() == 5e6);
  CHECK(event.GetExtension(trace::fact).counter().value() == 5e6);
  std::string unit;
  for (const auto& packet : trace.packet()) {
    if (packet.track_descriptor().uuid() != event.track_uuid()) continue;
    unit = packet.track_descriptor().counter().unit_name();
  }
  CHECK(unit == "W");
}

TEST_CASE("writer: names that repeat are interned, and who needs them says so", "[trace][writer]") {
  const auto trace = written(one_of_every_kind());
  CHECK(trace.packet(0).sequence_flags() == 1);
  std::set<std::uint64_t> interned;
  for (const auto& name : trace.packet(0).interned_data().event_names())
    interned.insert(name.iid());
  CHECK(interned.count(0) == 0);
  for (const auto& packet : trace.packet()) {
    CHECK(packet.trusted_packet_sequence_id() == 1);
    const bool needs = packet.track_event().has_name_iid();
    if (needs) CHECK(interned.count(packet.track_event().name_iid()) == 1);
    CHECK(needs == (packet.sequence_flags() == 2));
    CHECK_FALSE((needs && packet.track_event().has_name()));
  }
}

TEST_CASE("writer: one fact's name does not stick to the next of its kind", "[trace][writer]") {
  WindowServed met{1_days, ServiceId{0}, 1_days, Tokens{9}, Tokens{9}, Tokens{9}, Tokens{0}};
  WindowServed unmet{2_days, ServiceId{0}, 1_days, Tokens{9}, Tokens{8}, Tokens{8}, Tokens{1}};
  const auto trace = written({met, unmet, met});
  const int last = trace.packet_size() - 1;
  const auto iid = [&](int packet) { return trace.packet(packet).track_event().name_iid(); };
  CHECK(iid(last) == iid(last - 2));
  CHECK(iid(last) != iid(last - 1));
}

}  // namespace
}  // namespace chokepoint
