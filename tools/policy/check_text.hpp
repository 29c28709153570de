#pragma once

#include <string>

#include "tools/policy/check.hpp"

namespace chokepoint {

/// The whole answer for people: the verdict in the first line; what each government says and on
/// which ground; then every rule in force that could have applied, with the numbers put in.
std::string check_text(const PolicyCheck& check, const PolicyBook& book);

/// The verdict, and of the government that says it the clause, the arithmetic and the citation.
std::string short_check_text(const PolicyCheck& check, const PolicyBook& book);

/// A check as JSON with schema "chokepoint.policy.check/1": shares in [0, 1], numbers unrounded.
std::string check_json(const PolicyCheck& check, const PolicyBook& book);

}  // namespace chokepoint
