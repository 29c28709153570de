#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

/// A cell without its quotes and the blanks around it.
struct CsvCell {
  std::string_view text;
  std::size_t offset = 0;  ///< Of its first byte in the line.
};

/// The cells of a line of comma-separated values, as RFC 4180 has them; a quote inside a cell that
/// begins without one stands for itself.
class CsvLine {
public:
  /// Refers to `line`. False where its last cell has a quote that does not close: the cell goes on
  /// in the next line, or the line is cut off.
  bool split(std::string_view line, char separator);

  const std::vector<CsvCell>& cells() const { return cells_; }

private:
  std::vector<CsvCell> cells_;
  std::deque<std::string> unquoted_;  ///< Of cells with quotes inside quotes.
};

/// The separator of a table whose first line is `header`: the one of ',', ';', tab and '|' that
/// stands most often outside quotes; ',' where none does.
char separator_of(std::string_view header);

}  // namespace chokepoint
