#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

/// The text of a file of measurements, for complaints that show where. Refers to the text.
class LogSource {
public:
  LogSource(std::string file, std::string_view text) : file_(std::move(file)), text_(text) {}

  std::string_view text() const { return text_; }
  /// The whole file, without a line.
  SourceLocation whole() const { return {file_, 0, 0}; }
  /// Line and column of a byte.
  SourceLocation place(std::size_t offset) const;
  /// Line and column at which `part` begins. Requires: a part of text().
  SourceLocation place(std::string_view part) const;

private:
  std::string file_;
  std::string_view text_;
};

/// Takes the first line, without its end, off `rest`.
std::string_view next_line(std::string_view& rest);

/// What stands behind the first `mark` in `text`; nothing where it is not there.
std::optional<std::string_view> behind(std::string_view text, std::string_view mark);

/// What stands behind `name` as programs print arguments, "name=8" or "'name': 8"; nothing where no
/// argument of exactly that name is there.
std::optional<std::string_view> argument_in(std::string_view text, std::string_view name);

/// The number that `text` begins with, after blanks and dots or equals signs that lead to it;
/// commas between its digits are passed over: "412,736 tokens" is 412736. Nothing where none
/// follows, or none that is finite.
std::optional<double> number_at(std::string_view text);

/// The number behind the first `mark` in `text`.
std::optional<double> number_behind(std::string_view text, std::string_view mark);

}  // namespace chokepoint
