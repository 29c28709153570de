#include "sim/scenario/text/read_scalar.hpp"

#include <cassert>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "sim/scenario/text/characters.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"

namespace chokepoint {

namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::Reflection;
using google::protobuf::io::Tokenizer;

// Names of the enumerators that may be written: all but "unspecified".
std::vector<std::string> enumerators(const EnumDescriptor& type) {
  std::vector<std::string> names;
  for (int i = 0; i < type.value_count(); ++i) {
    if (type.value(i)->number() != 0) names.push_back(type.value(i)->name());
  }
  return names;
}

// Sets the field by `Reflection::Set...`, or adds to it by `Reflection::Add...`.
template <class Value, class Set, class Add>
void store(Message& message, const FieldDescriptor& field, const Value& value, Set set, Add add) {
  const Reflection& reflection = *message.GetReflection();
  if (field.is_repeated()) {
    (reflection.*add)(&message, &field, value);
  } else {
    (reflection.*set)(&message, &field, value);
  }
}

class ScalarReader {
public:
  ScalarReader(TextTokens& tokens, Message& message, const FieldDescriptor& field,
               SourceLocation field_at)
      : tokens_(tokens), message_(message), field_(field), field_at_(std::move(field_at)) {}

  bool read() {
    switch (field_.cpp_type()) {
      case FieldDescriptor::CPPTYPE_STRING:
        return read_text();
      case FieldDescriptor::CPPTYPE_BOOL:
        return read_bool();
      case FieldDescriptor::CPPTYPE_ENUM:
        return read_enum();
      case FieldDescriptor::CPPTYPE_DOUBLE:
        return read_double();
      case FieldDescriptor::CPPTYPE_UINT32:
      case FieldDescriptor::CPPTYPE_UINT64:
        return read_count();
      default:
        assert(false);
        return false;
    }
  }

private:
  bool read_text();
  bool read_bool();
  bool read_enum();
  bool read_double();
  bool read_count();

  // The number at the head with its sign, passed; nothing, after a report, where there is none.
  std::optional<std::string> number();
  // Reports a value of another kind, or none, and passes it.
  bool mismatch();
  bool reject(const SourceLocation& where, const std::string& problem, std::string help = "") {
    tokens_.error(where, concat(field_.name(), " ", problem), std::move(help));
    return false;
  }

  TextTokens& tokens_;
  Message& message_;
  const FieldDescriptor& field_;
  SourceLocation field_at_;
};

bool ScalarReader::mismatch() {
  const bool next_field = tokens_.begins_line() && tokens_.type() == Tokenizer::TYPE_IDENTIFIER;
  if (next_field || tokens_.at_end() || tokens_.closes()) {
    return reject(field_at_, "has no value", concat("it takes ", expected_value(field_)));
  }
  const auto where = tokens_.here();
  if (tokens_.opens()) {
    tokens_.skip_block();
    return reject(where, concat("takes ", expected_value(field_), ", not a block"));
  }
  std::string written;
  for (; tokens_.is_symbol('-'); tokens_.next()) written += '-';
  written += tokens_.text();
  tokens_.next();
  return reject(where, concat("takes ", expected_value(field_), ", not ", in_quotes(written)));
}

bool ScalarReader::read_text() {
  if (tokens_.type() != Tokenizer::TYPE_STRING) return mismatch();
  const auto where = tokens_.here();
  std::string value;
  for (; tokens_.type() == Tokenizer::TYPE_STRING; tokens_.next()) {
    Tokenizer::ParseStringAppend(tokens_.text(), &value);
  }
  if (first_non_utf8(value)) return reject(where, "has an escape that is not UTF-8");
  if (const auto wrong = length_complaint(field_, value); !wrong.empty()) {
    return reject(where, wrong, kHelpWithLength);
  }
  store(message_, field_, value, &Reflection::SetString, &Reflection::AddString);
  return true;
}

bool ScalarReader::read_bool() {
  const std::string& word = tokens_.text();
  const bool yes = word == "true" || word == "True" || word == "t" || word == "1";
  const bool no = word == "false" || word == "False" || word == "f" || word == "0";
  if (!yes && !no) return mismatch();
  store(message_, field_, yes, &Reflection::SetBool, &Reflection::AddBool);
  tokens_.next();
  return true;
}

bool ScalarReader::read_enum() {
  const EnumDescriptor& type = *field_.enum_type();
  const EnumValueDescriptor* value = nullptr;
  if (tokens_.type() == Tokenizer::TYPE_IDENTIFIER) {
    value = type.FindValueByName(tokens_.text());
    const std::string near = value ? "" : nearest(tokens_.text(), enumerators(type));
    if (!near.empty()) {
      tokens_.error(tokens_.here(),
                    concat(field_.name(), " takes ", expected_value(field_), ", not ",
                           in_quotes(tokens_.text())),
                    concat("did you mean ", in_quotes(near), "?"));
      tokens_.next();
      return false;
    }
  } else if (tokens_.type() == Tokenizer::TYPE_INTEGER) {
    std::uint64_t n = 0;
    if (Tokenizer::ParseInteger(tokens_.text(), std::numeric_limits<int>::max(), &n)) {
      value = type.FindValueByNumber(static_cast<int>(n));
    }
  }
  if (value == nullptr) return mismatch();
  store(message_, field_, value, &Reflection::SetEnum, &Reflection::AddEnum);
  tokens_.next();
  return true;
}

std::optional<std::string> ScalarReader::number() {
  const auto where = tokens_.here();
  const std::string sign = tokens_.is_symbol('-') ? "-" : "";
  if (!sign.empty()) tokens_.next();
  const std::string digits = tokens_.text();
  const bool named = digits == "inf" || digits == "infinity" || digits == "nan";
  const bool numeric =
      tokens_.type() == Tokenizer::TYPE_INTEGER || tokens_.type() == Tokenizer::TYPE_FLOAT;
  if (!numeric && !named) {
    mismatch();
    return std::nullopt;
  }
  tokens_.next();
  if (named) {
    reject(where, concat("is ", sign, digits, ", must be a finite number"));
    return std::nullopt;
  }
  const bool other_base = digits.size() > 1 && digits[0] == '0' && digits[1] != '.' &&
                          digits[1] != 'e' && digits[1] != 'E';
  if (other_base) {
    reject(where, concat("is ", sign, shortened(digits), ", which is not decimal"),
           "write it without leading zeros");
    return std::nullopt;
  }
  return sign + digits;
}

bool ScalarReader::read_double() {
  const auto where = tokens_.here();
  const auto digits = number();
  if (!digits) return false;
  double value = 0.0;
  const auto [end, failed] =
      std::from_chars(digits->data(), digits->data() + digits->size(), value);
  if (failed != std::errc() || end != digits->data() + digits->size() || !std::isfinite(value)) {
    return reject(where, concat("is ", shortened(*digits), ", which no number here can hold"));
  }
  store(message_, field_, value, &Reflection::SetDouble, &Reflection::AddDouble);
  return true;
}

bool ScalarReader::read_count() {
  const auto where = tokens_.here();
  const auto digits = number();
  if (!digits) return false;
  if ((*digits)[0] == '-')
    return reject(where, concat("is ", shortened(*digits), ", must not be negative"));
  const bool wide = field_.cpp_type() == FieldDescriptor::CPPTYPE_UINT64;
  const std::uint64_t most =
      wide ? std::numeric_limits<std::uint64_t>::max() : std::numeric_limits<std::uint32_t>::max();
  std::uint64_t value = 0;
  const auto [end, failed] =
      std::from_chars(digits->data(), digits->data() + digits->size(), value);
  if (end != digits->data() + digits->size()) {
    return reject(where, concat("is ", shortened(*digits), ", must be a whole number"));
  }
  if (failed != std::errc() || value > most) {
    return reject(where,
                  concat("is ", shortened(*digits), ", must be at most ", std::to_string(most)));
  }
  if (wide) {
    store(message_, field_, value, &Reflection::SetUInt64, &Reflection::AddUInt64);
  } else {
    store(message_, field_, static_cast<std::uint32_t>(value), &Reflection::SetUInt32,
          &Reflection::AddUInt32);
  }
  return true;
}

}  // namespace

bool read_scalar(TextTokens& tokens, Message& message, const FieldDescriptor& field,
                 const SourceLocation& field_at) {
  return ScalarReader(tokens, message, field, field_at).read();
}

std::string length_complaint(const FieldDescriptor& field, const std::string& text) {
  if (field.name() != "name" || text.size() <= kLongestName) return "";
  return concat("is ", std::to_string(text.size()), " bytes long, more than ",
                std::to_string(kLongestName));
}

std::string expected_value(const FieldDescriptor& field) {
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return "a text in quotes";
    case FieldDescriptor::CPPTYPE_BOOL:
      return "true or false";
    case FieldDescriptor::CPPTYPE_ENUM:
      return "one of " + listed(enumerators(*field.enum_type()));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return "a number";
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return "a block in braces";
    default:
      return "a whole number";
  }
}

}  // namespace chokepoint
