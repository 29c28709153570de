#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/policy/party.hpp"
#include "models/policy/predicate.hpp"
#include "sim/scenario/reading/reading.hpp"

namespace chokepoint {

/// The test of an item at `at`. Reports a pair of bounds that nothing can meet.
Predicate read_predicate(Reading& reading, const Cursor& at);

/// The test of a party at `at`.
PartyTest read_party_test(Reading& reading, const Cursor& at);

/// The countries that `field` of `at` lists, by their codes or by the names of groups. Requires:
/// the groups have been read.
CountrySet read_countries(const Reading& reading, const Cursor& at, const std::string& field,
                          const google::protobuf::RepeatedPtrField<std::string>& written);

/// Indices in `known` of the words that `field` of `at` lists; new ones are added. A word that is
/// not known matches nothing and is allowed, since rules are shared between scenarios, unless it
/// looks like a slip of the pen; `relation` then says what nothing is: "org is of class".
std::vector<std::uint32_t> read_words(
    const Cursor& at, const std::string& field,
    const google::protobuf::RepeatedPtrField<std::string>& written, const std::string& relation,
    std::vector<std::string>& known);

}  // namespace chokepoint
