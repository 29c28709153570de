#pragma once

#include <google/protobuf/message.h>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace chokepoint {

/// A JSON value made of its parts, in their order. Default: null.
class JsonValue {
public:
  JsonValue() = default;
  JsonValue(const std::string& text);  // NOLINT: implicit, so that objects read like JSON.
  JsonValue(const char* text) : JsonValue(std::string(text)) {}
  JsonValue(double number);  ///< The shortest decimal that reads back; null for no number.
  JsonValue(bool value) : scalar_(value ? "true" : "false") {}
  template <class T>
  JsonValue(const std::optional<T>& value) : JsonValue(value ? JsonValue(*value) : JsonValue()) {}

  static JsonValue whole(std::uint64_t number);  ///< With all its digits.
  static JsonValue object() { return JsonValue(Kind::Object); }
  static JsonValue list() { return JsonValue(Kind::List); }
  static JsonValue list(const std::vector<std::string>& texts);

  /// Adds a member to an object. Requires: an object.
  JsonValue& add(const std::string& key, JsonValue value);
  /// Adds an element to a list. Requires: a list.
  JsonValue& push(JsonValue value);

  /// Indented by two; what fits on one line of 100 characters stays there. No line end.
  std::string text() const { return text(0); }
  /// On one line, however long.
  std::string line() const;

private:
  enum class Kind { Scalar, List, Object };

  explicit JsonValue(Kind kind) : kind_(kind) {}
  std::string text(std::size_t indent) const;

  Kind kind_ = Kind::Scalar;
  std::string scalar_ = "null";
  std::vector<std::pair<std::string, JsonValue>> parts_;  // Keys are empty in lists.
};

/// `text` as a JSON string, quotes included.
std::string json_quoted(const std::string& text);

/// `message` as indented JSON, field names as in the schema, zeros and empty texts included. Ends
/// with a line end. 64-bit integers print as texts, "NaN" for no number: so protobuf's JSON has it.
std::string to_json(const google::protobuf::Message& message);

/// Reads `text` into `message`; false where it is no JSON of such a message. Fields that the schema
/// does not know are passed over.
bool from_json(const std::string& text, google::protobuf::Message& message);

/// `message` as on the wire: the same bytes wherever it says the same.
std::string stable_bytes(const google::protobuf::Message& message);

}  // namespace chokepoint
