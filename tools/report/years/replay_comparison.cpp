#include "tools/report/years/replay_comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/measure/measured_table.hpp"
#include "sim/scenario/text/characters.hpp"
#include "tools/print/number_format.hpp"
#include "tools/report/yearly_table.hpp"

namespace chokepoint {
namespace {

constexpr std::string_view kFigureColumn = "figure";
constexpr std::size_t kLongestReplayName = 20;

/// A unit by the ending of a figure's name.
struct EndingUnit {
  std::string_view ending, unit;
};
constexpr EndingUnit kEndingUnits[] = {
    {"_per_s", "1/s"},
    {"_tok_s", "tokens/s"},
    {"_ms", "ms"},
    {"_s", "s"},
    {"_pct", "%"},
    {"_kwh", "kWh"},
    {"_mwh", "MWh"},
    {"_days", "days"},
    {"_share", "share"},
    {"_hours", "hours"},
    {"_tokens", "USD per 1e6 tokens"},
    {"usd", "USD"},
};

std::string unit_by_ending(std::string_view name) {
  for (const auto& [ending, unit] : kEndingUnits) {
    if (name.ends_with(ending)) return std::string(unit);
  }
  return "";
}

const Indicator* same_figure(const ReplayFigures& replay, const Indicator& like) {
  for (const Indicator& one : replay.figures) {
    if (one.name == like.name && one.subject == like.subject) return &one;
  }
  return nullptr;
}

AnsweredRun answered_replay(const ReplayFigures& replay) {
  AnsweredRun run;
  run.yearly.name = replay.name;
  run.whole = replay.figures;
  return run;
}

std::vector<AnsweredRun> answered_replays(const std::vector<ReplayFigures>& replays) {
  std::vector<AnsweredRun> answered;
  for (const ReplayFigures& replay : replays) answered.push_back(answered_replay(replay));
  return answered;
}

std::string replayed_text(const std::vector<ReplayFigures>& replays) {
  std::string text;
  for (const ReplayFigures& replay : replays) {
    text += fmt::format("  {}: {}", replay.name, replay.scenario);
    if (!replay.log.empty()) text += ", log " + printable(replay.log);
    for (const std::string& set : replay.set) text += ", " + printable(set);
    text += "\n";
  }
  return text;
}

std::string cut_replay_name(const std::string& name) {
  return name.size() <= kLongestReplayName ? name : name.substr(0, kLongestReplayName - 2) + "..";
}

}  // namespace

ReplayFigures replay_figures(const std::string& name, const std::string& csv) {
  ReplayFigures replay;
  replay.name = name;
  auto columns = columns_of_table(csv);
  std::erase(columns, kFigureColumn);
  for (const MeasuredRow& row : read_measured_table(csv)) {
    for (const std::string& column : columns) {
      if (cell(row, column).empty()) continue;
      const double value = number_in(row, column, NAN);
      if (!std::isfinite(value)) continue;
      const std::string figure(cell(row, kFigureColumn));
      replay.figures.push_back(
          {figure, "", columns.size() > 1 ? column : "", unit_by_ending(figure), value});
    }
  }
  return replay;
}

Table replay_comparison_table(const std::vector<ReplayFigures>& replays) {
  Table table("differences",
              {"run", "baseline", "figure", "subject", "unit", Column("baseline_value", Type::Real),
               Column("value", Type::Real), Column("difference", Type::Real),
               Column("difference_percent", Type::Real)});
  const ReplayFigures& base = replays.front();
  for (std::size_t i = 1; i < replays.size(); ++i) {
    for (const Indicator& before : base.figures) {
      const Indicator* after = same_figure(replays[i], before);
      if (after == nullptr) continue;
      const double difference = after->value - before.value;
      table.add_row({replays[i].name, base.name, before.name, before.subject, before.unit,
                     before.value, after->value, difference,
                     before.value == 0.0 ? Cell() : Cell(100.0 * difference / before.value)});
    }
  }
  return table;
}

std::string replay_comparison_text(const std::vector<ReplayFigures>& replays) {
  const ReplayFigures& base = replays.front();
  std::string text = answer_text(answer(answered_replays(replays)));
  text += "\nCompared\n" + replayed_text(replays) + "\n";
  for (std::size_t i = 1; i < replays.size(); ++i) {
    Table table("differences", {Column("figure", Type::Text), Column("unit", Type::Text),
                                Column("base", Type::Real, cut_replay_name(base.name)),
                                Column("run", Type::Real, cut_replay_name(replays[i].name)),
                                Column("change", Type::Real, "%", format_percent)});
    for (const Indicator& before : base.figures) {
      const Indicator* after = same_figure(replays[i], before);
      if (after == nullptr || (before.value == 0.0 && after->value == 0.0)) continue;
      const std::string of = before.subject.empty() ? "" : " " + before.subject;
      table.add_row({before.name + of, before.unit, before.value, after->value,
                     before.value == 0.0
                         ? Cell()
                         : Cell(100.0 * (after->value - before.value) / before.value)});
    }
    text += (i > 1 ? "\n" : "") + to_text(table);
  }
  return text;
}

JsonValue replay_comparison_json(const std::vector<ReplayFigures>& replays) {
  JsonValue runs = JsonValue::list();
  for (const ReplayFigures& replay : replays) {
    runs.push(JsonValue::object()
                  .add("run", replay.name)
                  .add("scenario", replay.scenario)
                  .add("log", replay.log)
                  .add("set", JsonValue::list(replay.set)));
  }
  return JsonValue::object()
      .add("schema", "chokepoint.compare.replays/1")
      .add("answer", answer_json(answer(answered_replays(replays))))
      .add("runs", std::move(runs))
      .add("figures", to_json(replay_comparison_table(replays)));
}

}  // namespace chokepoint
