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

/// Answers from the folder of a run, of which `world` is the world: years from its yearly table,
/// months and what held back from its trace. Only what is of the run's years has an answer.
std::variant<IndicatorReasons, NoAnswer> indicator_reasons(const std::filesystem::path& directory,
                                                           const World& world,
                                                           const IndicatorQuestion& question);

/// For people: the indicator, a row for each obstacle, and what the rules among them say and cite.
std::string indicator_reasons_text(const IndicatorReasons& reasons, const World& world);

/// The world of the run in `directory`, as its trace holds it. Throws std::runtime_error where it
/// holds none.
World world_of_run(const std::filesystem::path& directory);

/// The indicators of the years of the run in `directory`; empty where it has no table of them.
Figures yearly_table_in(const std::filesystem::path& directory);

}  // namespace chokepoint
