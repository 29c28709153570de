#include "tools/print/text_table.hpp"

#include <algorithm>
#include <cassert>
#include <sstream>
#include <utility>

namespace chokepoint {
namespace {

const std::string kGap = "  ";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string padded(const std::string& cell, std::size_t width, TextTable::Align align) {
  const std::string space(width - std::min(width, cell.size()), ' ');
  return align == TextTable::Align::Left ? cell + space : space + cell;
}

std::string without_trailing_space(const std::string& line) {
  const auto last = line.find_last_not_of(' ');
  return last == std::string::npos ? "" : line.substr(0, last + 1);
}

}  // namespace

TextTable::TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

void TextTable::add_row(std::vector<std::string> cells) {
  assert(cells.size() == columns_.size());
  rows_.push_back(std::move(cells));
}

std::string TextTable::text(std::size_t max_width) const {
  const auto width = widths();
  std::size_t groups = 0;
  for (const auto& column : columns_) groups = std::max(groups, column.group);

  const auto extent = [&](std::size_t first, std::size_t last) {
    std::vector<std::size_t> chosen;
    std::size_t total = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::size_t group = columns_[i].group;
      if (group != 0 && (group < first || group > last)) continue;
      total += width[i] + (chosen.empty() ? 0 : kGap.size());
      chosen.push_back(i);
    }
    return std::pair{chosen, total};
  };

  std::string result;
  std::size_t first = 1;
  do {
    std::size_t last = first;
    while (last < groups && extent(first, last + 1).second <= max_width) ++last;
    if (!result.empty()) result += "\n";
    result += block(extent(first, last).first);
    first = last + 1;
  } while (first <= groups);
  return result;
}

std::vector<std::size_t> TextTable::widths() const {
  std::vector<std::size_t> width(columns_.size(), 0);
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    for (const auto& line : lines_of(columns_[i].header))
      width[i] = std::max(width[i], line.size());
    for (const auto& row : rows_) width[i] = std::max(width[i], row[i].size());
  }
  return width;
}

std::string TextTable::block(const std::vector<std::size_t>& columns) const {
  const auto width = widths();
  std::size_t height = 0;
  for (const auto i : columns) height = std::max(height, lines_of(columns_[i].header).size());

  std::vector<std::string> lines;
  const auto add_line = [&](const auto& cell_of) {
    std::string line;
    for (const auto i : columns) {
      line += (line.empty() ? "" : kGap) + padded(cell_of(i), width[i], columns_[i].align);
    }
    lines.push_back(without_trailing_space(line));
  };

  for (std::size_t row = 0; row < height; ++row) {
    add_line([&](std::size_t i) {
      const auto header = lines_of(columns_[i].header);
      const std::size_t empty = height - header.size();  // Headers stand on the rule below them.
      return row < empty ? std::string() : header[row - empty];
    });
  }
  add_line([&](std::size_t i) { return std::string(width[i], '-'); });
  for (const auto& cells : rows_) add_line([&](std::size_t i) { return cells[i]; });

  std::string result;
  for (const auto& line : lines) result += line + "\n";
  return result;
}

std::string wrap(const std::string& text, std::size_t width, std::size_t indent) {
  std::string result, line;
  std::istringstream in(text);
  for (std::string word; in >> word;) {
    if (!line.empty() && line.size() + 1 + word.size() > width) {
      result += line + "\n";
      line = std::string(indent, ' ') + word;
    } else {
      line += (line.empty() ? "" : " ") + word;
    }
  }
  return result + line;
}

std::string paragraph(const std::string& text, std::size_t width, std::size_t indent,
                      std::size_t more) {
  const std::size_t margin = std::min(indent + more, width / 2);
  std::istringstream lines(wrap(text, width - margin, 0));
  std::string result;
  for (std::string line; std::getline(lines, line);) {
    result += std::string(result.empty() ? std::min(indent, margin) : margin, ' ') + line + "\n";
  }
  return result;
}

}  // namespace chokepoint
