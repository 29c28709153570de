#pragma once

#include <google/protobuf/message.h>

#include <string>
#include <string_view>
#include <vector>

#include "sim/measure/logs/log_source.hpp"

namespace chokepoint {

/// The objects of a JSON file: one, however many lines it takes, or one a line where the first line
/// is an object of its own.
std::vector<std::string_view> json_documents(std::string_view text);

/// `text` with NaN, Infinity and -Infinity outside of strings as words of the same length: null
/// where a blank is before NaN, else strings, "" and "inf". Python writes them bare, which no JSON
/// is.
std::string without_bare_words(std::string_view text);

/// Reads one object into `message`; fields that its type lacks are passed over. Complains where it
/// is no JSON, or a field holds what it cannot. Requires: `document` is a part of the source.
bool read_json(const LogSource& source, std::string_view document,
               google::protobuf::Message& message, Diagnostics& found);

/// Where the object names `key`. Where it does not: its beginning, or the whole file where it is
/// all of it.
SourceLocation place_of_key(const LogSource& source, std::string_view document,
                            std::string_view key);

}  // namespace chokepoint
