#include "sim/logs/csv_line.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

constexpr std::string_view kCellBlanks = " \t";

}  // namespace

bool CsvLine::split(std::string_view line, char separator) {
  cells_.clear();
  unquoted_.clear();
  std::size_t at = 0;
  for (;;) {
    while (at < line.size() && line[at] == ' ') ++at;
    if (at < line.size() && line[at] == '"') {
      const std::size_t begin = at + 1;
      std::size_t quote = line.find('"', begin);
      bool has_inner = false;
      while (quote != std::string_view::npos && quote + 1 < line.size() && line[quote + 1] == '"') {
        has_inner = true;
        quote = line.find('"', quote + 2);
      }
      if (quote == std::string_view::npos) return false;
      std::string_view text = line.substr(begin, quote - begin);
      if (has_inner) {
        std::string& made = unquoted_.emplace_back();
        for (std::size_t i = 0; i < text.size(); ++i) {
          made += text[i];
          if (text[i] == '"') ++i;
        }
        text = made;
      }
      cells_.push_back({text, begin});
      at = std::min(line.find(separator, quote + 1), line.size());
    } else {
      const std::size_t end = std::min(line.find(separator, at), line.size());
      std::string_view text = line.substr(at, end - at);
      const auto last = text.find_last_not_of(kCellBlanks);
      text = text.substr(0, last == std::string_view::npos ? 0 : last + 1);
      cells_.push_back({text, at});
      at = end;
    }
    if (at >= line.size()) return true;
    ++at;
  }
}

char separator_of(std::string_view header) {
  char best = ',';
  std::ptrdiff_t most = 0;
  for (const char separator : {',', ';', '\t', '|'}) {
    bool is_quoted = false;
    const auto count = std::count_if(header.begin(), header.end(), [&](char c) {
      if (c == '"') is_quoted = !is_quoted;
      return c == separator && !is_quoted;
    });
    if (count > most) {
      most = count;
      best = separator;
    }
  }
  return best;
}

}  // namespace chokepoint
