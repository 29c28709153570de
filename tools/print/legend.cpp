#include "tools/print/legend.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace chokepoint {

std::string Legend::mark(const std::string& name) {
  const auto found = std::ranges::find(names_, name);
  const auto index = static_cast<std::size_t>(found - names_.begin());
  if (found == names_.end()) names_.push_back(name);
  return mark_at(index);
}

std::string Legend::mark_all(const std::string& joined) {
  std::string text;
  for (const auto& part : parts_of(joined)) {
    if (!text.empty()) text += '+';
    text += mark(part);
  }
  return text;
}

std::string Legend::mark_at(std::size_t index) const {
  if (marks_ == Marks::Numbers) return fmt::format("[{}]", index + 1);
  std::string letters;
  for (std::size_t rest = index + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('a' + (rest - 1) % 26));
  }
  return letters;
}

std::vector<std::string> parts_of(const std::string& joined, const std::string& separator) {
  std::vector<std::string> parts;
  if (joined.empty()) return parts;
  std::size_t begin = 0;
  for (auto end = joined.find(separator); end != std::string::npos;
       end = joined.find(separator, begin)) {
    parts.push_back(joined.substr(begin, end - begin));
    begin = end + separator.size();
  }
  parts.push_back(joined.substr(begin));
  return parts;
}

}  // namespace chokepoint
