#include "tools/page/ecosystem/ecosystem_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <string>
#include <utility>

#include "models/scoring/scores.hpp"
#include "sim/indicators/listing.hpp"
#include "tools/page/words.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kMostSources = 16;
constexpr YearlyIndicator kTraining = indicator("installed_training");

void append(std::vector<PageFigure>&& more, std::vector<PageFigure>& figures) {
  std::ranges::move(more, std::back_inserter(figures));
}

/// What a figure differs by, between the runs and in every pair of draws.
struct Differing {
  double base = 0.0, run = 0.0;
  std::vector<double> pairs;  ///< Rising; empty without two pairs.

  double change() const { return pairs.empty() ? run - base : quantile(pairs, 0.5); }
  bool is_noise() const { return !pairs.empty() && !stands_out(pairs); }
};

Differing difference_in(const RunPair& pair, const YearlyKey& key) {
  Differing found{
      value_or_none(pair.base->yearly.itself, key), value_or_none(pair.run.yearly.itself, key), {}};
  for (const auto& [draw, figures] : pair.run.yearly.draws) {
    const auto base = pair.base->yearly.draws.find(draw);
    if (base == pair.base->yearly.draws.end()) continue;
    found.pairs.push_back(value_or_none(figures, key) - value_or_none(base->second, key));
  }
  std::ranges::sort(found.pairs);
  if (found.pairs.size() < 2) found.pairs.clear();
  return found;
}

/// "96 thousand more (+5 %)", or that nobody knows the sign.
std::string change_in_sentence(const Differing& of) {
  if (of.change() == 0.0) return "as much";
  const double share = of.base > 0.0 ? of.change() / of.base : 0.0;
  return fmt::format("{} {} ({}{})", amount_in_words(std::abs(of.change())),
                     of.change() > 0.0 ? "more" : "less", share > 0.0 ? "+" : "",
                     percent_in_words(share));
}

std::string headline_of(const RunPair& pair) {
  const int year = telling_year(pair);
  const YearlyKey key = kTraining.of("mainland", year);
  if (pair.base == nullptr) {
    return fmt::format("The mainland ends {} with {} usable H100-equivalents for training", year,
                       amount_in_words(value_or_none(pair.run.yearly.itself, key)));
  }
  const Differing found = difference_in(pair, key);
  const std::string where =
      fmt::format("usable H100-equivalents for training in the mainland at the end of {}", year);
  if (found.change() == 0.0) return "As many " + where + " as in the baseline";
  if (found.is_noise()) {
    return fmt::format("Within noise: {} {} than in the baseline", change_in_sentence(found),
                       where);
  }
  return fmt::format("{} {} than in the baseline", change_in_sentence(found), where);
}

/// How sure the headline is, and what else differs in the same year.
std::vector<std::string> answer_of(const RunPair& pair) {
  if (pair.base == nullptr) return {};
  const int year = telling_year(pair);
  const Differing training = difference_in(pair, kTraining.of("mainland", year));
  std::vector<std::string> sentences;
  sentences.push_back(
      training.pairs.empty()
          ? "One run of each, without draws: nobody knows how much of a difference is chance."
          : fmt::format("The difference in {} pairs of draws: {}.", training.pairs.size(),
                        band_in_words(training.pairs, change_in_words)));
  const Differing decode = difference_in(pair, indicator("installed_decode").of("mainland", year));
  const Differing domestic = difference_in(pair, indicator("domestic_share").of("value", year));
  const Differing nvidia = difference_in(pair, indicator("revenue").of("mainland/nvidia", year));
  sentences.push_back(fmt::format(
      "For decoding it is {}{}. Of the mainland's spending in {} domestic chips have {} instead of "
      "{}{}; Nvidia's revenue there is {} instead of {}{}.",
      change_in_sentence(decode), decode.is_noise() ? ", within noise" : "", year,
      percent_in_words(domestic.run), percent_in_words(domestic.base),
      domestic.is_noise() ? " (within noise)" : "", money_in_words(nvidia.run),
      money_in_words(nvidia.base), nvidia.is_noise() ? " (within noise)" : ""));
  return sentences;
}

std::vector<KeyFigure> keys_of(const RunPair& pair) {
  std::vector<KeyFigure> keys;
  const auto years = whole_years(pair.run);
  if (years.empty()) return keys;
  const int last = years.back();
  const auto add = [&](const YearlyKey& key, const std::string& label, auto word) {
    const auto found = pair.run.yearly.itself.find(key);
    if (found == pair.run.yearly.itself.end()) return;
    std::string note = fmt::format("in {}", key.year);
    if (pair.base != nullptr) {
      note += "; baseline " + word(value_or_none(pair.base->yearly.itself, key));
    }
    keys.push_back({word(found->second), label, note});
  };
  add(kTraining.of("mainland", last), "usable H100e for training in the mainland", amount_in_words);
  add(indicator("domestic_share").of("value", last), "of the mainland's spending on domestic chips",
      percent_in_words);
  add(indicator("cuda_dependence_").of(WorkKind::Training, "mainland", last),
      "of usable training compute on CUDA", percent_in_words);
  const int telling = telling_year(pair);
  add(indicator("revenue").of("mainland/nvidia", telling), "revenue of Nvidia in the mainland",
      money_in_words);
  return keys;
}

std::vector<PageFact> facts_of(const RunPair& pair) {
  const auto draws_of = [](const EcosystemRun& run) {
    return run.yearly.draws.empty()
               ? std::string("no draws")
               : fmt::format("{} of {} draws kept", run.yearly.draws.size(), draws_asked(run));
  };
  const pb::RunRecord& record = pair.run.record;
  std::vector<PageFact> facts = {{"Scenario", record.scenario()}};
  if (pair.base != nullptr) facts.push_back({"Baseline", pair.base->record.scenario()});
  facts.push_back({"Time", fmt::format("{} to {}", record.start(), record.end())});
  facts.push_back({"Seed", std::to_string(record.seed())});
  facts.push_back({"Runs", pair.base == nullptr
                               ? "1, " + draws_of(pair.run)
                               : fmt::format("1, {}; baseline 1, {}", draws_of(pair.run),
                                             draws_of(*pair.base))});
  facts.push_back({"chokepoint", record.program_version()});
  facts.push_back({"Digest", record.scenario_digest()});
  return facts;
}

std::vector<std::string> caveats_of(const RunPair& pair) {
  std::vector<std::string> caveats = {
      "A conditional projection, not a forecast: it shows what follows from the stated "
      "assumptions, if they hold."};
  if (pair.run.yearly.draws.size() < 2) {
    caveats.push_back(
        "There are no draws: one run says nothing of how sure a figure is. Run both "
        "with --draws 40 for bands.");
  }
  if (pair.run.is_truncated || (pair.base != nullptr && pair.base->is_truncated)) {
    caveats.push_back("A trace stops before the end of its run; figures are those up to there.");
  }
  if (pair.base != nullptr && (pair.base->record.start() != pair.run.record.start() ||
                               pair.base->record.end() != pair.run.record.end())) {
    caveats.push_back("The runs cover other times.");
  }
  if (pair.base != nullptr && pair.base->record.seed() != pair.run.record.seed()) {
    caveats.push_back("The runs have other seeds: they differ by chance as well.");
  }
  caveats.push_back(
      "H100-equivalents of peak compute are ratios of dense 8-bit peaks; usable ones "
      "are ratios of throughput at what the device's software attains.");
  return caveats;
}

/// What the sources are that most figures of the world come from.
std::vector<std::string> sources_of(const EcosystemRun& run) {
  std::vector<std::size_t> uses(run.sources.size(), 0);
  for (const Input& input : run.world->inputs) {
    if (input.source.value < uses.size()) ++uses[input.source.value];
  }
  std::vector<std::size_t> ranked;
  for (std::size_t i = 0; i < uses.size(); ++i) {
    if (uses[i] > 0) ranked.push_back(i);
  }
  std::ranges::stable_sort(ranked, std::greater(), [&](std::size_t i) { return uses[i]; });
  const std::size_t all = ranked.size();
  if (all > kMostSources) ranked.resize(kMostSources);
  std::vector<std::string> names;
  for (const std::size_t i : ranked) {
    names.push_back(fmt::format("{} ({} figures)", run.sources[i], uses[i]));
  }
  if (all > ranked.size()) {
    names.push_back(fmt::format("and {} more: chokepoint scenario explain {}", all - ranked.size(),
                                run.record.scenario()));
  }
  return names;
}

std::string run_command(const EcosystemRun& run) {
  std::string text =
      "chokepoint run " + run.record.scenario() + " --seed " + std::to_string(run.record.seed());
  for (const std::string& set : run.record.set()) text += " --set '" + set + "'";
  if (!run.yearly.draws.empty()) text += fmt::format(" --draws {}", draws_asked(run));
  return text + " -o " + run.folder.string();
}

std::vector<std::string> commands_of(const RunPair& pair) {
  std::vector<std::string> commands;
  if (pair.base != nullptr) commands.push_back(run_command(*pair.base));
  commands.push_back(run_command(pair.run));
  std::string report = "chokepoint report " + pair.run.folder.string();
  if (pair.base != nullptr) report += " --baseline " + pair.base->folder.string();
  commands.push_back(report);
  return commands;
}

std::vector<std::string> changes_in_words(const RunPair& pair) {
  std::vector<std::string> lines;
  constexpr int kMost = 6;
  for (const auto& change : pair.run.record.changes()) {
    if (static_cast<int>(lines.size()) == kMost) {
      lines.push_back(fmt::format("and {} more changes", pair.run.record.changes_size() - kMost));
      break;
    }
    std::string line = fmt::format("{} {}", change.path(), change.kind());
    if (!change.before().empty() && !change.after().empty()) {
      line = fmt::format("{}: {} instead of {}", change.path(), change.after(), change.before());
    } else if (!change.after().empty()) {
      line = fmt::format("{}: {}", change.path(), change.after());
    }
    lines.push_back(line);
  }
  return lines;
}

}  // namespace

Page ecosystem_page(const RunPair& pair) {
  Page page;
  page.kicker = pair.base != nullptr ? "Chokepoint what-if report" : "Chokepoint scenario report";
  page.headline = headline_of(pair);
  page.answer = answer_of(pair);
  page.changes = changes_in_words(pair);
  page.question = pair.run.record.question();
  page.about = facts_of(pair);
  page.keys = keys_of(pair);
  page.events = policy_events(pair);
  page.hues = vendor_hues(pair);
  append(delivered_figures(pair, page.hues), page.figures);
  append(stock_figures(pair), page.figures);
  append(shortage_figures(pair), page.figures);
  append(flow_figures(pair, page.hues), page.figures);
  append(token_figures(pair), page.figures);
  append(listed_figures(pair), page.figures);
  page.caveats = caveats_of(pair);
  page.sources = sources_of(pair.run);
  page.commands = commands_of(pair);
  return page;
}

}  // namespace chokepoint
