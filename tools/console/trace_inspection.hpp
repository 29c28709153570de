#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/trace/reader.hpp"
#include "tools/print/json_value.hpp"

namespace chokepoint {

/// What a trace holds, counted.
struct TraceInspection {
  pb::Manifest manifest;
  std::uint64_t packets = 0;
  std::uint64_t bytes = 0, whole_bytes = 0;
  std::uint64_t facts = 0;
  std::map<std::string, std::uint64_t> facts_by_kind;
  std::map<std::uint64_t, std::uint64_t> facts_by_track;  ///< By uuid; those below not included.
  std::vector<Track> tracks;                              ///< As described, each uuid once.
  std::optional<std::uint64_t> first_ns, last_ns;         ///< Unset: no facts.
  bool truncated = false;
};

/// Reads the trace to its end. Throws std::runtime_error as TraceReader does.
TraceInspection inspect_trace(const std::filesystem::path& path);

/// "truncated after 11,000 of 12,345 bytes", or that only the run's end is missing; empty where
/// nothing is.
std::string truncation(const TraceReader& reader);
std::string truncation(const TraceInspection& trace);

/// The inspection for a terminal: what made it, how large it is, facts by kind, and the tree of
/// tracks with the facts on each and below it. Tracks without facts are left out.
std::string inspection_text(const TraceInspection& trace, const std::string& file);

/// The same for programs, schema "chokepoint.trace.inspect/1"; a track is named by its path.
JsonValue inspection_json(const TraceInspection& trace, const std::string& file);

/// The scenario that a trace holds, as a scenario file has it.
std::string scenario_text(const pb::Manifest& manifest);

}  // namespace chokepoint
