#pragma once

#include <vector>

#include "chokepoint/v1/facts.pb.h"
#include "models/world.hpp"
#include "sim/trace/event.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// A world with one or two of everything that facts name.
World small_world();

/// The manifest of a run of it.
pb::Manifest small_manifest();

/// One event of every kind, the end of the run last, in order of time. Every field that a fact can
/// carry is set to something that is not its default.
std::vector<TraceEvent> one_of_every_kind();

}  // namespace chokepoint
