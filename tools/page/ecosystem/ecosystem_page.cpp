#include "tools/page/ecosystem/ecosystem_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "sim/indicators/listing.hpp"
#include "tools/console/command_line.hpp"
#include "tools/page/words.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kMostSources = 16;
constexpr YearlyIndicator kTraining = indicator("installed_training");

void append(std::vector<PageFigure>&& more, std::vector<PageFigure>& figures) {
  std::ranges::move(more, std::back_inserter(figures));
}

/// The sentences that `run` or `compare` opens with.
std::vector<Claim> claims_of(const RunPair& pair) {
  return pair.base == nullptr ? answer(pair.run.answered)
                              : answer(pair.base->answered, pair.run.answered);
}

/// A sentence without its full stop.
std::string as_headline(std::string sentence) {
  if (sentence.ends_with('.')) sentence.pop_back();
  return sentence;
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
  names.reserve(ranked.size() + 1);
  for (const std::size_t i : ranked) {
    names.push_back(fmt::format("{} ({} figures)", run.sources[i], uses[i]));
  }
  if (all > ranked.size()) {
    names.push_back(fmt::format("and {} more: chokepoint scenario explain {}", all - ranked.size(),
                                run.record.scenario()));
  }
  return names;
}

std::vector<std::string> commands_of(const RunPair& pair) {
  std::vector<std::string> made;
  std::string report = "report " + pair.run.folder.string();
  if (pair.base != nullptr) {
    made.push_back(command_that_made(pair.base->record));
    report += " --baseline " + pair.base->folder.string();
  }
  made.push_back(command_that_made(pair.run.record));
  return made_again(made, report);
}

/// A value as it is written: of a figure its number alone, of what is long its begin.
std::string value_in_words(const std::string& written) {
  constexpr std::size_t kLongest = 60;
  constexpr std::string_view kValue = "value: ";
  const auto at = written.starts_with("{ ") ? written.find(kValue) : std::string::npos;
  if (at != std::string::npos) {
    const auto from = at + kValue.size();
    return written.substr(from, written.find(' ', from) - from);
  }
  return written.size() <= kLongest ? written : written.substr(0, kLongest) + "...";
}

/// What the scenario changes of its base, a line each; figures that tools/fit wrote are counted.
std::vector<std::string> changes_in_words(const RunPair& pair) {
  std::vector<std::string> lines;
  constexpr std::size_t kMost = 6;
  std::size_t more = 0, fitted = 0;
  for (const auto& change : pair.run.record.changes()) {
    if (change.after().find("source: \"fitted\"") != std::string::npos) {
      ++fitted;
    } else if (lines.size() == kMost) {
      ++more;
    } else if (!change.before().empty() && !change.after().empty()) {
      lines.push_back(fmt::format("{}: {} instead of {}", change.path(),
                                  value_in_words(change.after()), value_in_words(change.before())));
    } else {
      lines.push_back(fmt::format("{} {}{}{}", change.path(), change.kind(),
                                  change.after().empty() ? "" : ": ",
                                  value_in_words(change.after())));
    }
  }
  if (more > 0) lines.push_back(fmt::format("and {} more changes", more));
  if (fitted > 0) {
    lines.push_back(fmt::format("{} {} fitted to what was published", fitted,
                                fitted == 1 ? "figure" : "figures"));
  }
  return lines;
}

}  // namespace

Page ecosystem_page(const RunPair& pair) {
  Page page;
  page.kicker = pair.base != nullptr ? "Chokepoint what-if report" : "Chokepoint scenario report";
  const std::vector<Claim> claims = claims_of(pair);
  if (!claims.empty()) page.headline = as_headline(claims.front().text);
  for (std::size_t i = 1; i < claims.size(); ++i) page.answer.push_back(claims[i].text);
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
