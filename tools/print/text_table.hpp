#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace chokepoint {

/// Characters in a line of sentences, and in one of a table that stays one block.
inline constexpr std::size_t kTextWidth = 100;
inline constexpr std::size_t kAnyWidth = 1'000;

/// Cells in columns that line up, for a terminal. Cells are ASCII.
class TextTable {
public:
  enum class Align { Left, Right };

  struct Column {
    std::string header;  ///< May have several lines.
    Align align = Align::Right;
    /// Columns of one group stay side by side where the table is broken into blocks. Group 0
    /// stands at the left of every block.
    std::size_t group = 0;
  };

  explicit TextTable(std::vector<Column> columns);

  /// Requires: a cell per column.
  void add_row(std::vector<std::string> cells);
  bool is_empty() const { return rows_.empty(); }

  /// The whole table, every line ended. Blocks of as many groups as fit in `max_width`, at least
  /// one, with an empty line between them. No line has spaces at its end.
  std::string text(std::size_t max_width) const;

private:
  std::vector<std::size_t> widths() const;
  std::string block(const std::vector<std::size_t>& columns) const;

  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

/// `text` broken at spaces into lines of at most `width` characters, each after the first indented
/// by `indent`. A longer word stays whole. No line end after the last.
std::string wrap(const std::string& text, std::size_t width, std::size_t indent);

/// As wrap(), with all lines indented by `indent`, those after the first by `more` in addition, and
/// every line ended.
std::string paragraph(const std::string& text, std::size_t width, std::size_t indent,
                      std::size_t more = 0);

using Align = TextTable::Align;

}  // namespace chokepoint
