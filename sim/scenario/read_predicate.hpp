#pragma once

#include <vector>

#include "models/policy/predicate.hpp"
#include "sim/scenario/reading.hpp"

namespace chokepoint {

/// The test of an item at `at`. Reports a pair of bounds that nothing can meet.
Predicate read_predicate(const Reading& reading, const Cursor& at);

/// The test of a buyer at `at`. A class that no org is in matches nobody and is allowed, since
/// rules are shared between scenarios, unless it looks like a slip of the pen.
PartyTest read_party_test(Reading& reading, const Cursor& at);

/// The countries whose codes `field` of `at` lists.
std::vector<Country> read_countries(const Cursor& at, const std::string& field,
                                    const google::protobuf::RepeatedPtrField<std::string>& written);

}  // namespace chokepoint
