#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "models/ids.hpp"
#include "sim/scenario/reading/cursor.hpp"
#include "sim/scenario/reading/unit.hpp"

namespace chokepoint {

/// True where `field` of the message is written.
bool is_written(const Cursor& at, const std::string& field);

/// Reports `field` as missing where its text is empty.
void require_text(const Cursor& at, const std::string& field, const std::string& text,
                  const std::string& help = "");

/// The plain number in `field`, a double or a count, in base units. Where it is not written,
/// `fallback`, or a report where there is none. Nothing after a report.
std::optional<double> read_number(const Cursor& at, const std::string& field, const Unit& unit,
                                  std::optional<double> fallback = {});

/// Whether `field` says yes or no; nothing where it is not written.
std::optional<bool> read_flag(const Cursor& at, const std::string& field);

/// The day that `text` in `field` names, in the years 2000 to 2100. Nothing after a report.
std::optional<Date> read_date(const Cursor& at, const std::string& field, const std::string& text);

/// The moment that `text` in `field` names, or the first second of the day that it names, in the
/// years 2000 to 2100. Nothing after a report.
std::optional<Moment> read_moment(const Cursor& at, const std::string& field,
                                  const std::string& text);

/// True for two capital letters, which need not be those of a country.
bool is_country_code(const std::string& text);

/// The country whose code `text` in `field` is. Nothing after a report.
std::optional<Country> read_country(const Cursor& at, const std::string& field,
                                    const std::string& text);

/// The countries whose codes the list `field` holds, but for those that are reported.
std::vector<Country> read_country_codes(
    const Cursor& at, const std::string& field,
    const google::protobuf::RepeatedPtrField<std::string>& written);

/// Number of the enumerator in `field`, from 1. 0 where it is not given, which is reported where it
/// is `required`, or after the report of a number that the schema does not have.
int read_enum_number(const Cursor& at, const std::string& field, bool required);
/// Those in the list `field`; reports 0 and what the schema does not have.
std::vector<int> read_enum_numbers(const Cursor& at, const std::string& field);

/// The enumerator of E in `field`, which must be given. E lists the schema's enumerators in their
/// order, without the unspecified one. Nothing after a report.
template <class E>
std::optional<E> read_enum(const Cursor& at, const std::string& field) {
  const int number = read_enum_number(at, field, true);
  return number == 0 ? std::nullopt : std::optional(static_cast<E>(number - 1));
}

/// The enumerators of E in the list `field`, but for those that are reported.
template <class E>
std::vector<E> read_enums(const Cursor& at, const std::string& field) {
  std::vector<E> values;
  for (const int number : read_enum_numbers(at, field)) {
    values.push_back(static_cast<E>(number - 1));
  }
  return values;
}

/// As read_enum(), and `fallback` where it is not given.
template <class E>
E read_enum_or(const Cursor& at, const std::string& field, E fallback) {
  const int number = read_enum_number(at, field, false);
  return number == 0 ? fallback : static_cast<E>(number - 1);
}

}  // namespace chokepoint
