#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "chokepoint/v1/facts.pb.h"
#include "sim/trace/event/timeline.hpp"
#include "sim/trace/tracks.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// One fact of a trace and when it happened.
struct TimedFact {
  std::uint64_t time_ns = 0;  ///< Since the manifest's epoch.
  pb::Fact fact;
  std::uint64_t track = 0;  ///< Uuid of the track that it stands on.
  Timeline timeline = Timeline::Instant;
  std::string label;  ///< What it is called on its track; empty where that says it all.
};

/// Reads a trace fact by fact, in the order in which they were written.
///
/// A file that was cut off is read as far as it is whole. Of files joined to one, the first is
/// read: a second manifest ends it, since what follows tells of another run.
class TraceReader {
public:
  /// Throws std::runtime_error, naming the file, where there is no such file, where it is not a
  /// trace of ours (its manifest must be whole), or where its schema is newer than ours.
  explicit TraceReader(const std::filesystem::path& path);
  ~TraceReader();

  const pb::Manifest& manifest() const;

  /// The next fact, or nothing at the end of what is whole. Packets of others are passed over.
  /// Throws std::runtime_error, naming file and byte, where the file was damaged rather than cut.
  std::optional<TimedFact> next();

  /// Tracks that were described so far: all of them once there was a fact.
  const std::vector<Track>& tracks() const;
  /// Packets that were read so far, those of others included.
  std::uint64_t packets() const;

  /// After the last fact: true where the file stops inside a packet or lacks the end of the run.
  bool truncated() const;
  /// Bytes of the file that were whole.
  std::uint64_t whole_bytes() const;
  /// After the last fact: bytes of the file, what follows the trace left out.
  std::uint64_t bytes() const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace chokepoint
