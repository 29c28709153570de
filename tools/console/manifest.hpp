#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "chokepoint/v1/facts.pb.h"
#include "sim/scenario/compose/compose.hpp"
#include "sim/trace/event/timeline.hpp"

namespace chokepoint {

/// Digest of a composed scenario: fingerprint of its deterministic serialization, 16
/// hexadecimal digits.
std::string scenario_digest(const pb::Scenario& scenario);

/// "site", "job" or "request", and back; nothing for another word.
std::string name_of(TraceLevel level);
std::optional<TraceLevel> trace_level(const std::string& name);

/// What the first packet of a trace says. `folder` is where the scenario file lies: places of
/// changes are told from there, so that a trace does not depend on where it was made.
pb::Manifest manifest_of(const Composed& composed, std::uint64_t seed, TraceLevel level,
                         const std::filesystem::path& folder);

}  // namespace chokepoint
