#include "tools/report/study/lever_laws_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "models/scoring/scores.hpp"
#include "sim/measure/measured_table.hpp"
#include "tools/print/table.hpp"
#include "tools/report/yearly_table.hpp"

namespace chokepoint {

namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::istringstream in{std::string(text)};
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

std::string complaint_of(const LeverLaw& law, std::string_view sign) {
  if (law.name.empty()) return "no lever";
  if (law.paths.empty()) return "no paths";
  if (law.steps.size() < 2 || !std::ranges::is_sorted(law.steps))
    return "steps are two or more, rising";
  if (law.steps.front() < 0.0) return "a step is below 0";
  if (law.first > law.last) return "the first year is after the last";
  if (!sign.ends_with("up") && !sign.ends_with("down")) return "sign ends with up or down";
  return {};
}

LeverLaw law_in(const MeasuredRow& row) {
  LeverLaw law;
  law.name = cell(row, "lever");
  law.paths = words_of(cell(row, "paths"));
  law.from = cell(row, "from");
  const auto steps = words_of(cell(row, "steps"));
  law.steps.reserve(steps.size());
  for (const auto& step : steps) law.steps.push_back(std::stod(step));
  law.indicator = cell(row, "indicator");
  law.subjects = cell(row, "subjects");
  law.first = static_cast<int>(number_in(row, "first", 0));
  law.last = static_cast<int>(number_in(row, "last", -1));
  law.rises = cell(row, "sign").ends_with("up");
  law.is_strict = cell(row, "sign").starts_with("strictly");
  law.scope = cell(row, "scope");
  return law;
}

/// "median [low, high]".
std::string band(const std::vector<double>& rising, double scale, const char* unit) {
  if (rising.empty()) return "-";
  const auto at = [&](double share) { return quantile(rising, share) * scale; };
  if (rising.size() == 1) return fmt::format("{:+.2f}{}", at(0.5), unit);
  return fmt::format("{:+.2f}{} [{:+.2f}, {:+.2f}]", at(0.5), unit, at(kTail), at(1.0 - kTail));
}

std::string sign_of(const LeverLaw& law) {
  return std::string(law.is_strict ? "strictly " : "") + (law.rises ? "up" : "down");
}

}  // namespace

std::vector<LeverLaw> read_lever_laws(std::string_view csv) {
  const auto lines = lines_of_rows(csv);
  std::vector<LeverLaw> laws;
  laws.reserve(lines.size());
  for (const MeasuredRow& row : read_measured_table(csv)) {
    const std::string line = fmt::format("line {}: ", lines[laws.size()]);
    try {
      laws.push_back(law_in(row));
    } catch (const std::logic_error&) {
      throw std::runtime_error(line + "steps are numbers");
    }
    const std::string complaint = complaint_of(laws.back(), cell(row, "sign"));
    if (!complaint.empty()) throw std::runtime_error(line + complaint);
  }
  if (laws.empty()) throw std::runtime_error("no laws");
  return laws;
}

std::string lever_laws_text(const std::vector<LeverLaw>& laws,
                            const std::vector<LeverOutcome>& outcomes) {
  Table table("levers",
              {"lever", "times", "moves", "years", "change", "elasticity", "must", "law"});
  std::size_t holding = 0;
  for (std::size_t i = 0; i < laws.size(); ++i) {
    const LeverLaw& law = laws[i];
    const LeverOutcome& outcome = outcomes[i];
    const bool holds = outcome.holds(law);
    holding += holds ? 1 : 0;
    table.add_row({law.name, fmt::format("{} to {}", law.steps.front(), law.steps.back()),
                   fmt::format("{} of {}", law.indicator, law.subjects),
                   fmt::format("{}-{}", law.first, law.last), band(outcome.changes(), 100.0, " %"),
                   band(outcome.elasticities(law), 1.0, ""), sign_of(law),
                   std::string(holds ? "holds" : "broken")});
  }
  return fmt::format("{} of {} laws hold in the median of {} draws\n\n{}", holding, laws.size(),
                     outcomes.front().sums.front().size(), to_text(table));
}

Table lever_laws_table(const std::vector<LeverLaw>& laws,
                       const std::vector<LeverOutcome>& outcomes) {
  std::vector<Column> columns = {{"lever", Type::Text},     {"from_factor", Type::Real},
                                 {"to_factor", Type::Real}, {"indicator", Type::Text},
                                 {"subjects", Type::Text},  {"first_year", Type::Count},
                                 {"last_year", Type::Count}};
  for (const char* name : {"change_median_share", "change_low_share", "change_high_share",
                           "elasticity_median", "elasticity_low", "elasticity_high"}) {
    columns.emplace_back(name, Type::Real);
  }
  columns.emplace_back("must", Type::Text);
  columns.emplace_back("holds", Type::YesNo);
  Table table("levers", std::move(columns));
  for (std::size_t i = 0; i < laws.size(); ++i) {
    const LeverLaw& law = laws[i];
    std::vector<Cell> cells = {law.name,     law.steps.front(), law.steps.back(), law.indicator,
                               law.subjects, law.first,         law.last};
    for (const auto& rising : {outcomes[i].changes(), outcomes[i].elasticities(law)}) {
      for (const double share : {0.5, kTail, 1.0 - kTail}) {
        cells.push_back(rising.empty() ? Cell() : Cell(quantile(rising, share)));
      }
    }
    cells.insert(cells.end(), {sign_of(law), outcomes[i].holds(law)});
    table.add_row(std::move(cells));
  }
  return table;
}

}  // namespace chokepoint
