#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "models/world.hpp"
#include "sim/indicators/figures.hpp"
#include "sim/study/causes/indicator_question.hpp"
#include "sim/study/causes/obstacles.hpp"

namespace chokepoint {

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

/// The world of the run of which `trace` is the trace. Throws std::runtime_error as TraceReader
/// does.
World world_of_run(const std::filesystem::path& trace);

}  // namespace chokepoint
