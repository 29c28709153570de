#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/world.hpp"
#include "sim/indicators/figures.hpp"
#include "sim/indicators/run_account.hpp"
#include "sim/study/causes/indicator_question.hpp"
#include "sim/study/causes/obstacles.hpp"
#include "tools/print/json_value.hpp"

// What `why` answers, by what it is asked; each in the source of its name.

namespace chokepoint {

/// Whose deliveries are asked about, and when.
struct Question {
  std::string subject;  ///< A device, or "all".
  std::string period;   ///< A month, YYYY-MM, or a year.
};

/// What was ordered and delivered of the subject in the period, and what held the rest back,
/// greatest first: rules with the government that they belong to, and shortages with the component
/// and the stage that bound the making, in how many months of a year. Nothing where the run knows
/// no such subject.
std::optional<std::string> reasons_text(const RunAccount& run, const Question& question);
/// The same for programs, schema "chokepoint.why/1".
std::optional<JsonValue> reasons_json(const RunAccount& run, const Question& question);

/// What an indicator was, and what held its devices back.
struct IndicatorReasons {
  YearlyKey key;
  Period period;
  std::optional<double> value, before;  ///< In the period, and in that before it.
  std::vector<Obstacle> obstacles;      ///< As ObstacleFinder has them.
};

/// Answers from a run, of which `world` is the world: years from `yearly`, its figures by year,
/// months and what held back from `trace`. Only what is of the run's years has an answer.
std::variant<IndicatorReasons, NoAnswer> indicator_reasons(const std::filesystem::path& trace,
                                                           const Figures& yearly,
                                                           const World& world,
                                                           const IndicatorQuestion& question);

/// For people: the indicator, a row for each obstacle, and what the rules among them say and cite.
std::string indicator_reasons_text(const IndicatorReasons& reasons, const World& world);

/// The same for programs, schema "chokepoint.why/1"; rules by name.
JsonValue indicator_reasons_json(const IndicatorReasons& reasons, const World& world);

/// The world of the run of which `trace` is the trace. Throws std::runtime_error as TraceReader
/// does.
World world_of_run(const std::filesystem::path& trace);

/// Why kinds of devices share out as they do among mainland buyers, by work: what a package is by
/// its roof, what its stack attains of that, what it costs, what governments let through and
/// vendors deliver; then each kind against the one that most is spent on, and what work it is
/// better at. Nothing where nobody weighed anything in `year`.
std::optional<std::string> kinds_text(const World& world, const Figures& yearly, int year);
/// The table of that for programs, schema "chokepoint.why.kinds/1".
std::optional<JsonValue> kinds_json(const World& world, const Figures& yearly, int year);

}  // namespace chokepoint
