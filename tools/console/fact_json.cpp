#include "tools/console/fact_line.hpp"

#include <fmt/format.h>
#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <stdexcept>
#include <string_view>

namespace chokepoint {
namespace {

// Protobuf's own printer takes fifty times as long: it goes by way of bytes and a tree. What is
// here is what facts are made of, and says the same, byte for byte; the rest is left to it.

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr std::uint64_t kNanosecondsPerSecond = 1'000'000'000ULL;
constexpr double kFewDigits = 1e15;  // Below it a whole number has all its digits.

std::string by_protobuf(const Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  std::string text;
  const auto status = google::protobuf::util::MessageToJsonString(message, &text, options);
  if (!status.ok()) throw std::runtime_error("a fact cannot be JSON: " + status.ToString());
  return text;
}

/// Needs no escape in anybody's JSON.
bool is_plain(char c) {
  return c >= ' ' && c <= '~' && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' &&
         c != '\'';
}

void append_text(const std::string& text, std::string& out) {
  if (std::ranges::all_of(text, is_plain)) {
    out.append(1, '"').append(text).append(1, '"');
    return;
  }
  pb::RuleFact carrier;
  carrier.set_name(text);
  const std::string told = by_protobuf(carrier);  // {"name":"...","government":"",...}
  const std::size_t begin = told.find(':') + 1;
  out.append(told, begin, told.find(R"(,"government")") - begin);
}

void append_number(double value, std::string& out) {
  if (!std::isfinite(value)) {
    out += std::isnan(value) ? R"("NaN")" : value > 0.0 ? R"("Infinity")" : R"("-Infinity")";
    return;
  }
  const bool is_short = std::abs(value) < kFewDigits && std::floor(value) == value;
  if (is_short && !(value == 0.0 && std::signbit(value))) {
    fmt::format_to(std::back_inserter(out), "{}", static_cast<std::int64_t>(value));
    return;
  }
  const std::size_t begin = out.size();
  fmt::format_to(std::back_inserter(out), "{:.15g}", value);
  double read = 0.0;
  std::from_chars(out.data() + begin, out.data() + out.size(), read);
  if (read == value) return;
  out.resize(begin);
  fmt::format_to(std::back_inserter(out), "{:.17g}", value);
}

/// False where a field is of a kind that facts do not have today.
bool append_value(const Message& message, const FieldDescriptor& field, std::string& out) {
  const auto& reflection = *message.GetReflection();
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string scratch;
      append_text(reflection.GetStringReference(message, &field, &scratch), out);
      return true;
    }
    case FieldDescriptor::CPPTYPE_DOUBLE:
      append_number(reflection.GetDouble(message, &field), out);
      return true;
    case FieldDescriptor::CPPTYPE_UINT32:
      fmt::format_to(std::back_inserter(out), "{}", reflection.GetUInt32(message, &field));
      return true;
    case FieldDescriptor::CPPTYPE_UINT64:
      fmt::format_to(std::back_inserter(out), R"("{}")", reflection.GetUInt64(message, &field));
      return true;
    case FieldDescriptor::CPPTYPE_BOOL:
      out += reflection.GetBool(message, &field) ? "true" : "false";
      return true;
    case FieldDescriptor::CPPTYPE_ENUM: {
      const int number = reflection.GetEnumValue(message, &field);
      const auto* value = field.enum_type()->FindValueByNumber(number);
      if (value == nullptr) return false;
      out.append(1, '"').append(value->name()).append(1, '"');
      return true;
    }
    default:
      return false;
  }
}

/// The fields of a message without braces; false where it has others than facts have today.
bool append_fields(const Message& message, std::string& out) {
  std::string_view gap;
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message.GetDescriptor()->field(i);
    if (field.is_repeated()) return false;
    if (field.has_presence() && !message.GetReflection()->HasField(message, &field)) continue;
    out.append(gap).append(1, '"').append(field.name()).append("\":");
    if (!append_value(message, field, out)) return false;
    gap = ",";
  }
  return true;
}

void append_fact(const pb::Fact& fact, std::string& out) {
  const std::size_t begin = out.size();
  if (const auto* kind = kind_field(fact)) {
    out.append("{\"").append(kind->name()).append("\":{");
    if (append_fields(fact.GetReflection()->GetMessage(fact, kind), out)) {
      out += "}}";
      return;
    }
  }
  out.resize(begin);
  out += by_protobuf(fact);
}

}  // namespace

void append_json(Moment epoch, const TimedFact& timed, std::string& out) {
  std::string when = moment(epoch, timed.time_ns);
  std::ranges::replace(when, ' ', 'T');
  fmt::format_to(std::back_inserter(out), R"({{"time":"{}{}Z","time_ns":{},"fact":)", when,
                 timed.time_ns % kNanosecondsPerSecond == 0
                     ? ""
                     : fmt::format(".{:09}", timed.time_ns % kNanosecondsPerSecond),
                 timed.time_ns);
  append_fact(timed.fact, out);
  out += '}';
}

}  // namespace chokepoint
