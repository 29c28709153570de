#include "tools/report/answer/causes_told.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "sim/indicators/listing.hpp"
#include "tools/report/answer/amounts.hpp"

namespace chokepoint {
namespace {

constexpr double kLeastUsd = 1e6;  // Less is not worth a sentence.
constexpr std::string_view kUsd = "USD";

/// How people call what holds back.
std::string obstacle_called(const Obstacle& obstacle) {
  switch (obstacle.kind) {
    case Obstacle::Kind::Rule:
      return fmt::format("{} rule {}", obstacle.gate, obstacle.name);
    case Obstacle::Kind::Access:
      return fmt::format("{} rule {} on use from afar", obstacle.gate, obstacle.name);
    case Obstacle::Kind::Quota:
      return "quota " + obstacle.name;
    case Obstacle::Kind::Shortage:
      return obstacle.stage.empty()
                 ? "the shortage of " + obstacle.name
                 : fmt::format("the shortage of {} ({})", obstacle.name, obstacle.stage);
    case Obstacle::Kind::Power:
      break;
  }
  return "the power cap of " + obstacle.name;
}

/// The same thing in two runs.
struct UnlikeHold {
  const Obstacle* what = nullptr;
  double before = 0.0, after = 0.0;  // US dollars.

  double change() const { return after - before; }
};

std::vector<UnlikeHold> side_by_side(const AnsweredRun& base, const AnsweredRun& other) {
  using Key = std::pair<Obstacle::Kind, std::string>;
  std::map<Key, UnlikeHold> all;
  const auto add = [&](const AnsweredRun& run, double UnlikeHold::*side) {
    for (const Obstacle& obstacle : run.held_back) {
      UnlikeHold& unlike = all[{obstacle.kind, obstacle.name + "\n" + obstacle.stage}];
      unlike.what = &obstacle;
      unlike.*side += obstacle.all_lost().usd;
    }
  };
  add(base, &UnlikeHold::before);
  add(other, &UnlikeHold::after);
  std::vector<UnlikeHold> unlike;
  for (auto& [key, one] : all) {
    if (std::abs(one.change()) >= kLeastUsd) unlike.push_back(one);
  }
  std::ranges::stable_sort(unlike, [](const UnlikeHold& a, const UnlikeHold& b) {
    return std::abs(a.change()) > std::abs(b.change());
  });
  return unlike;
}

YearlyKey held_back_key(const Obstacle& obstacle) {
  return {"held_back", obstacle.stage.empty() ? obstacle.name : obstacle.stage, std::string(kUsd),
          0};
}

/// What a rule refused in all years, in every pair of draws; nothing of what is no single rule.
std::optional<PairedDifference> refused_in_draws(const UnlikeHold& unlike, const AnsweredRun& base,
                                                 const AnsweredRun& other) {
  const PairedRuns runs(base.yearly, other.yearly);
  if (unlike.what->kind != Obstacle::Kind::Rule || runs.pairs() < kLeastPairs) return std::nullopt;
  if (unlike.what->rules.size() != 1) return std::nullopt;
  return runs.difference([&](const Figures& figures) {
    double sum = 0.0;
    for (const auto& [key, value] : figures) {
      if (key.indicator == indicator("refused_value").name && key.subject == unlike.what->name) {
        sum += value;
      }
    }
    return sum;
  });
}

bool is_shortage(const Obstacle& obstacle) {
  return obstacle.kind == Obstacle::Kind::Shortage;
}

/// Rules that the scenarios changed and that stand behind it.
std::vector<std::string> changed_behind(const Obstacle& obstacle, const AnsweredRun& base,
                                        const AnsweredRun& other) {
  std::vector<std::string> rules;
  for (const std::string& rule : obstacle.rules) {
    if (base.changed_rules.count(rule) + other.changed_rules.count(rule) > 0) rules.push_back(rule);
  }
  return rules;
}

/// What to tell of all that held back unlike: what a changed rule stands behind comes first, then
/// rules, then what goes the way of the difference, then what differs most. Requires: some.
const UnlikeHold& telling_hold(const std::vector<UnlikeHold>& all, const AnsweredRun& base,
                               const AnsweredRun& other, double direction) {
  const auto rank = [&](const UnlikeHold& one) {
    const bool is_changed = !changed_behind(*one.what, base, other).empty();
    const bool goes_with_it = direction * one.change() <= 0.0;  // Less comes of what holds more.
    return std::tuple(is_changed, goes_with_it, !is_shortage(*one.what), std::abs(one.change()));
  };
  return *std::ranges::max_element(all, {}, rank);
}

std::string more_or_less(double change) {
  return change > 0.0 ? "more" : "less";
}

/// Of a shortage its money is a measure alone: what is wanted in vain is wanted again.
std::string shortage_sentence(const UnlikeHold& told, const std::vector<std::string>& rules,
                              const std::string& base) {
  std::string text = "With it goes " + obstacle_called(*told.what);
  if (!rules.empty()) text += fmt::format(", behind which stands rule {}", rules.front());
  if (told.before <= 0.0) return text + ": there is none without it.";
  if (told.after <= 0.0) return text + ": there is none with it.";
  if (told.after < told.before) {
    return fmt::format("{}: of mainland orders {:.1f} times as much was wanted and not made in {}.",
                       text, told.before / told.after, base);
  }
  return fmt::format("{}: of mainland orders {:.1f} times as much was wanted and not made.", text,
                     told.after / told.before);
}

std::string with_band(const ClaimedFigure& figure) {
  return figure.band ? " " + band_of_changes(*figure.band, kUsd) : "";
}

/// "2.1 bn USD more than 4 bn USD", or where nothing was held back in one run, in which of them.
std::string held_in_words(const ClaimedFigure& figure, const std::string& base,
                          const std::string& other) {
  if (figure.after == 0.0 && figure.before > 0.0) {
    return fmt::format("{} in {} and none in {}", amount_of(figure.before, kUsd), base, other);
  }
  if (figure.before == 0.0 && figure.after > 0.0) {
    return fmt::format("{} in {} and none in {}", amount_of(figure.after, kUsd), other, base);
  }
  return fmt::format("{} {} than {}", size_of_change(figure.change, kUsd),
                     more_or_less(figure.change), amount_of(figure.before, kUsd));
}

}  // namespace

std::optional<Claim> held_back_most(const AnsweredRun& run) {
  const Obstacle* rule = nullptr;
  const Obstacle* shortage = nullptr;
  for (const Obstacle& obstacle : run.held_back) {
    if (obstacle.all_lost().usd < kLeastUsd) continue;
    const Obstacle*& most = is_shortage(obstacle) ? shortage : rule;
    if (most == nullptr) most = &obstacle;
  }
  if (rule == nullptr && shortage == nullptr) return std::nullopt;
  Claim claim;
  for (const Obstacle* told : {rule, shortage}) {
    if (told == nullptr) continue;
    const double usd = told->all_lost().usd;
    claim.figures.push_back({held_back_key(*told), usd, usd, 0.0, std::nullopt});
  }
  if (rule != nullptr) {
    claim.text = fmt::format("{} held back most, mainland orders of {}", obstacle_called(*rule),
                             amount_of(claim.figures.front().before, kUsd));
  }
  if (shortage != nullptr) {
    claim.text += fmt::format("{} {}", rule != nullptr ? "; of what is made," : "Most is short by",
                              obstacle_called(*shortage));
  }
  claim.text += ".";
  return claim;
}

std::optional<Claim> held_back_unlike(const AnsweredRun& base, const AnsweredRun& other,
                                      double direction) {
  const auto all = side_by_side(base, other);
  if (all.empty()) return std::nullopt;
  const UnlikeHold& told = telling_hold(all, base, other, direction);
  Claim claim;
  claim.certainty = Certainty::Unknown;
  ClaimedFigure figure{held_back_key(*told.what), told.before, told.after, told.change(),
                       std::nullopt};
  if (const auto drawn = refused_in_draws(told, base, other)) {
    claim.certainty = drawn->certainty;
    figure = {{std::string(indicator("refused_value").name), told.what->name, std::string(kUsd), 0},
              drawn->before,
              drawn->after,
              drawn->change,
              drawn->band};
  }
  claim.figures.push_back(figure);
  const std::string what = obstacle_called(*told.what);
  if (is_shortage(*told.what)) {
    claim.text = shortage_sentence(told, changed_behind(*told.what, base, other), base.yearly.name);
  } else if (claim.certainty == Certainty::Noise || claim.certainty == Certainty::Equal) {
    claim.text = fmt::format(
        "What held back most unlike in these runs is {}; over their draws that is within noise{}.",
        what, with_band(figure));
  } else {
    claim.text = fmt::format(
        "With it goes {}, which held back {}orders of {}{}.", what, figure.band ? "" : "mainland ",
        held_in_words(figure, base.yearly.name, other.yearly.name), with_band(figure));
  }
  return claim;
}

}  // namespace chokepoint
