#include "tools/print/json_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "sim/scenario/text/characters.hpp"
#include "tools/print/number_format.hpp"
#include "tools/print/wrap.hpp"

namespace chokepoint {

JsonValue::JsonValue(const std::string& text) : scalar_(json_quoted(text)) {}

JsonValue::JsonValue(double number)
    : scalar_(std::isfinite(number) ? format_exact(number) : "null") {}

JsonValue JsonValue::list(const std::vector<std::string>& texts) {
  JsonValue result = list();
  for (const auto& text : texts) result.push(text);
  return result;
}

JsonValue JsonValue::whole(std::uint64_t number) {
  JsonValue value;
  value.scalar_ = std::to_string(number);
  return value;
}

JsonValue& JsonValue::add(const std::string& key, JsonValue value) {
  assert(kind_ == Kind::Object);
  parts_.emplace_back(key, std::move(value));
  return *this;
}

JsonValue& JsonValue::push(JsonValue value) {
  assert(kind_ == Kind::List);
  parts_.emplace_back("", std::move(value));
  return *this;
}

std::string JsonValue::line() const {
  if (kind_ == Kind::Scalar) return scalar_;
  const bool is_object = kind_ == Kind::Object;
  std::string inside;
  for (const auto& [key, value] : parts_) {
    if (!inside.empty()) inside += ", ";
    if (is_object) inside += json_quoted(key) + ": ";
    inside += value.line();
  }
  return (is_object ? "{" : "[") + inside + (is_object ? "}" : "]");
}

std::string JsonValue::text(std::size_t indent) const {
  std::string whole = line();
  if (kind_ == Kind::Scalar || parts_.empty() || indent + whole.size() <= kTextWidth) return whole;
  const bool is_object = kind_ == Kind::Object;
  const std::string margin(indent + 2, ' ');
  std::string result = is_object ? "{" : "[";
  const char* separator = "\n";
  for (const auto& [key, value] : parts_) {
    result += separator + margin;
    if (is_object) result += json_quoted(key) + ": ";
    result += value.text(indent + 2);
    separator = ",\n";
  }
  return result + "\n" + std::string(indent, ' ') + (is_object ? "}" : "]");
}

std::string json_quoted(const std::string& text) {
  std::string result = "\"";
  for (std::string_view left = text; !left.empty();) {
    const std::size_t length = std::max<std::size_t>(1, sequence_length(left));
    const std::string_view character = left.substr(0, length);
    left.remove_prefix(length);
    if (character == "\"" || character == "\\") {
      result.append("\\").append(character);
    } else if (character == "\n") {
      result += "\\n";
    } else if (sequence_length(character) == 0) {
      result += "?";  // JSON is UTF-8.
    } else if (steers_terminal(character)) {
      result += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(code_point(character)));
    } else {
      result += character;
    }
  }
  return result + "\"";
}

}  // namespace chokepoint
