#pragma once

#include <string>

#include "tools/policy/check.hpp"

namespace chokepoint {

/// The whole answer for people: the verdict in the first line; what each government says and on
/// which ground; then every rule in force that could have applied, with the numbers put in.
std::string check_text(const PolicyCheck& check, const PolicyBook& book);

}  // namespace chokepoint
