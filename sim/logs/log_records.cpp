#include "sim/logs/log_records.hpp"

#include <algorithm>
#include <charconv>

#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

constexpr int kMostLinesOfCell = 64;

bool is_blank_line(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// Whole numbers in a text, whatever stands between them.
std::vector<std::uint64_t> numbers_in(std::string_view text) {
  std::vector<std::uint64_t> numbers;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    std::uint64_t number = 0;
    const auto [next, error] = std::from_chars(at, end, number);
    if (error == std::errc{}) numbers.push_back(number);
    at = next == at ? at + 1 : next;
  }
  return numbers;
}

}  // namespace

LogRecords::LogRecords(const std::filesystem::path& path, bool is_table, const NamedColumns& named)
    : is_table_(is_table), lines_(path), json_(named), complaint_(lines_.complaint()) {
  if (!complaint_.empty()) return;
  if (is_table) {
    read_header(named);
  } else if (lines_.head(1) == "[") {
    read_list();
  }
}

void LogRecords::read_header(const NamedColumns& named) {
  std::optional<LogLine> line = lines_.next();
  while (line && (is_blank_line(line->text) || line->text.starts_with('#'))) line = lines_.next();
  complaint_ = lines_.complaint();
  if (!line) return;
  header_text_ = line->text;
  header_ = LogLine{header_text_, line->number};
  separator_ = separator_of(header_text_);
  csv_.split(header_text_, separator_);
  for (const CsvCell& cell : csv_.cells()) names_.emplace_back(cell.text);
  choice_ = chosen_columns(names_, named);
  const auto again = repeated_column(names_, named);
  if (!again) return;
  header_complaint_ = LineComplaint{csv_.cells()[*again].offset,
                                    concat("column ", in_quotes(names_[*again]), " is there twice"),
                                    "rename one, or name another with --column"};
}

void LogRecords::read_list() {
  while (auto line = lines_.next()) {
    list_.append(line->text) += '\n';
    if (list_.size() <= kLargestList) continue;
    complaint_ = "is one list of more than 256 MiB; as lines of JSON it needs no memory";
    return;
  }
  complaint_ = lines_.complaint();
  list_at_ = 1;
  list_.append(LogLine::kPadding, ' ');
}

std::optional<LogLine> LogRecords::next_of_list() {
  const std::string_view list(list_.data(), list_.size() - LogLine::kPadding);
  const std::size_t begin = list.find_first_not_of(" \t\r\n,", list_at_);
  if (begin == std::string_view::npos || list[begin] == ']') return std::nullopt;
  list_at_ = std::max(element_end(list, begin), begin + 1);
  for (std::size_t end; (end = list.find('\n', line_begin_)) < begin; ++line_) {
    line_begin_ = end + 1;
  }
  return LogLine{list.substr(begin, list_at_ - begin), line_, begin - line_begin_ + 1};
}

std::optional<LogLine> LogRecords::next() {
  if (!complaint_.empty()) return std::nullopt;
  if (!list_.empty()) return next_of_list();
  for (;;) {
    std::optional<LogLine> line = lines_.next();
    complaint_ = lines_.complaint();
    if (!line || !is_blank_line(line->text)) return line;
  }
}

std::optional<LineComplaint> LogRecords::read(LogLine& line, LogRecord& into) {
  const auto nul = line.text.find('\0');
  if (nul != std::string_view::npos) {
    return LineComplaint{nul, "this line holds bytes that are no text", ""};
  }
  return is_table_ ? read_cells(line, into) : json_.read(line.text, into);
}

std::optional<LineComplaint> LogRecords::read_cells(LogLine& line, LogRecord& into) {
  into.clear();
  bool is_closed = csv_.split(line.text, separator_);
  for (int i = 0; i < kMostLinesOfCell && !is_closed && lines_.extend(line); ++i) {
    is_closed = csv_.split(line.text, separator_);
  }
  const auto& cells = csv_.cells();
  const std::string columns = std::to_string(names_.size());
  if (!is_closed) {
    return LineComplaint{line.text.find('"'), "a quote that opens here does not close",
                         "a quote inside a cell is written twice"};
  }
  if (cells.size() > names_.size()) {
    return LineComplaint{
        cells[names_.size()].offset,
        concat("this line has ", std::to_string(cells.size()), " cells and the header ", columns),
        "put a cell that holds the separator in quotes"};
  }
  for (std::size_t role = 0; role < kLogRoles; ++role) {
    const auto& column = choice_.by_role[role];
    if (!column) continue;
    if (column->index >= cells.size()) {
      return LineComplaint{
          line.text.size(),
          concat("this line has ", std::to_string(cells.size()), " of ", columns, " cells"),
          "it is cut off, or has another separator"};
    }
    const CsvCell& cell = cells[column->index];
    into.cells[role] = {cell.text, cell.offset, true};
  }
  into.blocks = numbers_in(into[LogRole::Blocks].text);
  return std::nullopt;
}

std::vector<std::string> LogRecords::names(const LogLine& line) {
  if (is_table_) return names_;
  return json_.names(line.text).value_or(std::vector<std::string>{});
}

std::optional<TimeUnit> LogRecords::arrival_unit() const {
  if (!is_table_) return json_.arrival_unit();
  const auto& column = choice_[LogRole::Arrival];
  return column ? column->unit : std::nullopt;
}

}  // namespace chokepoint
