#pragma once

#include <string>

#include "sim/scenario/text/path.hpp"
#include "sim/scenario/text/tokens.hpp"

namespace chokepoint {

/// Reads the value at the head of `tokens` into `field` of `message`: sets it, or adds it to a
/// list. False, after a report, where it is not a value of the field's type; what stood there is
/// passed. Requires: `field` is a text, a bool, an enumeration, a double or an unsigned integer;
/// the schema of scenarios has no others.
bool read_scalar(TextTokens& tokens, Message& message, const FieldDescriptor& field,
                 const SourceLocation& field_at);

/// What is wrong with `text` as the value of `field`, to stand behind the field's name: it is a
/// name and longer than kLongestName. Empty: nothing.
std::string length_complaint(const FieldDescriptor& field, const std::string& text);
inline constexpr const char* kHelpWithLength =
    "give a short name; display and note hold long texts";

/// What a value of `field` is, for a report: "a whole number".
std::string expected_value(const FieldDescriptor& field);

}  // namespace chokepoint
