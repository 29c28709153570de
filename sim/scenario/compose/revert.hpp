#pragma once

#include <string>

#include "chokepoint/v1/scenario.pb.h"

namespace chokepoint {

/// Gives `scenario` what `other` has at `path`, as changes_since() writes paths: a field, set or
/// not; an element, which is added where `other` has it and taken away where not. What is around it
/// stays. An element that comes back stands behind those that it stood behind.
/// Does nothing where what is around `path` is in one of both alone.
void revert(v1::Scenario& scenario, const v1::Scenario& other, const std::string& path);

}  // namespace chokepoint
