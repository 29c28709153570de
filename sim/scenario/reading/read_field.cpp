#include "sim/scenario/reading/read_field.hpp"

#include <cassert>

#include "sim/scenario/text/iso_3166.hpp"
#include "sim/scenario/text/moment_complaint.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

const FieldDescriptor* descriptor_of(const Cursor& at, const std::string& field) {
  const auto* descriptor = field_named(*at.message().GetDescriptor(), field);
  assert(descriptor != nullptr && !descriptor->is_repeated());
  return descriptor;
}

bool is_in_range(const Cursor& at, const std::string& field, const std::string& text, Date day) {
  if (is_in_years(day)) return true;
  at.error(field, concat(field, " is ", in_quotes(text), ", outside the years 2000 to 2100"), "");
  return false;
}

double number_in(const Cursor& at, const FieldDescriptor* field) {
  const auto* reflection = at.message().GetReflection();
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_UINT32) {
    return reflection->GetUInt32(at.message(), field);
  }
  assert(field->cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE);
  return reflection->GetDouble(at.message(), field);
}

std::string enumerators_of(const FieldDescriptor* field) {
  const auto* type = field->enum_type();
  std::string list;
  for (int i = 0; i < type->value_count(); ++i) {
    if (type->value(i)->number() == 0) continue;
    list += (list.empty() ? "" : ", ") + type->value(i)->name();
  }
  return list;
}

}  // namespace

bool is_written(const Cursor& at, const std::string& field) {
  return at.message().GetReflection()->HasField(at.message(), descriptor_of(at, field));
}

void require_text(const Cursor& at, const std::string& field, const std::string& text,
                  const std::string& help) {
  if (text.empty()) at.error(field, concat(field, " is missing"), help);
}

std::optional<double> read_number(const Cursor& at, const std::string& field, const Unit& unit,
                                  std::optional<double> fallback) {
  if (!is_written(at, field)) {
    if (!fallback) at.error(field, concat(field, " is missing"), "");
    return fallback;
  }
  const double value = number_in(at, descriptor_of(at, field));
  const std::string wrong = complaint(unit, value);
  if (wrong.empty()) return value * unit.in_base_units;
  at.error(field, concat(field, " is ", value, ", ", wrong), help_for(unit, value));
  return std::nullopt;
}

std::optional<bool> read_flag(const Cursor& at, const std::string& field) {
  if (!is_written(at, field)) return std::nullopt;
  return at.message().GetReflection()->GetBool(at.message(), descriptor_of(at, field));
}

std::optional<Date> read_date(const Cursor& at, const std::string& field, const std::string& text) {
  if (text.empty()) {
    at.error(field, concat(field, " is missing"), "write a day as YYYY-MM-DD");
    return std::nullopt;
  }
  const auto date = parse_date(text);
  if (date) return is_in_range(at, field, text, *date) ? date : std::nullopt;
  if (const auto moment = parse_moment(text)) {
    const Date day = std::chrono::floor<std::chrono::days>(*moment);
    at.error(field, concat(field, " is ", in_quotes(text), ", a moment where a day is meant"),
             concat("write ", format_date(day)));
  } else {
    at.error(field, concat(field, " is ", in_quotes(text), ", not a day of the calendar"),
             "write a day as YYYY-MM-DD");
  }
  return std::nullopt;
}

std::optional<Moment> read_moment(const Cursor& at, const std::string& field,
                                  const std::string& text) {
  if (text.empty()) {
    at.error(field, concat(field, " is missing"),
             "write a day as YYYY-MM-DD or a moment as YYYY-MM-DDTHH:MM:SSZ");
    return std::nullopt;
  }
  if (const auto complaint = moment_complaint(text)) {
    at.error(field, concat(field, " is ", in_quotes(text), ", ", complaint->wrong),
             complaint->help);
    return std::nullopt;
  }
  const auto moment = parse_moment(text);
  const Date day = std::chrono::floor<std::chrono::days>(*moment);
  return is_in_range(at, field, text, day) ? moment : std::nullopt;
}

bool is_country_code(const std::string& text) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return text.size() == 2 && is_capital(text[0]) && is_capital(text[1]);
}

std::optional<Country> read_country(const Cursor& at, const std::string& field,
                                    const std::string& text) {
  if (is_iso_country(text)) return Country(text);
  const std::string wrong =
      is_country_code(text) ? ", no country of ISO 3166-1" : ", not a country code";
  at.error(
      field,
      text.empty() ? concat(field, " is missing") : concat(field, " is ", in_quotes(text), wrong),
      country_help(text));
  return std::nullopt;
}

std::vector<Country> read_country_codes(
    const Cursor& at, const std::string& field,
    const google::protobuf::RepeatedPtrField<std::string>& written) {
  std::vector<Country> countries;
  for (int i = 0; i < written.size(); ++i) {
    const auto country = read_country(at, concat(field, "[", i, "]"), written.Get(i));
    if (country) countries.push_back(*country);
  }
  return countries;
}

int read_enum_number(const Cursor& at, const std::string& field, bool required) {
  const auto* descriptor = descriptor_of(at, field);
  const int number = at.message().GetReflection()->GetEnumValue(at.message(), descriptor);
  const bool known = descriptor->enum_type()->FindValueByNumber(number) != nullptr;
  if (known && (number != 0 || !required)) return number;
  at.error(field,
           known ? concat(field, " is missing") : concat(field, " is ", number, ", which is none"),
           concat("write one of ", enumerators_of(descriptor)));
  return 0;
}

std::vector<int> read_enum_numbers(const Cursor& at, const std::string& field) {
  const auto* descriptor = at.message().GetDescriptor()->FindFieldByName(field);
  const auto* reflection = at.message().GetReflection();
  std::vector<int> numbers;
  for (int i = 0; i < reflection->FieldSize(at.message(), descriptor); ++i) {
    const int number = reflection->GetRepeatedEnumValue(at.message(), descriptor, i);
    if (number != 0 && descriptor->enum_type()->FindValueByNumber(number) != nullptr) {
      numbers.push_back(number);
    } else {
      at.error(concat(field, "[", i, "]"), concat(field, " holds a number that is none"),
               concat("write one of ", enumerators_of(descriptor)));
    }
  }
  return numbers;
}

}  // namespace chokepoint
