#include "sim/trace/writer.hpp"

#include <google/protobuf/descriptor.pb.h>

#include <array>
#include <set>
#include <utility>
#include <variant>

#include "chokepoint/trace/extension.pb.h"
#include "perfetto/trace.pb.h"
#include "sim/trace/describe.hpp"
#include "sim/trace/labels.hpp"
#include "sim/trace/nanoseconds.hpp"
#include "sim/trace/packet_output.hpp"
#include "sim/trace/tracks.hpp"

namespace chokepoint {

/// What one kind of fact needs to be written again and again without new memory.
struct FactForm {
  perfetto::protos::TracePacket packet;
  pb::Fact* fact = nullptr;  ///< Inside the packet.
  Label label;
};

namespace {

namespace pf = perfetto::protos;

// A trace has one writer. Its interned state begins with the first packet and is never cleared.
constexpr std::uint32_t kSequence = 1;
constexpr std::uint32_t kStateBegins = 1;
constexpr std::uint32_t kNeedsState = 2;

pf::TrackEvent::Type type_of(Timeline timeline) {
  constexpr std::array kTypes = {pf::TrackEvent::TYPE_INSTANT, pf::TrackEvent::TYPE_SLICE_BEGIN,
                                 pf::TrackEvent::TYPE_SLICE_END, pf::TrackEvent::TYPE_COUNTER};
  return kTypes[static_cast<std::size_t>(timeline)];
}

/// Appends `file` after everything that it imports, each file once.
void append_with_imports(const google::protobuf::FileDescriptor& file, std::set<std::string>& seen,
                         google::protobuf::FileDescriptorSet& out) {
  if (!seen.insert(file.name()).second) return;
  for (int i = 0; i < file.dependency_count(); ++i) {
    append_with_imports(*file.dependency(i), seen, out);
  }
  file.CopyTo(out.add_file());
}

pf::TracePacket manifest_packet(const pb::Manifest& manifest, std::uint64_t track) {
  pf::TracePacket packet;
  packet.set_timestamp(0);
  packet.set_trusted_packet_sequence_id(kSequence);
  packet.set_sequence_flags(kStateBegins);
  for (std::size_t i = 0; i < kSharedLabels.size(); ++i) {
    auto& name = *packet.mutable_interned_data()->add_event_names();
    name.set_iid(i + 1);  // 0 would mean none.
    name.set_name(std::string(kSharedLabels[i]));
  }
  auto& event = *packet.mutable_track_event();
  event.set_type(pf::TrackEvent::TYPE_INSTANT);
  event.set_track_uuid(track);
  event.set_name(manifest.scenario().name());
  *event.MutableExtension(trace::manifest) = manifest;
  return packet;
}

pf::TracePacket descriptor_packet() {
  std::set<std::string> seen;
  google::protobuf::FileDescriptorSet files;
  const auto* pool = google::protobuf::DescriptorPool::generated_pool();
  const auto* extension =
      pool->FindExtensionByNumber(pf::TrackEvent::descriptor(), trace::kFactFieldNumber);
  append_with_imports(*extension->file(), seen, files);
  pf::TracePacket packet;
  packet.set_trusted_packet_sequence_id(kSequence);
  packet.mutable_extension_descriptor()->set_extension_set(files.SerializeAsString());
  return packet;
}

pf::TracePacket track_packet(const Track& track) {
  pf::TracePacket packet;
  packet.set_trusted_packet_sequence_id(kSequence);
  auto& descriptor = *packet.mutable_track_descriptor();
  descriptor.set_uuid(track.uuid);
  descriptor.set_name(track.name);
  if (track.parent != 0) descriptor.set_parent_uuid(track.parent);
  if (!track.unit.empty()) descriptor.mutable_counter()->set_unit_name(track.unit);
  return packet;
}

/// Gives the packet the event's name, or its value where it is a sample.
void assign_name(const TraceEvent& event, const World& world, FactForm& form) {
  auto& out = *form.packet.mutable_track_event();
  if (const auto* sample = std::get_if<CounterSampled>(&event)) {
    out.set_double_counter_value(sample->value);
    return;
  }
  if (const auto* sample = std::get_if<ReplicaSampled>(&event)) {
    out.set_double_counter_value(sample->value);
    return;
  }
  assign_label(event, world, form.label);
  if (form.label.is_shared()) {
    out.set_name_iid(form.label.shared + 1);
    form.packet.set_sequence_flags(kNeedsState);
  } else if (form.label.text.empty()) {
    out.clear_name();
  } else {
    out.set_name(form.label.text);
  }
}

}  // namespace

struct TraceWriter::State {
  State(std::filesystem::path path, const World& of, TraceLevel at)
      : output(std::move(path)), world(of), level(at), tracks(of) {
    for (FactForm& form : forms) {
      form.packet.set_trusted_packet_sequence_id(kSequence);
      form.fact = form.packet.mutable_track_event()->MutableExtension(trace::fact);
    }
  }

  PacketOutput output;
  const World& world;
  TraceLevel level;
  Tracks tracks;
  std::array<FactForm, std::variant_size_v<TraceEvent>> forms;  // By kind of event.
  std::uint64_t facts = 0;
  std::size_t told_tracks = 0;

  void write_new_tracks() {
    for (; told_tracks < tracks.all().size(); ++told_tracks) {
      output.write(track_packet(tracks.all()[told_tracks]));
    }
  }
};

TraceWriter::TraceWriter(std::filesystem::path path, const pb::Manifest& manifest,
                         const World& world, TraceLevel level)
    : state_(std::make_unique<State>(std::move(path), world, level)) {
  state_->output.write(manifest_packet(manifest, state_->tracks.run()));
  state_->output.write(descriptor_packet());
  state_->write_new_tracks();
  state_->output.flush();  // From here on what is left of the file can be read.
}

TraceWriter::~TraceWriter() = default;

void TraceWriter::record(const TraceEvent& event) {
  State& state = *state_;
  // Where a job stands must be known even where its placing were not kept.
  const std::uint64_t track = state.tracks.of(event);
  if (level_of(event) > state.level) return;
  state.write_new_tracks();
  FactForm& form = state.forms[event.index()];
  describe(event, state.world, *form.fact);
  form.packet.set_timestamp(nanoseconds(time_of(event)));
  auto& out = *form.packet.mutable_track_event();
  out.set_type(type_of(timeline_of(event)));
  out.set_track_uuid(track);
  assign_name(event, state.world, form);
  state.output.write(form.packet);
  ++state.facts;
}

void TraceWriter::close() {
  state_->output.close();
}

std::uint64_t TraceWriter::fingerprint() const {
  return state_->output.fingerprint();
}

std::uint64_t TraceWriter::facts() const {
  return state_->facts;
}

}  // namespace chokepoint
