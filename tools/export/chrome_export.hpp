#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>

#include "sim/trace/reader.hpp"
#include "tools/export/exported_tables.hpp"
#include "tools/export/fact_tables.hpp"
#include "tools/print/growing_file.hpp"

namespace chokepoint {

/// Writes a trace as trace-event JSON, which chrome://tracing and Perfetto open: a process for each
/// top track, a thread for each track below it, slices, instants and counters, the fields of facts
/// as arguments. Times are microseconds since the trace's epoch.
class ChromeExport {
public:
  /// Throws std::runtime_error, naming the file, where it cannot be made or written; so does
  /// write_all().
  explicit ChromeExport(const std::filesystem::path& file) : file_(file) {}

  /// Reads `reader` to its end. `name` is that of its file, for messages.
  Exported write_all(TraceReader& reader, const std::string& name);

private:
  struct Thread {
    std::uint64_t process = 0, number = 0;
    std::string path;  ///< Below the top track.
    std::string unit;
  };

  void add_new_tracks(const TraceReader& reader);
  void add_name(const char* what, const Thread& of, const std::string& name);
  void add(const TimedFact& timed, const FactRows::Row& row);
  void begin_event();

  GrowingFile file_;
  std::string text_;  ///< Of one event.
  std::unordered_map<std::uint64_t, Thread> threads_;
  std::size_t told_tracks_ = 0;
  std::uint64_t processes_ = 0;
  bool is_first_ = true;
};

}  // namespace chokepoint
