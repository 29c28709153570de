#include "sim/scenario/text/spelling.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "sim/scenario/text/characters.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

// Smallest number of characters to insert, delete, replace or swap with their neighbor that makes
// `a` of `b`.
std::size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<std::size_t> before, above(b.size() + 1), row(b.size() + 1);
  std::iota(above.begin(), above.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, replace});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = above;
    std::swap(above, row);
  }
  return above[b.size()];
}

bool is_letter_or_digit(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

// The first that has all words of `name`; a single letter or digit is none.
std::string first_with_words_of(const std::string& name, const std::vector<std::string>& known) {
  const auto wanted = words_in(name);
  const bool says_little =
      std::ranges::all_of(wanted, [](const std::string& word) { return word.size() < 2; });
  if (says_little) return "";
  const auto found = std::ranges::find_if(
      known, [&](const std::string& candidate) { return has_words(candidate, wanted); });
  return found == known.end() ? "" : *found;
}

}  // namespace

std::string nearest(const std::string& name, const std::vector<std::string>& known) {
  constexpr std::size_t kLongestCompared = 100;
  if (name.size() > kLongestCompared) return "";
  const std::size_t farthest = std::min<std::size_t>(4, name.size() / 3);
  std::string best;
  std::size_t least = farthest + 1;
  for (const auto& candidate : known) {
    const auto [shorter, longer] = std::minmax({name.size(), candidate.size()});
    if (longer - shorter > farthest) continue;
    const std::size_t distance = edit_distance(name, candidate);
    if (distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best.empty() ? first_with_words_of(name, known) : best;
}

std::string did_you_mean(const std::string& name, const std::vector<std::string>& known,
                         const std::string& otherwise) {
  const std::string near = nearest(name, known);
  return near.empty() ? otherwise : concat("did you mean ", in_quotes(near), "?");
}

std::string help_for_unknown(const std::string& name, const std::vector<std::string>& known,
                             const std::string& kind) {
  if (known.empty()) return concat("the scenario has no ", kind, " at all; is an import missing?");
  return did_you_mean(name, known, concat("known: ", listed(known)));
}

std::vector<std::string> words_in(const std::string& text) {
  std::vector<std::string> words(1);
  for (const char c : lowercase(text)) {
    if (is_letter_or_digit(c)) {
      words.back() += c;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

bool has_words(const std::string& name, const std::vector<std::string>& wanted) {
  const auto words = words_in(name);
  return std::ranges::all_of(wanted, [&](const std::string& word) {
    return std::ranges::find(words, word) != words.end();
  });
}

bool is_name(const std::string& text) {
  return !text.empty() && is_letter_or_digit(text[0]) && std::ranges::all_of(text, [](char c) {
    return is_letter_or_digit(c) || c == '_' || c == '.' || c == '-';
  });
}

}  // namespace chokepoint
