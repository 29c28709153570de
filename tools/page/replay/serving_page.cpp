#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "models/scoring/scores.hpp"
#include "tools/console/command_line.hpp"
#include "tools/page/replay/replay_pages.hpp"
#include "tools/page/replay/shared_figures.hpp"
#include "tools/page/words.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kBins = 160;
constexpr double kTailShare = 0.99;

/// A cluster with the requests that got their answer.
struct ServedLog {
  std::string cluster;
  std::vector<MeasuredRow> all, answered;
};

ServedLog served_log(const StoredReplay& replay) {
  ServedLog log{replay.record().scenario(), replay.rows("requests.csv"), {}};
  for (const MeasuredRow& row : log.all) {
    if (cell(row, "outcome") == "delivered") log.answered.push_back(row);
  }
  return log;
}

std::string seconds_in_words(double seconds) {
  return seconds < 1.0    ? fmt::format("{:.0f} ms", seconds * 1e3)
         : seconds < 10.0 ? fmt::format("{:.1f} s", seconds)
                          : fmt::format("{:.0f} s", seconds);
}

/// "<what> <cluster> 2.2 s, <cluster> 13 s", the quickest first.
std::string tail_words(const std::vector<NamedValues>& things, double per) {
  std::vector<std::pair<double, std::string>> tails;
  for (const NamedValues& thing : things) {
    if (thing.values.empty()) continue;
    tails.emplace_back(quantile(thing.values, kTailShare) / per, thing.name);
  }
  std::ranges::sort(tails);
  std::string words;
  for (const auto& [tail, name] : tails) {
    words += fmt::format("{}{} on {}", words.empty() ? "" : ", ", seconds_in_words(tail), name);
  }
  return words;
}

std::vector<NamedValues> column_of(const std::vector<ServedLog>& logs, const std::string& column) {
  std::vector<NamedValues> things;
  things.reserve(logs.size());
  for (const ServedLog& log : logs) {
    things.push_back({log.cluster, sorted_column(log.answered, column)});
  }
  return things;
}

bool has_values(const std::vector<NamedValues>& things) {
  return std::ranges::any_of(things,
                             [](const NamedValues& thing) { return !thing.values.empty(); });
}

std::vector<PageFigure> latency_figures(const std::vector<ServedLog>& logs,
                                        const std::string& source) {
  std::vector<PageFigure> figures;
  const auto add = [&](const char* id, const char* column, const char* suffix, const char* unit,
                       const char* what, double per, const char* caption) {
    const auto things = column_of(logs, column);
    if (!has_values(things)) return;
    PageFigure figure = quantile_figure(id, things, suffix, unit, "% of answered requests");
    figure.title = fmt::format("{} within {}", what, tail_words(things, per));
    figure.caption = caption;
    figure.source = source;
    figure.is_logarithmic = true;
    figure.is_half = true;
    figures.push_back(std::move(figure));
  };
  add("ttft", "ttft_s", "_ttft_s", "s", "99 of 100 first tokens come", 1.0,
      "Time to first token (TTFT) that so many percent of the answered requests keep to, waiting "
      "included; logarithmic. Farther right is the tail.");
  add("tpot", "tpot_ms", "_tpot_ms", "ms", "99 of 100 answers go on at a token", 1e3,
      "Mean time per further token (TPOT) that so many percent of the answered requests keep to; "
      "logarithmic.");
  return figures;
}

double mean_of(const std::vector<MeasuredRow>& rows, const auto& value) {
  double sum = 0.0;
  for (const MeasuredRow& row : rows) sum += value(row);
  return rows.empty() ? 0.0 : sum / static_cast<double>(rows.size());
}

PageFigure phases_figure(const std::vector<ServedLog>& logs, const std::string& source) {
  Table table("phases", {Column("cluster", Type::Text, "Cluster"),
                         Column("queueing_s", Type::Real, "Queueing"),
                         Column("prefill_s", Type::Real, "Reading the prompt"),
                         Column("decode_s", Type::Real, "Writing the answer")});
  std::string title;
  for (const ServedLog& log : logs) {
    const auto seconds = [](const char* column) {
      return [column](const MeasuredRow& row) { return number_in(row, column, 0.0); };
    };
    const double queue = mean_of(log.answered, seconds("queueing_s"));
    const double first = mean_of(log.answered, seconds("ttft_s"));
    const double whole = mean_of(log.answered, seconds("e2e_s"));
    table.add_row({log.cluster, queue, std::max(0.0, first - queue), std::max(0.0, whole - first)});
    if (whole <= 0.0) continue;
    title += fmt::format("{}{} of an answer on {}", title.empty() ? "" : ", ",
                         percent_in_words((whole - first) / whole), log.cluster);
  }
  return {
      "phases",
      Form::Bars,
      "Writing takes " + title,
      "Mean seconds of an answered request in each phase. Handing over caches counts as reading.",
      source,
      std::move(table),
      {{"queueing_s", "Queueing", "fourth", false, "", ""},
       {"prefill_s", "Reading the prompt", "second", false, "", ""},
       {"decode_s", "Writing the answer", "third", false, "", ""}},
      "s"};
}

PageFigure under_way_figure(const std::vector<ServedLog>& logs, const std::string& source) {
  std::vector<NamedChanges> things;
  for (const ServedLog& log : logs) {
    NamedChanges thing{log.cluster, {}};
    for (const MeasuredRow& row : log.answered) {
      const double arrival = number_in(row, "arrival_s", 0.0);
      thing.changes.emplace_back(arrival, 1.0);
      thing.changes.emplace_back(arrival + number_in(row, "e2e_s", 0.0), -1.0);
    }
    things.push_back(std::move(thing));
  }
  PageFigure figure = level_figure("under_way", std::move(things), "_requests", "requests", kBins);
  figure.title = "Most requests under way: " + peaks_in_words(figure, "on");
  figure.caption =
      "Answered requests between their arrival and their last token, the mean of each step of "
      "time. "
      "A cluster that keeps up falls back as soon as the log ends.";
  figure.source = source;
  figure.is_half = true;
  return figure;
}

PageFigure throughput_figure(const std::vector<ServedLog>& logs, const std::string& source) {
  std::vector<NamedChanges> things;
  for (const ServedLog& log : logs) {
    NamedChanges thing{log.cluster, {}};
    for (const MeasuredRow& row : log.answered) {
      const double first = number_in(row, "arrival_s", 0.0) + number_in(row, "ttft_s", 0.0);
      const double last = number_in(row, "arrival_s", 0.0) + number_in(row, "e2e_s", 0.0);
      if (last <= first) continue;
      const double rate = number_in(row, "output_tokens", 0.0) / (last - first);
      thing.changes.emplace_back(first, rate);
      thing.changes.emplace_back(last, -rate);
    }
    things.push_back(std::move(thing));
  }
  PageFigure figure =
      level_figure("throughput", std::move(things), "_tokens_per_s", "output tokens/s", kBins);
  figure.title = "Most output tokens a second: " + peaks_in_words(figure, "on");
  figure.caption =
      "Output tokens a second over all replicas, each answer spread evenly from its first token to "
      "its last; the mean of each step of time.";
  figure.source = source;
  figure.is_half = true;
  return figure;
}

PageFigure utilisation_figure(const std::vector<const StoredReplay*>& replays) {
  Table table("utilisation",
              {Column("pool", Type::Text, "Pool"), Column("busy_percent", Type::Real, "Busy"),
               Column("kv_used_percent", Type::Real, "Cache used")});
  std::string source;
  double most = 0.0, least = 100.0;
  for (const StoredReplay* replay : replays) {
    for (const MeasuredRow& row : replay->rows("pools.csv")) {
      const double busy = number_in(row, "busy_pct", 0.0);
      table.add_row({fmt::format("{} of {}", cell(row, "pool"), replay->record().scenario()), busy,
                     number_in(row, "kv_used_pct", 0.0)});
      most = std::max(most, busy);
      least = std::min(least, busy);
    }
    source += (source.empty() ? "" : ", ") + replay->name() + "/tables/pools.csv";
  }
  PageFigure figure{
      "utilisation",
      Form::Bars,
      "How busy each pool is",
      "Percent of the time in which replicas of the pool compute, and mean percent of "
      "their cache in use. A full cache makes requests wait.",
      source,
      std::move(table),
      {{"busy_percent", "Busy", "run", false, "", ""},
       {"kv_used_percent", "Cache used", "fourth", false, "", ""}},
      "%"};
  figure.is_steps = true;
  figure.most = 100.0;
  return figure;
}

/// All figures of the replays side by side.
PageFigure sums_figure(const std::vector<const StoredReplay*>& replays) {
  std::vector<Column> columns = {Column("figure", Type::Text, "Figure")};
  std::vector<std::string> order;
  std::vector<std::map<std::string, double>> values;
  std::string source;
  for (const StoredReplay* replay : replays) {
    const std::string cluster = replay->record().scenario();
    columns.emplace_back(cluster, Type::Real, cluster);
    auto& of = values.emplace_back();
    for (const MeasuredRow& row : replay->rows("replay.csv")) {
      const std::string figure(cell(row, "figure"));
      if (std::ranges::find(order, figure) == order.end()) order.push_back(figure);
      for (const auto& [column, text] : row) {
        if (column != "figure" && !text.empty()) of[figure] = number_in(row, column, 0.0);
      }
    }
    source += (source.empty() ? "" : ", ") + replay->name() + "/tables/replay.csv";
  }
  Table table("figures", std::move(columns));
  for (const std::string& figure : order) {
    std::vector<Cell> row = {figure};
    for (const auto& of : values) {
      const auto found = of.find(figure);
      row.push_back(found == of.end() ? Cell() : Cell(found->second));
    }
    table.add_row(std::move(row));
  }
  return {"figures",
          Form::Listing,
          "All figures, cluster by cluster",
          "What the replay adds up to; units end the names.",
          source,
          std::move(table),
          {}};
}

double value_in(const StoredReplay& replay, const std::string& figure, double otherwise) {
  for (const MeasuredRow& row : replay.rows("replay.csv")) {
    if (cell(row, "figure") != figure) continue;
    for (const auto& [column, text] : row) {
      if (column != "figure" && !text.empty()) return number_in(row, column, otherwise);
    }
  }
  return otherwise;
}

std::vector<KeyFigure> serving_keys(const std::vector<const StoredReplay*>& replays) {
  std::vector<KeyFigure> keys;
  for (const StoredReplay* replay : replays) {
    if (keys.size() == 4) break;
    const double cost = value_in(*replay, "usd_per_million_tokens", -1.0);
    const double rate = value_in(*replay, "output_tok_s", -1.0);
    keys.push_back({seconds_in_words(value_in(*replay, "ttft_p99_s", 0.0)),
                    "to the first token at the 99th percentile on " + replay->record().scenario(),
                    fmt::format("{}{}", rate < 0.0 ? "" : amount_in_words(rate) + " tokens/s",
                                cost < 0.0 ? "" : fmt::format("; {:.2g} USD per million", cost))});
  }
  return keys;
}

std::string log_of(const StoredReplay& replay) {
  return replay.record().log().empty() ? "a log" : replay.record().log();
}

}  // namespace

Page serving_page(const std::vector<const StoredReplay*>& replays) {
  std::vector<ServedLog> logs;
  std::string source;
  Page page;
  for (const StoredReplay* replay : replays) {
    logs.push_back(served_log(*replay));
    page.hues.push_back(logs.back().cluster);
    source += (source.empty() ? "" : ", ") + replay->name() + "/tables/requests.csv";
  }
  const pb::RunRecord& record = replays.front()->record();
  page.kicker = "Chokepoint serving report";
  page.question =
      replays.size() == 1 ? record.question() : "Which of these clusters serves the log best?";
  const auto first = column_of(logs, "ttft_s");
  page.headline = has_values(first) ? "99 of 100 first tokens come within " + tail_words(first, 1.0)
                                    : "No request got its answer";
  page.about = replay_facts("replay of " + log_of(*replays.front()), std::to_string(record.seed()),
                            record.program_version());
  for (const ServedLog& log : logs) {
    page.about.push_back({log.cluster, fmt::format("{} of {} requests answered",
                                                   log.answered.size(), log.all.size())});
  }
  page.keys = serving_keys(replays);
  if (has_values(first)) {
    page.figures = latency_figures(logs, source);
    page.figures.push_back(under_way_figure(logs, source));
    page.figures.push_back(throughput_figure(logs, source));
    page.figures.push_back(phases_figure(logs, source));
  }
  page.figures.push_back(utilisation_figure(replays));
  page.figures.push_back(sums_figure(replays));
  std::erase_if(page.figures, [](const PageFigure& figure) { return figure.data.is_empty(); });
  page.caveats = {
      "A conditional projection, not a forecast: times follow from models that were fitted to "
      "measurements of other runs. `chokepoint validate serving` says how far they are off.",
      "One replay with one seed: what differs little may be chance. Other seeds show how much."};
  std::string folder = replays.front()->path().string();
  std::set<std::string> above;
  for (const StoredReplay* replay : replays) above.insert(replay->path().parent_path().string());
  const bool is_one_folder = replays.size() > 1 && above.size() == 1;
  if (is_one_folder) folder = *above.begin();
  std::string report = "report " + folder;
  for (std::size_t i = 1; i < replays.size() && !is_one_folder; ++i) {
    report += " --baseline " + replays[i]->path().string();
  }
  std::vector<std::string> made;
  made.reserve(replays.size());
  for (const StoredReplay* replay : replays) made.push_back(command_that_made(replay->record()));
  page.commands = made_again(made, report);
  return page;
}

}  // namespace chokepoint
