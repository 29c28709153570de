#include "tools/policy/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "chokepoint/v1/policy.pb.h"

namespace chokepoint {

namespace {

namespace pb = chokepoint::v1;

std::string lower_words(std::string name, char gap) {
  std::ranges::transform(name, name.begin(), [&](unsigned char c) {
    return c == '_' || c == '-' || c == ' ' ? gap : static_cast<char>(std::tolower(c));
  });
  return name;
}

std::string schema_name(Category category) {
  return pb::Category_Name(static_cast<int>(category) + 1);
}

struct VerdictWords {
  const char *whole, *brief;
};

// In the order of Verdict.
constexpr std::array kVerdictWords = {
    VerdictWords{"free", "free"},
    VerdictWords{"license granted", "granted"},
    VerdictWords{"notification needed", "notification"},
    VerdictWords{"discouraged", "discouraged"},
    VerdictWords{"license needed, presumed approval", "license: approval"},
    VerdictWords{"license needed, by letter to the vendor", "license: letter"},
    VerdictWords{"license needed, decided case by case", "license: by case"},
    VerdictWords{"license needed, presumed denial", "license: denial"},
    VerdictWords{"prohibited", "prohibited"},
};
static_assert(kVerdictWords.size() == static_cast<std::size_t>(Verdict::Prohibited) + 1);

}  // namespace

std::string in_words(Verdict verdict) {
  return kVerdictWords[static_cast<std::size_t>(verdict)].whole;
}

std::string meaning_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::Granted:
      return "it may move, under a license that has been given";
    case Verdict::Notified:
      return "it may move after the notice, unless the government objects";
    case Verdict::PresumedApproval:
      return "it may move once a license is given, which is to be expected";
    case Verdict::Informed:
      return "it may move only under a license that a letter asks the vendor for";
    case Verdict::CaseByCase:
      return "it may move once a license is given, which each application is examined for; neither "
             "a "
             "grant nor a denial is presumed";
    case Verdict::PresumedDenial:
      return "it may move only under a license, which is not to be expected";
    default:
      return "";
  }
}

std::string in_short(Verdict verdict) {
  return kVerdictWords[static_cast<std::size_t>(verdict)].brief;
}

std::string in_short(const Ruling& ruling) {
  const double share = ruling.admitted_share;
  const std::string verdict = in_short(ruling.verdict);
  return share > 0.0 && share < 1.0 ? verdict + " " + share_text(share) : verdict;
}

std::string schema_name(Verdict verdict) {
  return pb::Verdict_Name(static_cast<int>(verdict) + 1);
}

std::string in_words(Standing standing) {
  return lower_words(pb::Standing_Name(static_cast<int>(standing) + 1), ' ');
}

std::string in_words(Category category) {
  const std::string words = lower_words(schema_name(category), ' ');
  return category == Category::Hbm ? "HBM" : words;
}

std::optional<Category> category_of(const std::string& word) {
  const auto& words = category_words();
  const auto found = std::ranges::find(words, lower_words(word, '-'));
  if (found == words.end()) return std::nullopt;
  return static_cast<Category>(found - words.begin());
}

const std::vector<std::string>& category_words() {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> result;
    for (int i = 0; i <= static_cast<int>(Category::Material); ++i) {
      result.push_back(lower_words(schema_name(static_cast<Category>(i)), '-'));
    }
    return result;
  }();
  return words;
}

std::string in_words(Confidence confidence) {
  return lower_words(pb::Confidence_Name(static_cast<int>(confidence) + 1), ' ');
}

std::vector<Country> countries_of(const CountrySet& countries) {
  std::vector<Country> result;
  for (char first = 'A'; first <= 'Z'; ++first) {
    for (char second = 'A'; second <= 'Z'; ++second) {
      const Country country(std::string{first, second});
      if (countries.has(country)) result.push_back(country);
    }
  }
  return result;
}

std::string countries_text(const CountrySet& countries, const World& world) {
  for (const CountryGroup& group : world.country_groups) {
    if (group.countries == countries) return group.name;
  }
  std::vector<std::string> codes;
  const auto members = countries_of(countries);
  codes.reserve(members.size());
  for (const Country country : members) codes.push_back(country.text());
  return name_list(codes);
}

std::string name_list(const std::vector<std::string>& names, std::size_t most) {
  const std::size_t shown = names.size() <= most ? names.size() : most - 1;
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) text += (i == 0 ? "" : ", ") + names[i];
  if (shown < names.size()) text += " and " + std::to_string(names.size() - shown) + " more";
  return text;
}

std::string share_text(double share) {
  return fmt::format("{:.12g} %", 100.0 * share);
}

std::string in_words(const Ruling& ruling) {
  std::string verdict = in_words(ruling.verdict);
  const double share = ruling.admitted_share;
  if (share == 1.0) return verdict;
  if (share > 0.0) return verdict + ", " + share_text(share) + " admitted";
  return verdict + (ruling.verdict == Verdict::Informed ? ", none given" : "");
}

}  // namespace chokepoint
