#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "sim/trace/nanoseconds.hpp"
#include "sim/trace/reader.hpp"
#include "tools/console/command_line.hpp"
#include "tools/page/replay/replay_pages.hpp"
#include "tools/page/replay/shared_figures.hpp"
#include "tools/page/words.hpp"

namespace chokepoint {

namespace {

constexpr double kDay = 86'400.0;
/// Shorter stops are counted and not drawn: a checkpoint every half a minute would hide all else.
constexpr double kLeastDrawn = 60.0;

/// In the order of RunPhaseFact::Phase, from RESTART; training itself has no lane of its own.
struct PhaseWords {
  pb::RunPhaseFact::Phase phase;
  const char* word;
  const char* hue;
};
constexpr std::array kPhases = {
    PhaseWords{pb::RunPhaseFact::TRAIN, "Trains", "good"},
    PhaseWords{pb::RunPhaseFact::DETECT, "Stands, unnoticed", "bad"},
    PhaseWords{pb::RunPhaseFact::REPLACE, "Waits for a server", "second"},
    PhaseWords{pb::RunPhaseFact::RESTART, "Restarts", "fourth"},
    PhaseWords{pb::RunPhaseFact::PLANNED, "Stopped on purpose", "fifth"},
    PhaseWords{pb::RunPhaseFact::SAVE, "Waits for a checkpoint", "third"}};

struct PhaseSpan {
  pb::RunPhaseFact::Phase phase;
  double from_s, to_s;
};

/// What the trace tells of the run.
struct ToldRun {
  std::vector<PhaseSpan> spans;  ///< In order of time; training across short saves is one.
  std::map<pb::RunPhaseFact::Phase, double> seconds;
  double end_s = 0.0;
  std::string model;
  bool is_truncated = false;
};

void add_span(PhaseSpan span, ToldRun& told) {
  told.seconds[span.phase] += span.to_s - span.from_s;
  if (span.phase == pb::RunPhaseFact::SAVE && span.to_s - span.from_s < kLeastDrawn) return;
  const bool trains = span.phase == pb::RunPhaseFact::TRAIN;
  if (trains && !told.spans.empty() && told.spans.back().phase == span.phase &&
      span.from_s - told.spans.back().to_s < kLeastDrawn) {
    told.spans.back().to_s = span.to_s;
  } else {
    told.spans.push_back(span);
  }
}

ToldRun told_run(const std::filesystem::path& trace) {
  TraceReader reader(trace);
  ToldRun told;
  std::map<pb::RunPhaseFact::Phase, double> since;
  while (const auto fact = reader.next()) {
    const double at = seconds(fact->time_ns).value;
    told.end_s = std::max(told.end_s, at);
    if (!fact->fact.has_phase()) continue;
    const auto& phase = fact->fact.phase();
    if (!phase.ended()) {
      since[phase.phase()] = at;
    } else if (since.contains(phase.phase())) {
      add_span({phase.phase(), since.extract(phase.phase()).mapped(), at}, told);
    }
  }
  told.is_truncated = reader.truncated();
  return told;
}

PageFigure timeline_figure(const ToldRun& told, const std::string& name) {
  Table table("timeline",
              {Column("lane", Type::Text, "Phase"), Column("from_days", Type::Real, "From"),
               Column("to_days", Type::Real, "To"), Column("kind", Type::Text, "Phase")});
  std::vector<DrawnColumn> drawn;
  for (const PhaseWords& words : kPhases) {
    bool is_there = false;
    for (const PhaseSpan& span : told.spans) {
      if (span.phase != words.phase) continue;
      table.add_row({words.word, span.from_s / kDay, span.to_s / kDay, words.word});
      is_there = true;
    }
    if (is_there) drawn.push_back({words.word, words.word, words.hue, false, "", ""});
  }
  PageFigure figure{
      "timeline",
      Form::Spans,
      "What the run does when",
      "Each lane is a phase; together they fill the time. Waits for checkpoints below "
      "a minute are counted in the shares and not drawn here.",
      name + "/trace.pftrace, phases of the run",
      std::move(table),
      std::move(drawn)};
  figure.along = "days";
  return figure;
}

std::optional<double> expected_share(const std::vector<MeasuredRow>& expected,
                                     const std::string& part) {
  for (const MeasuredRow& row : expected) {
    if (cell(row, "part") == part) return number_in(row, "share", 0.0);
  }
  return std::nullopt;
}

/// Work that is safe over the time so far, at each interruption and at the end.
PageFigure goodput_figure(const std::vector<MeasuredRow>& interruptions,
                          const std::vector<MeasuredRow>& expected, const std::string& name) {
  const auto wanted = expected_share(expected, "kept");
  std::vector<Column> columns = {Column("time_days", Type::Real, "Days"),
                                 Column("goodput_percent", Type::Real, "Goodput so far")};
  std::vector<DrawnColumn> drawn = {{"goodput_percent", "Goodput so far", "run", false, "", ""}};
  if (wanted) {
    columns.emplace_back("expected_percent", Type::Real, "Expected");
    drawn.push_back({"expected_percent", "Expected", "baseline", true, "", ""});
  }
  Table table("goodput", std::move(columns));
  double worst = 100.0;
  for (const MeasuredRow& row : interruptions) {
    const double at = number_in(row, "at_s", 0.0);
    if (at <= 0.0) continue;
    const double percent = 100.0 * number_in(row, "kept_work_s", 0.0) / at;
    worst = std::min(worst, percent);
    std::vector<Cell> cells = {at / kDay, percent};
    if (wanted) cells.emplace_back(*wanted);
    table.add_row(std::move(cells));
  }
  PageFigure figure{
      "goodput",
      Form::Lines,
      fmt::format("{} interruptions take goodput down to {:.0f} % at its lowest",
                  interruptions.size(), worst),
      "Training that is kept over the time so far, in percent, at each interruption: a point per "
      "failure. Dashed: what is expected of such runs over their whole time.",
      name + "/tables/interruptions.csv",
      std::move(table),
      std::move(drawn),
      "%",
      "days"};
  figure.least = std::max(0.0, 10.0 * std::floor((worst - 1.0) / 10.0));
  figure.most = 100.0;
  return figure;
}

/// A part of the time of a run, as expected.csv calls it.
std::string part_in_words(const std::string& part) {
  static const std::map<std::string, std::string> words = {
      {"lost", "work that is lost"},       {"saving", "saving checkpoints"},
      {"restarting", "restarting"},        {"unnoticed", "standing still unnoticed"},
      {"waiting", "waiting for a server"}, {"planned", "planned stops"}};
  const auto found = words.find(part);
  return found == words.end() ? part : found->second;
}

PageFigure shares_figure(const std::vector<MeasuredRow>& expected, const std::string& name) {
  Table table("shares", {Column("part", Type::Text, "Part"),
                         Column("expected_percent", Type::Real, "Expected"),
                         Column("expected_days", Type::Real, "Expected, days")});
  double most = 0.0;
  std::string part;
  for (const MeasuredRow& row : expected) {
    const std::string name_of_part(cell(row, "part"));
    const double share = number_in(row, "share", 0.0);
    table.add_row({name_of_part, share, number_in(row, "days", 0.0)});
    if (name_of_part != "kept" && share > most) {
      most = share;
      part = name_of_part;
    }
  }
  PageFigure figure{"shares",
                    Form::Bars,
                    fmt::format("The largest loss is {}: {} of the time", part_in_words(part),
                                percent_in_words(most / 100.0)),
                    "Percent of the time that a run like this spends, as expected over all runs. "
                    "\"kept\" is training that nothing takes away again.",
                    name + "/tables/expected.csv",
                    std::move(table),
                    {{"expected_percent", "Expected", "run", false, "", ""}},
                    "%"};
  figure.most = 100.0;
  figure.is_half = true;
  return figure;
}

PageFigure causes_figure(const std::vector<MeasuredRow>& interruptions, const std::string& name) {
  std::map<std::string, std::pair<double, double>> causes;  // Mended at once, broken servers.
  for (const MeasuredRow& row : interruptions) {
    auto& [mended, broken] = causes[std::string(cell(row, "by"))];
    (cell(row, "is_broken") == "true" ? broken : mended) += 1.0;
  }
  std::vector<std::pair<double, std::string>> ranked;
  ranked.reserve(causes.size());
  for (const auto& [cause, counts] : causes) {
    ranked.emplace_back(-counts.first - counts.second, cause);
  }
  std::ranges::sort(ranked);
  Table table("causes", {Column("by", Type::Text, "By"),
                         Column("restarted", Type::Real, "Restarted on the same servers"),
                         Column("broken", Type::Real, "A server broke")});
  for (const auto& [count, cause] : ranked) {
    table.add_row({cause, causes[cause].first, causes[cause].second});
  }
  const std::string title =
      ranked.empty()
          ? "Nothing interrupted the run"
          : fmt::format("The most frequent cause of interruptions is a {}: {} of {}",
                        ranked.front().second, -ranked.front().first, interruptions.size());
  PageFigure figure{"causes",
                    Form::Bars,
                    title,
                    "How often the run was interrupted, by what failed. \"run\": software, or "
                    "nobody knows.",
                    name + "/tables/interruptions.csv",
                    std::move(table),
                    {{"restarted", "Restarted on the same servers", "second", false, "", ""},
                     {"broken", "A server broke", "bad", false, "", ""}},
                    "interruptions"};
  figure.is_half = true;
  return figure;
}

/// A bar per row of a table of parts, such as the phases of a step.
std::optional<PageFigure> parts_figure(const StoredReplay& run, const std::string& id,
                                       const std::string& column, const std::string& unit,
                                       const std::string& whole, const std::string& hue) {
  const auto rows = run.rows(id + ".csv");
  Table table(id, {Column("part", Type::Text, "Part"), Column(column, Type::Real, unit)});
  std::vector<std::pair<double, std::string>> ranked;
  for (const MeasuredRow& row : rows) {
    const double value = number_in(row, column, 0.0);
    if (value > 0.0) ranked.emplace_back(-value, std::string(cell(row, "part")));
  }
  if (ranked.empty()) return std::nullopt;
  double all = 0.0;
  std::ranges::stable_sort(ranked, {}, [](const auto& part) { return part.first; });
  for (const auto& [negative, part] : ranked) {
    table.add_row({part, -negative});
    all -= negative;
  }
  PageFigure figure{id,
                    Form::Bars,
                    fmt::format("The largest part of {} is {}: {}", whole, ranked.front().second,
                                percent_in_words(-ranked.front().first / all)),
                    "",
                    run.name() + "/tables/" + id + ".csv",
                    std::move(table),
                    {{column, unit, hue, false, "", ""}},
                    unit};
  figure.is_half = true;
  return figure;
}

PageFigure plan_figure(const std::vector<MeasuredRow>& rows, const std::string& name) {
  Table table("plan", {Column("what", Type::Text, "What"), Column("value", Type::Text, "Plan")});
  for (const MeasuredRow& row : rows) {
    table.add_row({std::string(cell(row, "what")), std::string(cell(row, "value"))});
  }
  return {"plan",
          Form::Listing,
          "The plan",
          "How the model lies over the devices.",
          name + "/tables/plan.csv",
          std::move(table),
          {}};
}

std::string plan_value(const std::vector<MeasuredRow>& plan, const std::string& what) {
  for (const MeasuredRow& row : plan) {
    if (cell(row, "what") == what) return std::string(cell(row, "value"));
  }
  return "";
}

}  // namespace

Page training_page(const StoredReplay& run) {
  const ToldRun told = told_run(run.path() / kTraceName);
  const auto interruptions = run.rows("interruptions.csv");
  const auto expected = run.rows("expected.csv");
  const auto plan = run.rows("plan.csv");
  const std::string name = run.name();
  const double kept = expected_share(expected, "kept").value_or(0.0);
  Page page;
  page.kicker = "Chokepoint training report";
  const std::string what =
      plan.empty() ? "The run"
                   : fmt::format("{} on {} {}", plan_value(plan, "model"),
                                 plan_value(plan, "devices"), plan_value(plan, "device"));
  page.headline = fmt::format(
      "{} is done in {:.1f} days with {} interruptions; {:.0f} % of the time "
      "is expected to be kept training",
      what, told.end_s / kDay, interruptions.size(), kept);
  page.question = run.record().question();
  page.about = replay_facts("a training run, played once", std::to_string(run.record().seed()),
                            run.record().program_version());
  const double trained = told.seconds.contains(pb::RunPhaseFact::TRAIN)
                             ? told.seconds.at(pb::RunPhaseFact::TRAIN)
                             : 0.0;
  page.keys = {{fmt::format("{:.1f} days", told.end_s / kDay), "from start to end", "this seed"},
               {percent_in_words(told.end_s > 0.0 ? trained / told.end_s : 0.0),
                "of the time in training", "what is lost later included"},
               {std::to_string(interruptions.size()), "interruptions", "this seed"},
               {fmt::format("{:.1f} %", kept), "kept, as expected", "over all such runs"}};
  page.figures.push_back(timeline_figure(told, name));
  page.figures.push_back(goodput_figure(interruptions, expected, name));
  page.figures.push_back(shares_figure(expected, name));
  page.figures.push_back(causes_figure(interruptions, name));
  if (auto step = parts_figure(run, "step", "time_ms", "ms of a step", "a step", "run")) {
    step->caption =
        "Where the time of one step goes, the mean device. Waiting in the pipeline is "
        "\"bubble\".";
    page.figures.push_back(std::move(*step));
  }
  if (auto memory = parts_figure(run, "memory", "memory_gib", "GiB a device", "the memory in use",
                                 "second")) {
    memory->caption = "Memory of the fullest device, by what fills it.";
    page.figures.push_back(std::move(*memory));
  }
  if (!plan.empty()) page.figures.push_back(plan_figure(plan, name));
  std::erase_if(page.figures, [](const PageFigure& figure) { return figure.data.is_empty(); });
  page.caveats = {
      "A conditional projection, not a forecast: failures are drawn from rates that others "
      "published, and one seed is one fate. Run with another --seed for another.",
      "Step and memory are estimates: `chokepoint validate training` says how far they are off."};
  if (told.is_truncated) page.caveats.push_back("The trace stops before the end of the run.");
  page.commands = made_again({command_that_made(run.record())}, "report " + run.path().string());
  return page;
}

}  // namespace chokepoint
