#pragma once

#include <memory>

namespace simgrid::s4u {
class Engine;
}

namespace chokepoint {

/// SimGrid's engine with every option set that we depend on; the only place where one is set. What
/// signals do stays as it was.
///
/// Requires: no other is there. A second engine of a process starts at the end of the first, and
/// keeps its options.
std::unique_ptr<simgrid::s4u::Engine> configure_simgrid();

}  // namespace chokepoint
