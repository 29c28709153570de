#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/trace/event.hpp"
#include "sim/trace/reader.hpp"

namespace chokepoint {

/// A folder of its own that is gone with the test.
class ScratchFolder {
public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  std::vector<std::string> names() const;  ///< Of what is in it, sorted.

private:
  std::filesystem::path path_;
};

std::string read_bytes(const std::filesystem::path& path);
void write_bytes(const std::filesystem::path& path, const std::string& bytes);

/// Writes `events` of the small world.
void write_trace(const std::filesystem::path& path, const std::vector<TraceEvent>& events,
                 TraceLevel level = TraceLevel::Request);

/// What a reader makes of a file.
struct ReadTrace {
  std::vector<TimedFact> facts;
  bool truncated = false;
  std::uint64_t whole_bytes = 0, bytes = 0, packets = 0;
  std::vector<Track> tracks;
};
ReadTrace read_trace(const std::filesystem::path& path);

/// "time fact" of each, to be compared.
std::vector<std::string> texts_of(const std::vector<TimedFact>& facts);

/// What the facts of `events` must read like.
std::vector<std::string> texts_of(const std::vector<TraceEvent>& events);

}  // namespace chokepoint
