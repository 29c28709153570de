#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/logs/columns.hpp"
#include "sim/logs/log_record.hpp"

namespace chokepoint {

/// Reads lines that are JSON objects. Objects inside count by the names of their own fields; of two
/// fields of one role the one whose name is better known does. One that counts and is twice in one
/// object is wrong.
class JsonLine {
public:
  explicit JsonLine(NamedColumns named);
  ~JsonLine();
  JsonLine(const JsonLine&) = delete;
  JsonLine& operator=(const JsonLine&) = delete;

  /// What the line says, in texts that hold until the next; a complaint where it is no object.
  /// Requires: kPadding bytes behind the line that may be read.
  std::optional<LineComplaint> read(std::string_view line, LogRecord& into);

  /// Names of all fields of a line, those of objects inside as well; nothing where it is no object.
  std::optional<std::vector<std::string>> names(std::string_view line);

  /// The unit in the name of the field that gave the last arrival, such as "timestamp_ms".
  std::optional<TimeUnit> arrival_unit() const;

private:
  struct Parser;

  std::unique_ptr<Parser> parser_;
};

/// Where the element of a list of JSON that begins at `begin` ends: behind its object, else before
/// the comma or the bracket behind it.
std::size_t element_end(std::string_view list, std::size_t begin);

}  // namespace chokepoint
