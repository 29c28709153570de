#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/study/causes/lever_laws.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// Laws of a table with a line of names: lever, paths (blanks between), from, steps (blanks
/// between), indicator, subjects, first, last, sign ("up", "strictly up", "down", "strictly down"),
/// scope. Throws std::runtime_error with the line of what is wrong.
std::vector<LeverLaw> read_lever_laws(std::string_view csv);

/// How many laws hold, and a table: what each lever moved, by how much over its steps (median over
/// draws and 5 to 95 %), its elasticity, and whether the law holds.
std::string lever_laws_text(const std::vector<LeverLaw>& laws,
                            const std::vector<LeverOutcome>& outcomes);

/// A row for each law: the lever and its first and last factor, what it must move and how, the
/// median over draws of the change and of the elasticity with their middle 90 %, and whether it
/// holds.
Table lever_laws_table(const std::vector<LeverLaw>& laws,
                       const std::vector<LeverOutcome>& outcomes);

}  // namespace chokepoint
