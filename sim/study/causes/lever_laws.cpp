#include "sim/study/causes/lever_laws.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "models/calendar.hpp"
#include "models/scoring/scores.hpp"
#include "sim/indicators/yearly.hpp"
#include "sim/scenario/text/path.hpp"
#include "sim/sweep/draw.hpp"
#include "sim/sweep/information_set.hpp"
#include "sim/sweep/replicas.hpp"

namespace chokepoint {

namespace {

constexpr double kRoundingShare = 2e-3;

// A range has been drawn from, and may end where the figure may not go.
void multiply(pb::Sourced& figure, double factor) {
  figure.set_value(figure.value() * factor);
  figure.clear_low();
  figure.clear_high();
}

void add_factor(pb::Curve& curve, const std::string& on, const pb::Sourced& factor) {
  auto* point = curve.add_factors();
  point->set_on(on);
  *point->mutable_value() = factor;
}

pb::Sourced chosen(double value) {
  pb::Sourced figure;
  figure.set_value(value);
  figure.set_source("scenario_prior");
  figure.set_confidence(pb::ESTIMATED);
  return figure;
}

// Steps up on the day, as a factor that is 1 on the day before.
void multiply_from(pb::Curve& curve, const std::string& day, double factor) {
  if (curve.factors_size() > 0) throw std::runtime_error("a curve with factors of its own");
  const auto on = parse_date(day);
  if (!on) throw std::runtime_error("no day: " + day);
  add_factor(curve, format_date(*on - std::chrono::days{1}), chosen(1.0));
  add_factor(curve, day, chosen(factor));
}

/// Multiplies what is at the end of a path, and counts how much that is.
class Multiplied {
public:
  Multiplied(const LeverLaw& law, double factor) : law_(law), factor_(factor) {}

  int at(Message& message, const std::vector<PathSegment>& steps, std::size_t next = 0) const {
    if (next == steps.size()) return figure(message);
    const auto* field = field_named(*message.GetDescriptor(), steps[next].field);
    if (field == nullptr) return 0;
    const auto* reflection = message.GetReflection();
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL && next + 1 == steps.size()) {
      reflection->SetBool(&message, field, factor_ != 0.0);
      return 1;
    }
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return 0;
    if (!field->is_repeated()) {
      if (!reflection->HasField(message, field)) return 0;
      return at(*reflection->MutableMessage(&message, field), steps, next + 1);
    }
    int found = 0;
    for (int i = 0; i < reflection->FieldSize(message, field); ++i) {
      Message& element = *reflection->MutableRepeatedMessage(&message, field, i);
      if (fits(steps[next].key.value_or("*"), key_of(message, *field, i)))
        found += at(element, steps, next + 1);
    }
    return found;
  }

private:
  int figure(Message& message) const {
    if (auto* sourced = dynamic_cast<pb::Sourced*>(&message)) {
      multiply(*sourced, factor_);
      return 1;
    }
    auto* curve = dynamic_cast<pb::Curve*>(&message);
    if (curve == nullptr) return 0;
    if (!law_.from.empty()) {
      multiply_from(*curve, law_.from, factor_);
      return 1;
    }
    for (auto& point : *curve->mutable_points()) multiply(*point.mutable_value(), factor_);
    return curve->points_size();
  }

  const LeverLaw& law_;
  double factor_;
};

double median_of(std::vector<double> values) {
  std::ranges::sort(values);
  return quantile(values, 0.5);
}

std::vector<double> medians_of(const LeverOutcome& outcome) {
  std::vector<double> medians;
  medians.reserve(outcome.sums.size());
  for (const auto& draws : outcome.sums) medians.push_back(median_of(draws));
  return medians;
}

bool counts(const LeverLaw& law, const YearlyKey& key) {
  return key.indicator == law.indicator && law.first <= key.year && key.year <= law.last &&
         fits(law.subjects, key.subject);
}

// What counts for the law in a draw, moved after it was drawn: a view of the world that a draw
// takes may write the figure anew.
pb::RunFigures found_in(pb::Scenario scenario, const LeverLaw& law, double factor, int draw) {
  Diagnostics wrong;
  write_draw(scenario, seed_of(scenario), draw, wrong);
  assert(!wrong.has_errors());  // A run that may be drawn has been composed with each view.
  const World world =
      world_from(composed_from(with_lever(std::move(scenario), law, factor), "a lever"), {});
  Figures figures = yearly_figures(world, ledger_of(world));
  std::erase_if(figures, [&](const auto& figure) { return !counts(law, figure.first); });
  pb::RunFigures found;
  add_yearly(figures, found);
  return found;
}

}  // namespace

bool fits(const std::string& pattern, const std::string& name) {
  bool is_wanted = false, has_wanted = false;
  std::istringstream in(pattern);
  for (std::string part; std::getline(in, part, ',');) {
    const bool is_left_out = part.starts_with('!');
    const bool matches = fnmatch(part.c_str() + (is_left_out ? 1 : 0), name.c_str(), 0) == 0;
    if (is_left_out && matches) return false;
    if (is_left_out) continue;
    has_wanted = true;
    is_wanted = is_wanted || matches;
  }
  return is_wanted || !has_wanted;
}

pb::Scenario with_lever(pb::Scenario scenario, const LeverLaw& law, double factor) {
  for (const auto& path : law.paths) {
    const auto steps = parse_path(path);
    if (!steps || Multiplied(law, factor).at(scenario, *steps) == 0) {
      throw std::runtime_error(law.name + ": " + path + " is no figure of " + scenario.name());
    }
  }
  return scenario;
}

double sum_of(const LeverLaw& law, const Figures& figures) {
  double sum = 0.0;
  for (const auto& [key, value] : figures) {
    if (counts(law, key)) sum += value;
  }
  return sum;
}

bool LeverOutcome::is_monotone(const LeverLaw& law) const {
  const auto medians = medians_of(*this);
  for (std::size_t i = 1; i < medians.size(); ++i) {
    const double more = (medians[i] - medians[i - 1]) * (law.rises ? 1.0 : -1.0);
    if (more < -kRoundingShare * std::abs(medians[i - 1])) return false;
  }
  return true;
}

bool LeverOutcome::is_strict(const LeverLaw& law) const {
  const auto medians = medians_of(*this);
  return law.rises ? medians.back() > medians.front() : medians.back() < medians.front();
}

bool LeverOutcome::holds(const LeverLaw& law) const {
  return is_monotone(law) && (!law.is_strict || is_strict(law));
}

std::vector<double> LeverOutcome::changes() const {
  std::vector<double> all;
  for (std::size_t draw = 0; draw < sums.front().size(); ++draw) {
    const double before = sums.front()[draw];
    if (before > 0.0) all.push_back(sums.back()[draw] / before - 1.0);
  }
  std::ranges::sort(all);
  return all;
}

std::vector<double> LeverOutcome::elasticities(const LeverLaw& law) const {
  std::vector<double> all;
  if (law.steps.front() <= 0.0) return all;
  const double moved = std::log(law.steps.back() / law.steps.front());
  for (const double change : changes()) {
    if (change > -1.0) all.push_back(std::log1p(change) / moved);
  }
  return all;
}

std::vector<LeverOutcome> lever_outcomes(const pb::Scenario& scenario,
                                         const std::vector<LeverLaw>& laws, int draws, int workers,
                                         const std::function<void(int done, int all)>& told) {
  struct Planned {
    std::size_t law, step;
    int draw;
  };
  std::vector<Planned> plan;
  for (std::size_t law = 0; law < laws.size(); ++law) {
    for (std::size_t step = 0; step < laws[law].steps.size(); ++step) {
      for (int draw = std::min(draws, 1); draw <= draws; ++draw) plan.push_back({law, step, draw});
    }
  }
  const int all = static_cast<int>(plan.size());
  const auto run = [&](int i) {
    const auto& [law, step, draw] = plan[static_cast<std::size_t>(i)];
    return found_in(scenario, laws[law], laws[law].steps[step], draw);
  };
  const auto found = run_replicas(all, workers, run, [&](int done) { told(done, all); });
  std::vector<LeverOutcome> outcomes(laws.size());
  for (std::size_t law = 0; law < laws.size(); ++law) {
    outcomes[law].sums.resize(laws[law].steps.size());
  }
  for (std::size_t i = 0; i < plan.size(); ++i) {
    const auto& [law, step, _] = plan[i];
    outcomes[law].sums[step].push_back(sum_of(laws[law], yearly_in(found[i])));
  }
  return outcomes;
}

}  // namespace chokepoint
