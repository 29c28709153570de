#include "tools/console/fact_line.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <stdexcept>
#include <string_view>

namespace chokepoint {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr std::uint64_t kSecond = 1'000'000'000ULL;
constexpr std::size_t kWidestKind = 12;  // "delivery_due", "order_closed".

/// The second of the fact in UTC, "2025-04-15", `between`, "06:30:00".
std::string time_text(Moment epoch, std::uint64_t time_ns, const char* between) {
  const Moment moment = epoch + std::chrono::seconds(time_ns / kSecond);
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::int64_t seconds = (moment - day).count();
  return fmt::format("{}{}{:02}:{:02}:{:02}", format_date(day), between, seconds / 3600,
                     seconds / 60 % 60, seconds % 60);
}

/// In quotes where it could be taken for something else; always on one line.
std::string text_value(const std::string& text) {
  const bool is_word = text.find_first_of(" \"\\\n\r\t") == std::string::npos;
  if (is_word) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '\n') quoted += "\\n";
    if (c == '\r') quoted += "\\r";
    if (c == '\t') quoted += "\\t";
    if (c == '"' || c == '\\') quoted += '\\';
    if (c != '\n' && c != '\r' && c != '\t') quoted += c;
  }
  quoted += '"';
  return quoted;
}

/// Whole numbers with all their digits, others as short as they read back.
std::string number_value(double value) {
  const bool has_few_digits = std::abs(value) < 1e15;
  if (has_few_digits && std::floor(value) == value) return fmt::format("{:.0f}", value);
  return fmt::format("{}", value);
}

std::string field_value(const Message& message, const FieldDescriptor& field) {
  const auto* reflection = message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return text_value(reflection->GetString(message, &field));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return number_value(reflection->GetDouble(message, &field));
    case FieldDescriptor::CPPTYPE_UINT32:
      return std::to_string(reflection->GetUInt32(message, &field));
    case FieldDescriptor::CPPTYPE_UINT64:
      return std::to_string(reflection->GetUInt64(message, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return reflection->GetBool(message, &field) ? "true" : "false";
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int number = reflection->GetEnumValue(message, &field);
      const auto* value = field.enum_type()->FindValueByNumber(number);
      return value != nullptr ? value->name() : std::to_string(number);
    }
    default:
      return "?";  // Facts have no fields of other types.
  }
}

/// "  order=first units=3". What is zero or empty is left out; a yes or no is always told.
std::string fields_text(const Message& message) {
  std::string text;
  std::string_view gap = "  ";
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message.GetDescriptor()->field(i);
    const bool is_yes_or_no = field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL;
    if (!is_yes_or_no && !message.GetReflection()->HasField(message, &field)) continue;
    text += fmt::format("{}{}={}", gap, field.name(), field_value(message, field));
    gap = " ";
  }
  return text;
}

}  // namespace

const FieldDescriptor* kind_field(const pb::Fact& fact) {
  return fact.GetReflection()->GetOneofFieldDescriptor(fact, fact.GetDescriptor()->oneof_decl(0));
}

std::vector<std::string> fact_kinds() {
  const auto* choice = pb::Fact::descriptor()->oneof_decl(0);
  std::vector<std::string> kinds;
  kinds.reserve(static_cast<std::size_t>(choice->field_count()));
  for (int i = 0; i < choice->field_count(); ++i) kinds.push_back(choice->field(i)->name());
  return kinds;
}

std::string kind_of(const pb::Fact& fact) {
  const auto* kind = kind_field(fact);
  return kind == nullptr ? "" : kind->name();
}

Moment epoch_of(const pb::Manifest& manifest, const std::string& file) {
  const auto epoch = parse_moment(manifest.epoch());
  if (!epoch) throw std::runtime_error(file + ": its manifest has no epoch");
  return *epoch;
}

std::string moment(Moment epoch, std::uint64_t time_ns) {
  return time_text(epoch, time_ns, " ");
}

std::string fact_line(Moment epoch, const TimedFact& timed) {
  std::string line =
      fmt::format("{}  {:<{}}", moment(epoch, timed.time_ns), kind_of(timed.fact), kWidestKind);
  if (const auto* kind = kind_field(timed.fact)) {
    line += fields_text(timed.fact.GetReflection()->GetMessage(timed.fact, kind));
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace chokepoint
