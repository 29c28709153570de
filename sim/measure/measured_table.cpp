#include "sim/measure/measured_table.hpp"

#include <cmath>
#include <cstdlib>
#include <utility>

namespace chokepoint {
namespace {

// One record after the other, quotes taken off.
class Records {
public:
  explicit Records(std::string_view text) : text_(text) {}

  bool is_at_end() const { return at_ >= text_.size(); }

  /// From 1, of what next() reads next.
  int line() const { return line_; }

  std::vector<std::string> next() {
    std::vector<std::string> cells(1);
    bool is_quoted = false;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\n') ++line_;
      if (is_quoted) {
        if (c != '"') {
          cells.back() += c;
        } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
          cells.back() += text_[at_++];
        } else {
          is_quoted = false;
        }
      } else if (c == '"') {
        is_quoted = true;
      } else if (c == ',') {
        cells.emplace_back();
      } else if (c == '\n') {
        ++at_;
        break;
      } else if (c != '\r') {
        cells.back() += c;
      }
    }
    return cells;
  }

private:
  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
};

bool is_blank(const std::vector<std::string>& cells) {
  return cells.size() == 1 && cells[0].empty();
}

}  // namespace

std::vector<std::string> columns_of_table(std::string_view csv) {
  return csv.empty() ? std::vector<std::string>{} : Records(csv).next();
}

std::vector<int> lines_of_rows(std::string_view csv) {
  Records records(csv);
  std::vector<int> lines;
  if (!records.is_at_end()) records.next();
  while (!records.is_at_end()) {
    const int line = records.line();
    if (!is_blank(records.next())) lines.push_back(line);
  }
  return lines;
}

std::vector<std::size_t> cells_in_rows(std::string_view csv) {
  Records records(csv);
  std::vector<std::size_t> counts;
  if (!records.is_at_end()) records.next();
  while (!records.is_at_end()) {
    const auto cells = records.next();
    if (!is_blank(cells)) counts.push_back(cells.size());
  }
  return counts;
}

std::vector<MeasuredRow> read_measured_table(std::string_view csv) {
  Records records(csv);
  std::vector<MeasuredRow> rows;
  if (records.is_at_end()) return rows;
  const auto columns = records.next();
  while (!records.is_at_end()) {
    auto cells = records.next();
    if (is_blank(cells)) continue;
    cells.resize(columns.size());
    MeasuredRow row;
    for (std::size_t i = 0; i < columns.size(); ++i) row[columns[i]] = std::move(cells[i]);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string_view cell(const MeasuredRow& row, std::string_view column) {
  const auto found = row.find(column);
  return found == row.end() ? std::string_view{} : std::string_view{found->second};
}

double number_in(const MeasuredRow& row, std::string_view column, double otherwise) {
  const std::string text(cell(row, column));
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  return end == text.c_str() || !std::isfinite(value) ? otherwise : value;
}

}  // namespace chokepoint
