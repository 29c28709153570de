#include "sim/scenario/text/phrases.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "sim/scenario/text/characters.hpp"

namespace chokepoint {

std::string phrase(double value) {
  std::array<char, 32> text{};
  const double size = std::abs(value);
  const bool plain = value == 0.0 || (size >= 1e-4 && size < 1e15);
  const auto end =
      plain ? std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed)
            : std::to_chars(text.data(), text.data() + text.size(), value);
  return {text.data(), end.ptr};
}

std::string in_quotes(std::string_view text) {
  return "'" + shortened(text) + "'";
}

std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 5;
  const std::size_t shown = std::min(kShown, names.size());
  std::string list;
  for (std::size_t i = 0; i < shown; ++i) list += (i == 0 ? "" : ", ") + shortened(names[i]);
  if (shown < names.size()) {
    list += " (and " + std::to_string(names.size() - shown) + " more)";
  }
  return list;
}

}  // namespace chokepoint
