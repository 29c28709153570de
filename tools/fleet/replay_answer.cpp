#include "tools/fleet/replay_answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "tools/print/number_format.hpp"

namespace chokepoint {
namespace {

constexpr double kLateShare = 0.99;

/// Clusters by a figure of theirs, those without one left out; ties in the order given.
using RankedClusters = std::vector<std::pair<double, const Replayed*>>;

template <class FigureOf>
RankedClusters ranked(const std::vector<Replayed>& replayed, const FigureOf& figure_of) {
  RankedClusters all;
  for (const Replayed& one : replayed) {
    if (const std::optional<double> figure = figure_of(one)) all.emplace_back(*figure, &one);
  }
  std::ranges::stable_sort(all, {}, [](const auto& one) { return one.first; });
  return all;
}

/// "; then a 51.5 %, b 28.5 %" of all but the first; empty where there are no others.
template <class Words>
std::string others_in_words(const RankedClusters& all, const Words& words) {
  std::string text;
  for (std::size_t i = 1; i < all.size(); ++i) {
    text += (i == 1 ? "; then " : ", ") + all[i].second->cluster + " " + words(*all[i].second);
  }
  return text;
}

std::optional<double> late_first_token(const Replayed& in) {
  const LatencyDigest& times = in.account.total.ttft;
  return times.count() > 0 ? std::optional(times.quantile(kLateShare).value) : std::nullopt;
}

std::string seconds_words(double seconds) {
  return seconds < 1.0 ? fmt::format("{:.0f} ms", 1e3 * seconds) : format_value(seconds) + " s";
}

std::string promise_words(const Replayed& in) {
  std::string words;
  const auto& classes = in.fleet->classes;
  if (classes.size() != 1) return "what their class promises";
  const auto add = [&](const char* what, Nanoseconds bound) {
    words += fmt::format("{}{} within {}", words.empty() ? "" : " and ", what,
                         seconds_words(to_seconds(bound).value));
  };
  if (classes[0].promised.ttft) add("TTFT", *classes[0].promised.ttft);
  if (classes[0].promised.tpot) add("TPOT", *classes[0].promised.tpot);
  return words;
}

std::string kept_sentence(const std::vector<Replayed>& replayed) {
  const auto best = ranked(replayed, [](const Replayed& one) {
    const auto kept = good_pct(one);
    return kept ? std::optional(-*kept) : std::nullopt;
  });
  if (best.empty()) return "";
  const auto words = [](const Replayed& one) { return format_value(*good_pct(one)) + " %"; };
  const Replayed& first = *best.front().second;
  return fmt::format("{} keeps {} for {} of requests{}.\n", first.cluster, promise_words(first),
                     words(first), others_in_words(best, words));
}

std::string tail_sentence(const std::vector<Replayed>& replayed) {
  const auto soonest = ranked(replayed, late_first_token);
  if (soonest.empty()) return "No request got its answer.\n";
  const auto words = [](const Replayed& one) { return seconds_words(*late_first_token(one)); };
  const Replayed& first = *soonest.front().second;
  return fmt::format("99 of 100 first tokens come within {} on {}{}.\n", words(first),
                     first.cluster, others_in_words(soonest, words));
}

std::string cost_sentence(const std::vector<Replayed>& replayed) {
  const auto cheapest = ranked(replayed, usd_per_million);
  if (cheapest.empty()) return "";
  const auto words = [](const Replayed& one) {
    return fmt::format("{} USD ({:.0f} % busy)", format_value(*usd_per_million(one)),
                       busy_pct(one).value_or(0.0));
  };
  const Replayed& first = *cheapest.front().second;
  return fmt::format("A million output tokens costs {} on {}{}.\n", words(first), first.cluster,
                     others_in_words(cheapest, words));
}

}  // namespace

std::string replay_answer(const std::vector<Replayed>& replayed) {
  return kept_sentence(replayed) + tail_sentence(replayed) + cost_sentence(replayed) +
         "One log, played once: no band. 'chokepoint validate serving' says how far such times are "
         "off.\n";
}

}  // namespace chokepoint
