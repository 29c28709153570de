#include "sim/measure/logs/log_source.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

namespace chokepoint {
namespace {

constexpr std::size_t kLongestNumber = 60;

bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

bool is_of_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

}  // namespace

SourceLocation LogSource::place(std::size_t offset) const {
  const std::string_view before = text_.substr(0, offset);
  const auto line = std::count(before.begin(), before.end(), '\n');
  const auto begin = before.rfind('\n') + 1;  // npos + 1 is 0.
  return {file_, static_cast<int>(line) + 1, static_cast<int>(before.size() - begin) + 1};
}

SourceLocation LogSource::place(std::string_view part) const {
  return place(static_cast<std::size_t>(part.data() - text_.data()));
}

std::string_view next_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::optional<std::string_view> behind(std::string_view text, std::string_view mark) {
  const auto at = text.find(mark);
  if (at == std::string_view::npos) return std::nullopt;
  return text.substr(at + mark.size());
}

std::optional<std::string_view> argument_in(std::string_view text, std::string_view name) {
  for (auto rest = behind(text, name); rest; rest = behind(*rest, name)) {
    const std::string_view before = text.substr(0, text.size() - rest->size() - name.size());
    if (!before.empty() && is_of_name(before.back())) continue;
    std::string_view value = *rest;
    if (value.starts_with('\'') || value.starts_with('"')) value.remove_prefix(1);
    if (!value.starts_with('=') && !value.starts_with(':')) continue;
    value.remove_prefix(1);
    return value.substr(std::min(value.find_first_not_of(' '), value.size()));
  }
  return std::nullopt;
}

std::optional<double> number_at(std::string_view text) {
  while (!text.empty() && (text[0] == ' ' || text[0] == '\t' || text[0] == '=' ||
                           (text[0] == '.' && !(text.size() > 1 && is_digit(text[1]))))) {
    text.remove_prefix(1);
  }
  std::string digits;
  for (std::size_t i = 0; i < text.size() && digits.size() < kLongestNumber; ++i) {
    const bool is_comma_inside = text[i] == ',' && i > 0 && is_digit(text[i - 1]) &&
                                 i + 1 < text.size() && is_digit(text[i + 1]);
    if (!is_comma_inside) digits += text[i];
  }
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<double> number_behind(std::string_view text, std::string_view mark) {
  const auto rest = behind(text, mark);
  return rest ? number_at(*rest) : std::nullopt;
}

}  // namespace chokepoint
