#include "sim/trace/reader.hpp"

#include <google/protobuf/stubs/logging.h>

#include <stdexcept>
#include <string>
#include <unordered_map>

#include "chokepoint/trace/extension.pb.h"
#include "perfetto/trace.pb.h"
#include "sim/trace/packet_input.hpp"

namespace chokepoint {
namespace {

namespace pf = perfetto::protos;

constexpr std::uint32_t kSchema = 1;

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& reason) {
  throw std::runtime_error(path.string() + ": not a chokepoint trace: " + reason);
}

Timeline timeline_of(pf::TrackEvent::Type type) {
  switch (type) {
    case pf::TrackEvent::TYPE_SLICE_BEGIN:
      return Timeline::SliceBegin;
    case pf::TrackEvent::TYPE_SLICE_END:
      return Timeline::SliceEnd;
    case pf::TrackEvent::TYPE_COUNTER:
      return Timeline::Sample;
    default:
      return Timeline::Instant;
  }
}

Track track_of(const pf::TrackDescriptor& in) {
  return {in.uuid(), in.parent_uuid(), in.name(), in.counter().unit_name()};
}

}  // namespace

struct TraceReader::State {
  explicit State(const std::filesystem::path& path) : input(path) {}

  bool read_packet();
  void take_names();
  TimedFact taken_fact();
  void find_manifest();
  bool holds_manifest() const;

  PacketInput input;
  pf::TracePacket packet;
  pb::Manifest manifest;
  std::vector<Track> tracks;
  std::unordered_map<std::uint64_t, std::string> names;  // That repeat, by their numbers.
  std::uint64_t packets = 0;
  std::uint64_t whole = 0;  // Bytes up to the end of the last packet of this trace.
  bool has_end = false;     // The fact that the run ended was read.
  bool is_over = false;
  bool is_followed = false;  // By another trace.
};

/// Parses the next packet into `packet`; false at the end of what is whole.
bool TraceReader::State::read_packet() {
  const std::uint64_t begin = input.whole_bytes();
  const auto bytes = input.next();
  if (!bytes) return false;
  // The parser would print what it does not like.
  const google::protobuf::LogSilencer silence;
  if (!packet.ParseFromArray(bytes->data(), static_cast<int>(bytes->size()))) {
    throw DamagedTrace(input.path(), begin, "a packet that cannot be understood");
  }
  ++packets;
  if (packet.has_interned_data()) take_names();
  return true;
}

void TraceReader::State::take_names() {
  for (const auto& name : packet.interned_data().event_names()) names[name.iid()] = name.name();
}

/// Of the packet, which holds one.
TimedFact TraceReader::State::taken_fact() {
  auto& event = *packet.mutable_track_event();
  TimedFact found;
  found.time_ns = packet.timestamp();
  found.track = event.track_uuid();
  found.timeline = timeline_of(event.type());
  found.fact.Swap(event.MutableExtension(trace::fact));
  if (event.has_name()) found.label.swap(*event.mutable_name());
  if (event.has_name_iid()) {
    const auto name = names.find(event.name_iid());
    if (name != names.end()) found.label = name->second;
  }
  has_end = has_end || found.fact.has_end();
  return found;
}

bool TraceReader::State::holds_manifest() const {
  return packet.has_track_event() && packet.track_event().HasExtension(trace::manifest);
}

void TraceReader::State::find_manifest() {
  try {
    while (read_packet()) {
      whole = input.whole_bytes();
      if (!holds_manifest()) continue;
      manifest = packet.track_event().GetExtension(trace::manifest);
      return;
    }
  } catch (const DamagedTrace& damage) {
    refuse(input.path(), damage.what_is_wrong + ", at byte " + std::to_string(damage.byte));
  }
  if (input.seen_bytes() == 0) refuse(input.path(), "it is empty");
  refuse(input.path(), input.is_cut() ? "it ends before its manifest does" : "it has no manifest");
}

TraceReader::TraceReader(const std::filesystem::path& path)
    : state_(std::make_unique<State>(path)) {
  state_->find_manifest();
  const auto schema = state_->manifest.schema();
  if (schema > kSchema) {
    throw std::runtime_error(path.string() + ": has schema " + std::to_string(schema) +
                             ", newer than " + std::to_string(kSchema) +
                             " of this program; it was made by version " +
                             state_->manifest.program_version());
  }
}

TraceReader::~TraceReader() = default;

const pb::Manifest& TraceReader::manifest() const {
  return state_->manifest;
}

std::optional<TimedFact> TraceReader::next() {
  State& state = *state_;
  while (!state.is_over && state.read_packet()) {
    if (state.holds_manifest()) {
      --state.packets;
      state.is_followed = true;
      break;
    }
    state.whole = state.input.whole_bytes();
    const auto& packet = state.packet;
    if (packet.has_track_descriptor()) state.tracks.push_back(track_of(packet.track_descriptor()));
    if (!packet.has_track_event() || !packet.track_event().HasExtension(trace::fact)) continue;
    return state.taken_fact();
  }
  state.is_over = true;
  return std::nullopt;
}

const std::vector<Track>& TraceReader::tracks() const {
  return state_->tracks;
}

std::uint64_t TraceReader::packets() const {
  return state_->packets;
}

bool TraceReader::truncated() const {
  return !state_->has_end || (state_->input.is_cut() && !state_->is_followed);
}

std::uint64_t TraceReader::whole_bytes() const {
  return state_->whole;
}

std::uint64_t TraceReader::bytes() const {
  return state_->is_followed ? state_->whole : state_->input.seen_bytes();
}

}  // namespace chokepoint
