#include "tools/report/answer/whole_told.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "tools/report/answer/amounts.hpp"
#include "tools/report/answer/causes_told.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kWholesTold = 2;

/// A figure of a whole run that people ask for; those that come first are told first.
struct WholeWords {
  std::string_view name, split;
  Topic topic;
  std::string_view words;
};
constexpr WholeWords kWholes[] = {
    {"usable_h100e_training", "", Topic::Compute, "usable compute for training at the end"},
    {"usable_h100e_decode", "", Topic::Compute, "usable compute for decoding at the end"},
    {"delivered", "", Topic::Compute, "what was delivered"},
    {"tokens_served", "", Topic::Serving, "what was served"},
    {"training_progress", "job", Topic::Compute, "the progress of training"},
    {"revenue", "", Topic::Money, "vendors' revenue"},
    {"government_receipts", "", Topic::Money, "what governments take"},
    {"energy", "", Topic::Money, "energy"},
    // Of replays of requests,
    {"usd_per_million_tokens", "", Topic::Money, "the cost of output tokens"},
    {"slo_kept_pct", "", Topic::Serving, "the part of requests whose promise is kept"},
    {"ttft_p50_s", "", Topic::Serving, "the median time to the first token"},
    {"tpot_p50_ms", "", Topic::Serving, "the median time per token"},
    {"output_tok_s", "", Topic::Serving, "the rate of output tokens"},
    // of jobs,
    {"wait_mean_s", "", Topic::Serving, "the mean wait of jobs"},
    {"utilization", "", Topic::Compute, "utilization"},
    {"cost_usd", "", Topic::Money, "what it costs"},
    // and of training runs.
    {"wall_days", "", Topic::Compute, "the time of the run"},
    {"goodput_share", "", Topic::Serving, "goodput"},
};

std::vector<const Indicator*> indicators_called(const AnsweredRun& run, const WholeWords& words) {
  std::vector<const Indicator*> found;
  for (const Indicator& one : run.whole) {
    if (one.name == words.name && one.split == words.split) found.push_back(&one);
  }
  return found;
}

double value_in(const AnsweredRun& run, const Indicator& like) {
  for (const Indicator& one : run.whole) {
    if (one.name == like.name && one.split == like.split && one.subject == like.subject) {
      return one.value;
    }
  }
  return 0.0;
}

double whole_of(const AnsweredRun& run, std::string_view name) {
  return value_in(run, {std::string(name), "", "", "", 0.0});
}

std::string called(const WholeWords& words, const Indicator& one) {
  return one.subject.empty() ? std::string(words.words)
                             : fmt::format("{} ({})", words.words, one.subject);
}

YearlyKey whole_key(const Indicator& one) {
  return {one.split.empty() ? one.name : one.name + "_by_" + one.split, one.subject, one.unit, 0};
}

std::string capitalized_whole(std::string text) {
  if (text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

/// What differs of a figure of the whole run.
struct WholeDifference {
  const WholeWords* words = nullptr;
  const Indicator* of = nullptr;
  double before = 0.0, after = 0.0;

  double change() const { return after - before; }
  double size() const {
    const double greater = std::max(std::abs(before), std::abs(after));
    return greater > 0.0 ? std::abs(change()) / greater : 0.0;
  }
};

std::vector<WholeDifference> differences_of(const AnsweredRun& base, const AnsweredRun& other,
                                            Topic topic) {
  std::vector<WholeDifference> all;
  for (const WholeWords& words : kWholes) {
    if (words.topic != topic) continue;
    for (const AnsweredRun* run : {&base, &other}) {
      for (const Indicator* one : indicators_called(*run, words)) {
        const bool is_known = std::ranges::any_of(all, [&](const WholeDifference& known) {
          return known.words == &words && known.of->subject == one->subject;
        });
        WholeDifference differs{&words, one, value_in(base, *one), value_in(other, *one)};
        if (!is_known && differs.size() > 1e-9) all.push_back(differs);
      }
    }
  }
  return all;
}

Claim whole_claim(const WholeDifference& differs, const std::string& base) {
  Claim claim;
  const std::string percent =
      differs.before == 0.0
          ? ""
          : fmt::format(" ({:.0f} %)", 100.0 * std::abs(differs.change() / differs.before));
  const std::string what = called(*differs.words, *differs.of);
  claim.text = fmt::format(
      "{} is {}{} {}, from {}.",
      base.empty() ? capitalized_whole(what) : fmt::format("Against {}, {}", base, what),
      size_of_change(differs.change(), differs.of->unit), percent,
      differs.change() < 0.0 ? "lower" : "higher", amount_of(differs.before, differs.of->unit));
  claim.figures.push_back(
      {whole_key(*differs.of), differs.before, differs.after, differs.change(), std::nullopt});
  return claim;
}

Claim whole_level_claim(const WholeWords& words, const Indicator& one) {
  std::string text = fmt::format("{} comes to {}.", capitalized_whole(called(words, one)),
                                 amount_of(one.value, one.unit));
  return {std::move(text), Certainty::Unknown, {{whole_key(one), one.value, one.value, 0.0, {}}}};
}

std::optional<Claim> orders_claim(const AnsweredRun& run) {
  const double ordered = whole_of(run, "ordered"), refused = whole_of(run, "refused");
  const double delivered = whole_of(run, "delivered");
  if (ordered <= 0.0) return std::nullopt;
  Claim claim;
  claim.text = fmt::format("Of {} ordered {} came by {}", amount_of(ordered, "packages"),
                           amount_of(delivered, ""), run.last_day);
  if (refused > 0.0) {
    claim.text += fmt::format("; {} ({:.0f} %) were refused", amount_of(refused, ""),
                              100.0 * refused / ordered);
  }
  claim.text += ".";
  for (const auto& [name, value] :
       {std::pair("ordered", ordered), std::pair("delivered", delivered),
        std::pair("refused", refused)}) {
    claim.figures.push_back({{name, "", "packages", 0}, value, value, 0.0, std::nullopt});
  }
  return claim;
}

}  // namespace

std::vector<Claim> answer_of_whole(const AnsweredRun& run) {
  std::vector<Claim> claims;
  if (auto orders = orders_claim(run)) claims.push_back(std::move(*orders));
  for (const WholeWords& words : kWholes) {
    if (claims.size() == kWholesTold) break;
    for (const Indicator* one : indicators_called(run, words)) {
      if (one->value <= 0.0 || (one->name == "delivered" && !claims.empty())) continue;
      claims.push_back(whole_level_claim(words, *one));
      break;
    }
  }
  if (auto cause = held_back_most(run)) claims.push_back(std::move(*cause));
  if (!claims.empty()) {
    claims.push_back(
        {"This is one run, of figures as they are written and one seed: no band says how "
         "far their ranges would move it.",
         Certainty::Unknown,
         {}});
  }
  return claims;
}

std::vector<Claim> answer_of_whole(const AnsweredRun& base, const AnsweredRun& other) {
  std::vector<Claim> claims;
  double direction = 0.0;
  for (const Topic topic : topics_by_question(other.question + " " + base.question)) {
    if (claims.size() == kWholesTold) break;
    const auto all = differences_of(base, other, topic);
    if (all.empty()) continue;
    const WholeDifference& told = all.front();
    if (claims.empty() && topic == Topic::Compute) direction = told.change();
    claims.push_back(whole_claim(told, claims.empty() ? base.yearly.name : ""));
  }
  if (claims.empty()) {
    claims.push_back({fmt::format("No figure of the whole run differs between {} and {}.",
                                  base.yearly.name, other.yearly.name),
                      Certainty::Equal,
                      {}});
    return claims;
  }
  if (auto cause = held_back_unlike(base, other, direction)) claims.push_back(std::move(*cause));
  claims.push_back(
      {"These are single runs: no band says how much of it is noise.", Certainty::Unknown, {}});
  return claims;
}

}  // namespace chokepoint
