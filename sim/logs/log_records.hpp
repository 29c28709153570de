#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/logs/csv_line.hpp"
#include "sim/logs/json_line.hpp"
#include "sim/logs/log_lines.hpp"
#include "sim/logs/log_record.hpp"

namespace chokepoint {

/// The records of a log: rows of a table under a header, lines that are objects of JSON, or the
/// objects of one list. Lines stream; a list is held whole.
class LogRecords {
public:
  static constexpr std::size_t kLargestList = std::size_t{1} << 28U;

  /// `is_table` says whether lines have cells under a header, which is read; empty lines and those
  /// that begin with '#' are passed over.
  LogRecords(const std::filesystem::path& path, bool is_table, const NamedColumns& named);

  /// The next line that is not empty, to be read by read(); nothing at the end, and where
  /// complaint() says why there are no more.
  std::optional<LogLine> next();

  /// What `line` says, in texts that hold until the next; a complaint where it says nothing. May
  /// make the line longer, by lines that a quoted cell goes on in. Requires: that of next().
  std::optional<LineComplaint> read(LogLine& line, LogRecord& into);

  /// Names of the columns of a table, and of the fields of `line` else.
  std::vector<std::string> names(const LogLine& line);
  /// The header of a table; nothing where there is none.
  const std::optional<LogLine>& header() const { return header_; }
  /// What is wrong with the header: a column that counts is there twice.
  const std::optional<LineComplaint>& header_complaint() const { return header_complaint_; }
  /// The unit that the name of the column of arrivals says; of JSON, that of the last record.
  std::optional<TimeUnit> arrival_unit() const;

  /// Which of them say what; of a table.
  const ColumnChoice& choice() const { return choice_; }

  /// Why there are no more, as LogLines has it, or that a list is too large.
  const std::string& complaint() const { return complaint_; }
  /// The line that it is about; 0: the whole log.
  std::uint64_t number() const { return lines_.number(); }

private:
  void read_header(const NamedColumns& named);
  void read_list();
  std::optional<LogLine> next_of_list();
  std::optional<LineComplaint> read_cells(LogLine& line, LogRecord& into);

  bool is_table_;
  LogLines lines_;
  JsonLine json_;
  CsvLine csv_;
  char separator_ = ',';
  std::string header_text_;
  std::optional<LogLine> header_;
  std::optional<LineComplaint> header_complaint_;
  std::vector<std::string> names_;  ///< Of a table.
  ColumnChoice choice_;             ///< Of a table.
  std::string list_;                ///< A whole list and its padding, where the log is one.
  std::size_t list_at_ = 0;
  std::uint64_t line_ = 1;      ///< Of the list, in which its last element began,
  std::size_t line_begin_ = 0;  ///< and where that begins.
  std::string complaint_;
};

}  // namespace chokepoint
