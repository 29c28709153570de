#pragma once

#include <google/protobuf/message.h>

#include <string>

namespace chokepoint {

/// `message` in text format on one line, without the braces around it.
std::string one_line(const google::protobuf::Message& message);

/// The value of `field` in text format on one line: "12.5", "\"CN\"", "{ value: 1 }", and lists in
/// brackets. Empty where nothing is there.
std::string one_line(const google::protobuf::Message& message,
                     const google::protobuf::FieldDescriptor& field);

}  // namespace chokepoint
