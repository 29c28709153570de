#include "tools/report/answer/asked.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "sim/indicators/listing.hpp"
#include "sim/indicators/regions.hpp"
#include "sim/scenario/text/characters.hpp"

namespace chokepoint {
namespace {

constexpr std::array kTopics = {Topic::Compute, Topic::Shares, Topic::LockIn, Topic::Money,
                                Topic::Serving};

struct TopicWord {
  std::string_view word;
  Topic topic;
};

// Beginnings of words, in small letters.
constexpr TopicWord kTopicWords[] = {
    {"compute", Topic::Compute},   {"h100", Topic::Compute},           {"training", Topic::Compute},
    {"share", Topic::Shares},      {"market", Topic::Shares},          {"domestic", Topic::Shares},
    {"software", Topic::LockIn},   {"stacks from", Topic::LockIn},     {"cuda", Topic::LockIn},
    {"lock-in", Topic::LockIn},    {"on their stacks", Topic::LockIn}, {"money", Topic::Money},
    {"revenue", Topic::Money},     {"receipts", Topic::Money},         {"price", Topic::Money},
    {"pay", Topic::Money},         {"token", Topic::Serving},          {"serve", Topic::Serving},
    {"inference", Topic::Serving},
};

/// True where `word` begins in `text` after something that is no letter.
bool has_word(const std::string& text, std::string_view word) {
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const char before = at == 0 ? ' ' : text[at - 1];
    const bool is_inside = (before >= 'a' && before <= 'z') || (before >= '0' && before <= '9');
    if (!is_inside) return true;
  }
  return false;
}

std::set<std::string> subjects_of(const Figures& base, const Figures& other,
                                  std::string_view name) {
  std::set<std::string> subjects;
  for (const Figures* figures : {&base, &other}) {
    for (const auto& [key, value] : *figures) {
      if (key.indicator == name) subjects.insert(key.subject);
    }
  }
  return subjects;
}

/// "mainland compute", "compute at offshore sites that Chinese users have chips at".
std::string compute_words(const std::string& region, std::string_view work) {
  if (region == pool_region_name(Region::Mainland))
    return fmt::format("mainland compute for {}", work);
  return fmt::format("compute for {} at offshore sites of Chinese users", work);
}

/// Adds one for each subject of the indicator that `words` has words for.
template <class Words>
void add_figures(const Figures& base, const Figures& other, const YearlyIndicator& what,
                 const std::string& indicator, const LeadFigure& like, const Words& words,
                 std::vector<LeadFigure>& into) {
  for (const std::string& subject : subjects_of(base, other, indicator)) {
    LeadFigure figure = like;
    figure.of = {indicator, subject, std::string(what.unit), 0};
    figure.words = words(subject, figure);
    if (!figure.words.empty()) into.push_back(std::move(figure));
  }
}

/// Empty for what serves users abroad.
std::string service_words(const char* what, const std::string& service) {
  if (service == region_name(Region::Abroad)) return "";
  return fmt::format("{} ({})", what, service);
}

/// Fills in whose share or sale it is; empty where nobody knows the vendor on the mainland.
std::string vendor_words(const std::string& subject, const Vendors& vendors, const char* what,
                         LeadFigure& figure) {
  const std::string start = region_name(Region::Mainland) + "/";
  if (!subject.starts_with(start)) return "";
  figure.vendor = subject.substr(start.size());
  const auto known = vendors.find(figure.vendor);
  const std::string& name = known == vendors.end() ? figure.vendor : known->second.display;
  return fmt::format("{}'s {}", name, what);
}

}  // namespace

std::vector<Topic> topics_by_question(const std::string& question) {
  const std::string text = lowercase(question);
  std::set<Topic> asked;
  for (const TopicWord& word : kTopicWords) {
    if (has_word(text, word.word)) asked.insert(word.topic);
  }
  std::vector<Topic> topics(kTopics.begin(), kTopics.end());
  std::ranges::stable_partition(topics, [&](Topic topic) { return asked.count(topic) > 0; });
  return topics;
}

std::vector<LeadFigure> lead_figures(const Figures& base, const Figures& other,
                                     const Vendors& vendors) {
  std::vector<LeadFigure> all;
  const auto add = [&](const YearlyIndicator& what, const std::string& name, LeadFigure like,
                       const auto& words) {
    add_figures(base, other, what, name, like, words, all);
  };
  const LeadFigure compute{Topic::Compute, {}, "", true, ""};
  for (const auto& [name, work] :
       {std::pair("installed_training", "training"), std::pair("installed_decode", "decoding")}) {
    const auto words = [&, of = work](const std::string& region, LeadFigure&) {
      return region == pool_region_name(Region::Abroad) ? std::string() : compute_words(region, of);
    };
    add(*listed_indicator(name), name, compute, words);
  }
  const LeadFigure shares{Topic::Shares, {}, "", false, ""};
  add(indicator("domestic_share"), "domestic_share", shares,
      [](const std::string& by, LeadFigure&) -> std::string {
        return by == "value" ? "domestic vendors' share of mainland sales" : "";
      });
  add(indicator("value_share"), "value_share", shares,
      [&](const std::string& subject, LeadFigure& figure) {
        return vendor_words(subject, vendors, "share of mainland sales", figure);
      });
  const LeadFigure lock_in{Topic::LockIn, {}, "", true, ""};
  add(indicator("cuda_dependence_"), "cuda_dependence_training", lock_in,
      [](const std::string&, LeadFigure&) { return "CUDA's share of mainland training compute"; });
  add(indicator("months_to_move"), "months_to_move", lock_in,
      [](const std::string&, LeadFigure&) { return "the time to move off CUDA"; });
  const LeadFigure money{Topic::Money, {}, "", false, ""};
  add(indicator("revenue"), "revenue", money, [&](const std::string& subject, LeadFigure& figure) {
    return vendor_words(subject, vendors, "revenue on the mainland", figure);
  });
  add(indicator("receipts"), "receipts", money, [](const std::string& government, LeadFigure&) {
    return "what the government of " + government + " takes of deliveries";
  });
  const LeadFigure tokens{Topic::Serving, {}, "", false, ""};
  add(indicator("tokens_served"), "tokens_served", tokens,
      [](const std::string& service, LeadFigure&) {
        return service_words("token output", service);
      });
  add(indicator("token_cost"), "token_cost", tokens, [](const std::string& service, LeadFigure&) {
    return service_words("the cost of tokens", service);
  });
  return all;
}

Measured measured_in(const LeadFigure& figure, int year) {
  Headline key = figure.of;
  key.year = year;
  return [key](const Figures& figures) { return value_of(key, figures); };
}

std::string when_of(const LeadFigure& figure, int year) {
  return fmt::format("{} {}", figure.is_at_years_end ? "at the end of" : "in", year);
}

}  // namespace chokepoint
