#pragma once

#include <google/protobuf/message.h>

#include <string>

namespace chokepoint {

/// `message` as indented JSON, field names as in the schema, zeros and empty texts included. Ends
/// with a line end. 64-bit integers print as texts, "NaN" for no number: so protobuf's JSON has it.
std::string to_json(const google::protobuf::Message& message);

/// Reads `text` into `message`; false where it is no JSON of such a message. Fields that the schema
/// does not know are passed over.
bool from_json(const std::string& text, google::protobuf::Message& message);

}  // namespace chokepoint
