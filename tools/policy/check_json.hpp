#pragma once

#include <string>

#include "tools/policy/check.hpp"

namespace chokepoint {

/// A check as JSON with schema "chokepoint.policy.check/1": shares in [0, 1], numbers unrounded.
std::string check_json(const PolicyCheck& check, const PolicyBook& book);

}  // namespace chokepoint
