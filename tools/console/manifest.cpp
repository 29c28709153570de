#include "tools/console/manifest.hpp"

#include <fmt/format.h>

#include <array>

#include "models/fingerprint.hpp"
#include "sim/scenario/text/characters.hpp"
#include "tools/print/json_value.hpp"

namespace chokepoint {
namespace {

constexpr std::array<const char*, 3> kLevels = {"site", "job", "request"};

const char* name_of(Change::Kind kind) {
  constexpr std::array kNames = {"added", "changed", "removed"};
  return kNames[static_cast<std::size_t>(kind)];
}

/// "file:line:column"; the file alone where there is no line. "--set" for every flag: what a run is
/// does not depend on which flag said so.
std::string place_of(const SourceLocation& where, const std::filesystem::path& folder) {
  if (where.line == 0) return where.file.str().rfind("--", 0) == 0 ? "--set" : where.file.str();
  const auto file = std::filesystem::path(where.file.str()).lexically_proximate(folder).string();
  return file + ":" + std::to_string(where.line) + ":" + std::to_string(where.column);
}

}  // namespace

std::string scenario_digest(const pb::Scenario& scenario) {
  return fmt::format("{:016x}", fingerprint(stable_bytes(scenario)));
}

std::string name_of(TraceLevel level) {
  return kLevels[static_cast<std::size_t>(level)];
}

std::optional<TraceLevel> trace_level(const std::string& name) {
  for (std::size_t i = 0; i < kLevels.size(); ++i) {
    if (name == kLevels[i]) return static_cast<TraceLevel>(i);
  }
  return std::nullopt;
}

pb::Manifest manifest_of(const Composed& composed, std::uint64_t seed, TraceLevel level,
                         const std::filesystem::path& folder) {
  pb::Manifest manifest;
  manifest.set_schema(1);
  manifest.set_program_version(CHOKEPOINT_VERSION);
  manifest.set_scenario_digest(scenario_digest(composed.scenario));
  manifest.set_seed(seed);
  manifest.set_epoch(composed.scenario.start());
  *manifest.mutable_scenario() = composed.scenario;
  manifest.set_base(printable(composed.base));  // A path may be no UTF-8.
  for (const auto& change : composed.changes) {
    auto& out = *manifest.add_changes();
    out.set_kind(name_of(change.kind));
    out.set_path(change.path);
    out.set_before(change.before);
    out.set_after(change.after);
    out.set_where(printable(place_of(change.where, folder)));
  }
  manifest.set_trace_level(name_of(level));
  return manifest;
}

}  // namespace chokepoint
