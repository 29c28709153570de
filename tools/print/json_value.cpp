#include "tools/print/json_value.hpp"

#include <fmt/format.h>

#include <cassert>
#include <cmath>

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
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      result += std::string("\\") + c;
    } else if (c == '\n') {
      result += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      result += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
    } else {
      result += c;
    }
  }
  return result + "\"";
}

}  // namespace chokepoint
