#include <algorithm>
#include <limits>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "sim/scenario/text/characters.hpp"
#include "tools/print/table.hpp"
#include "tools/print/wrap.hpp"

namespace chokepoint {
namespace {

const std::string kGap = "  ", kUnknown = "-";

constexpr std::size_t kIndentBelow = 4;
/// Texts that are shorter stay in their rows.
constexpr std::size_t kLongText = 24;

/// A column as people see it.
struct ShownColumn {
  std::vector<std::string> heading, cells;  ///< Lines of the heading.
  std::string called;                       ///< The heading in one line.
  std::size_t width = 0, group = 0;
  bool is_right = false, is_first = false, is_text = false;

  std::string padded(const std::string& cell) const {
    const std::string space(width - display_width(cell), ' ');
    return is_right ? space + cell : cell + space;
  }
};

std::string heading_of(const Column& column) {
  const Unit& unit = unit_of(column.name);
  std::string heading = column.heading;
  if (heading.empty()) {
    heading = column.name.substr(0, column.name.size() - unit.suffix.size());
    std::ranges::replace(heading, '_', ' ');
  }
  const bool says_unit = unit.is_in_cells || heading.find('\n') != std::string::npos ||
                         heading.find(unit.text) != std::string::npos;
  return says_unit ? heading : heading.append("\n").append(unit.text);
}

ShownColumn shown_column(const Table& table, std::size_t i) {
  const Column& column = table.columns()[i];
  const NumberFormat format =
      column.format != nullptr ? column.format : unit_of(column.name).format;
  ShownColumn shown;
  std::istringstream heading(heading_of(column));
  for (std::string line; std::getline(heading, line);) {
    shown.called += (shown.called.empty() ? "" : " ") + line;
    shown.heading.push_back(line);
  }
  for (const auto& row : table.rows()) {
    shown.cells.push_back(printable(text_of(row[i], column.type, format, kUnknown)));
  }
  for (const auto* lines : {&shown.heading, &shown.cells}) {
    for (const auto& line : *lines) shown.width = std::max(shown.width, display_width(line));
  }
  shown.group = column.group;
  shown.is_right = column.type == Type::Count || column.type == Type::Real;
  shown.is_text = column.type == Type::Text;
  return shown;
}

std::size_t width_of(const std::vector<const ShownColumn*>& columns) {
  std::size_t width = 0;
  for (const auto* column : columns) width += (width > 0 ? kGap.size() : 0) + column->width;
  return width;
}

/// Texts of a row that stand in lines of their own below it.
std::string below_row(const std::vector<const ShownColumn*>& columns, std::size_t row,
                      std::size_t max_width) {
  std::string text;
  for (const auto* column : columns) {
    const std::string& cell = column->cells[row];
    if (cell.empty() || cell == kUnknown) continue;
    text += (text.empty() ? "" : "; ") + (column->is_first ? "" : column->called + ": ") + cell;
  }
  return text.empty() ? "" : paragraph(text, max_width, kIndentBelow, 0);
}

/// `below` has what stands below each row.
std::string block_text(const std::vector<const ShownColumn*>& columns,
                       const std::vector<std::string>& below) {
  std::string text;
  const auto add_line = [&](const auto& cell_of) {
    std::string line;
    for (const auto* column : columns) {
      line += (line.empty() ? "" : kGap) + column->padded(cell_of(*column));
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  };
  std::size_t height = 0;
  for (const auto* column : columns) height = std::max(height, column->heading.size());
  for (std::size_t above = height; above > 0; --above) {  // Headings stand on the rule below them.
    add_line([&](const ShownColumn& column) {
      const auto lines = column.heading.size();
      return above > lines ? std::string() : column.heading[lines - above];
    });
  }
  add_line([](const ShownColumn& column) { return std::string(column.width, '-'); });
  for (std::size_t row = 0; row < below.size(); ++row) {
    add_line([&](const ShownColumn& column) { return column.cells[row]; });
    text += below[row];
  }
  return text;
}

std::vector<ShownColumn> shown_columns(const Table& table) {
  std::vector<ShownColumn> columns;
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    if (table.columns()[i].shown == Column::Shown::Files) continue;
    columns.push_back(shown_column(table, i));
  }
  if (!columns.empty()) columns.front().is_first = true;
  return columns;
}

/// Columns that stay in rows, and long texts that stand below them.
struct Arranged {
  std::vector<const ShownColumn*> beside, below;
};

/// Takes the widest text out of the rows until they fit, or no long one is left. The first column
/// goes last, and only where it is half of all and the rest fits then: it says what a row is.
Arranged arranged(const std::vector<ShownColumn>& columns, std::size_t max_width) {
  Arranged made;
  for (const auto& column : columns) made.beside.push_back(&column);
  const auto take_out = [&](std::vector<const ShownColumn*>::iterator column) {
    made.below.push_back(*column);
    made.beside.erase(column);
  };
  const auto is_long = [](const ShownColumn& column) {
    return column.is_text && column.width > kLongText;
  };
  while (width_of(made.beside) > max_width && made.beside.size() > 1) {
    const auto widest = std::max_element(
        made.beside.begin() + 1, made.beside.end(), [](const auto* a, const auto* b) {
          return (a->is_text ? a->width : 0) < (b->is_text ? b->width : 0);
        });
    if (!is_long(**widest)) break;
    take_out(widest);
  }
  const std::size_t width = width_of(made.beside), first = made.beside.front()->width;
  if (width > max_width && made.beside.size() > 1 && made.beside.front()->is_text &&
      first > max_width / 2 && width - first - kGap.size() <= max_width) {
    take_out(made.beside.begin());
  }
  std::ranges::sort(made.below);  // In the order of the table.
  return made;
}

/// How many columns at the left say which row it is: as few as tell all apart, but one where they
/// would take half of the width.
std::size_t key_columns(const std::vector<const ShownColumn*>& columns, std::size_t rows,
                        std::size_t max_width) {
  std::vector<const ShownColumn*> keys;
  for (const auto* column : columns) {
    keys.push_back(column);
    if (width_of(keys) > max_width / 2) break;
    std::set<std::vector<std::string>> told;
    for (std::size_t row = 0; row < rows; ++row) {
      std::vector<std::string> cells;
      cells.reserve(keys.size());
      for (const auto* key : keys) cells.push_back(key->cells[row]);
      told.insert(std::move(cells));
    }
    if (told.size() == rows) return keys.size();
  }
  return 1;
}

/// Blocks of columns, each with those of group 0 at its left.
std::vector<std::vector<const ShownColumn*>> blocks_of(
    const std::vector<const ShownColumn*>& columns, std::size_t max_width) {
  std::size_t groups = 0;
  for (const auto* column : columns) groups = std::max(groups, column->group);
  const auto of_groups = [&](std::size_t first, std::size_t last) {
    std::vector<const ShownColumn*> chosen;
    for (const auto* column : columns) {
      const bool is_in = column->group >= first && column->group <= last;
      if (column->group == 0 || is_in) chosen.push_back(column);
    }
    return chosen;
  };
  std::vector<std::vector<const ShownColumn*>> blocks;
  for (std::size_t first = 1, last = 1; first == 1 || first <= groups; first = last + 1) {
    last = first;
    while (last < groups && width_of(of_groups(first, last + 1)) <= max_width) ++last;
    blocks.push_back(of_groups(first, last));
  }
  return blocks;
}

}  // namespace

std::string to_text(const Table& table, std::size_t max_width) {
  auto columns = shown_columns(table);
  const bool has_groups =
      std::ranges::any_of(columns, [](const ShownColumn& column) { return column.group > 0; });
  // Who made groups has said where to part.
  const Arranged made =
      arranged(columns, has_groups ? std::numeric_limits<std::size_t>::max() : max_width);
  if (!has_groups && width_of(made.beside) > max_width) {
    // Each column by itself, those that say which row it is at the left of all.
    const std::size_t keys = key_columns(made.beside, table.rows().size(), max_width);
    std::size_t at = 0;
    for (auto& column : columns) {
      if (std::ranges::count(made.beside, &column) == 0) continue;
      column.group = at < keys ? 0 : at - keys + 1;
      ++at;
    }
  }
  std::string text;
  for (const auto& block : blocks_of(made.beside, max_width)) {
    std::vector<std::string> below(table.rows().size());
    for (std::size_t row = 0; text.empty() && row < below.size(); ++row) {
      below[row] = below_row(made.below, row, max_width);
    }
    text += (text.empty() ? "" : "\n") + block_text(block, below);
  }
  return text;
}

}  // namespace chokepoint
