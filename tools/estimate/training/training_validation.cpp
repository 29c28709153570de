#include "tools/estimate/training/training_validation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "tools/estimate/training/training_answer.hpp"
#include "tools/print/number_format.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

using KeyOf = std::function<std::string(const TrainingCase&)>;
using IsIn = std::function<bool(const TrainingCase&)>;

constexpr int kFewRows = 5;
constexpr std::size_t kWidestSource = 48;

std::string device_of_run(const TrainingCase& one) {
  return one.device_name;
}
std::string version_of_run(const TrainingCase& one) {
  return one.version;
}
std::string group_of_run(const TrainingCase& one) {
  return one.group;
}
// Of a source as it is written, its repository or paper: what stands before file, version or note.
std::string source_of_run(const TrainingCase& one) {
  const std::string_view source = one.source;
  const auto slash = source.find('/'), space = source.find(' ');
  const bool is_paper = space < slash;
  const auto end = is_paper ? source.find(" (") : source.find_first_of(": @(");
  return std::string(source.substr(0, std::min<std::size_t>(end, kWidestSource)));
}

std::set<std::string> keys_of(std::span<const PredictedTraining> runs, const KeyOf& key) {
  std::set<std::string> keys;
  for (const auto& one : runs) keys.insert(key(*one.known));
  return keys;
}

TrainingError error_of(const std::string& left_out, const std::string& of,
                       std::span<const PredictedTraining> runs, const IsIn& is_in) {
  const ErrorSummary errors = training_errors(runs, is_in);
  return {left_out,      of,         errors.count,
          errors.median, errors.p90, std::expm1(training_bias(runs, is_in))};
}

TrainingError macro_of(const std::string& left_out, const std::string& of,
                       std::span<const PredictedTraining> runs, const KeyOf& key) {
  const ErrorSummary mean = macro_errors(runs, key);
  return {left_out, of, mean.count, mean.median, mean.p90, 0};
}

bool has_experts(const TrainingCase& one) {
  return one.model.experts > 0;
}

// Never "-0.0 %".
std::string signed_percent(double share) {
  const double tenths = std::round(1000 * share) / 10;
  return fmt::format("{:+.1f} %", tenths == 0 ? 0.0 : tenths);
}

Table error_table(const char* name, std::span<const TrainingError> errors, bool with_left_out) {
  Table table(
      name, {Column("left out", Type::Text), Column("of", Type::Text), Column("runs", Type::Count),
             Column("median", Type::Text), Column("p90", Type::Text), Column("bias", Type::Text)});
  for (const TrainingError& one : errors) {
    table.add_row({one.basis, one.of, one.count, format_share<1>(one.median),
                   format_share<1>(one.p90), signed_percent(one.bias)});
  }
  return with_left_out ? table : table.without({"left out"});
}

// Runs of one plan on one device by one version, measured more than once.
std::string repeats_words(std::span<const TrainingCase> cases) {
  std::map<std::string, std::vector<double>> times;
  for (const TrainingCase& one : cases) {
    if (!one.is_known() || !one.step) continue;
    const auto& m = one.model;
    times[fmt::format("{} {} {} {} {} {} {} {} {} {}", one.device_name, one.version, m.layers,
                      m.hidden, m.heads, m.ffn, m.vocabulary, plan_text(one.plan),
                      one.plan.recomputed_share, one.plan.sharded)]
        .push_back(one.step->value);
  }
  std::vector<double> apart;
  for (const auto& [key, all] : times) {
    for (std::size_t i = 1; i < all.size(); ++i) apart.push_back(std::abs(all[i] / all[0] - 1));
  }
  const ErrorSummary spread = summary_of(std::move(apart));
  return fmt::format(
      "repeated runs of one plan differ by {} in the median, {} in one of ten ({} pairs)\n",
      format_share<1>(spread.median), format_share<1>(spread.p90), spread.count);
}

struct MemoryErrors {
  ErrorSummary all, usual;  // The latter without rings of context parallelism and H200.
  int ran = 0, refused = 0;
};

MemoryErrors memory_errors(std::span<const TrainingCase> cases, const TrainingFigures& figures) {
  std::vector<double> all, usual;
  int ran = 0, refused = 0;
  for (const TrainingCase& one : cases) {
    if (!one.is_known() || !one.step) continue;
    const TrainingMemory memory = training_memory(one.system(figures), one.plan);
    ++ran;
    if (memory.fit() == TrainingFit::No) ++refused;
    if (!one.memory) continue;
    const double error = std::abs(one.counted(memory) / *one.memory - 1);
    all.push_back(error);
    if (one.plan.context == 1 && one.device_name != "nv_h200") usual.push_back(error);
  }
  return {summary_of(std::move(all)), summary_of(std::move(usual)), ran, refused};
}

std::string memory_words(std::span<const TrainingCase> cases, const TrainingFigures& figures) {
  const auto [every, most, ran, refused] = memory_errors(cases, figures);
  return fmt::format(
      "memory of {} runs: median {}, p90 {}\n"
      "  but context parallelism and H200, {} runs: {}, {}\n"
      "  {} of {} that ran are refused\n",
      every.count, format_share<1>(every.median), format_share<1>(every.p90), most.count,
      format_share<1>(most.median), format_share<1>(most.p90), refused, ran);
}

std::string figures_words(const TrainingFigures& figures) {
  const auto few = std::ranges::count_if(
      figures.all(), [](const TrainingFigure& one) { return one.rows < kFewRows; });
  return fmt::format("{} figures, {} of them with fewer than {} rows behind them\n",
                     figures.all().size(), few, kFewRows);
}

std::string worst_words(std::vector<PredictedTraining> runs, std::size_t most) {
  std::ranges::stable_sort(runs, [](const auto& a, const auto& b) {
    return std::abs(a.log_error()) > std::abs(b.log_error());
  });
  Table table("worst", {Column("run", Type::Text), Column("measured_s", Type::Real),
                        Column("predicted_s", Type::Real), Column("error", Type::Text)});
  for (std::size_t i = 0; i < std::min(most, runs.size()); ++i) {
    const PredictedTraining& one = runs[i];
    table.add_row({one.known->id, one.known->step->value, one.step.value,
                   signed_percent(std::expm1(one.log_error()))});
  }
  return to_text(table);
}

struct ValidatedTraining {
  std::vector<TrainingCase> cases;
  std::vector<PredictedTraining> fitted, others;
};

// Predictions refer to cases.
ValidatedTraining validated_training(std::string_view csv, const TrainingWorld& world) {
  ValidatedTraining made{training_cases(read_measured_table(csv), world.catalog()), {}, {}};
  for (const TrainingCase& one : made.cases) {
    if (!one.is_known() || !one.step) continue;
    (is_fitted_to(one) ? made.fitted : made.others)
        .push_back({&one, predicted_step(one, world.figures)});
  }
  return made;
}

/// An error for each value of the key.
void add_errors_by(const KeyOf& key, const std::string& left_out,
                   std::span<const PredictedTraining> predicted, std::vector<TrainingError>& into) {
  for (const std::string& each : keys_of(predicted, key)) {
    into.push_back(error_of(left_out, each, predicted,
                            [&](const TrainingCase& one) { return key(one) == each; }));
  }
}

// Those of the table that are left out, and of a table that is for validation alone.
std::string never_fitted_words(std::span<const PredictedTraining> left_out,
                               std::string_view held_out, const TrainingWorld& world) {
  const ValidatedTraining others = validated_training(held_out, world);
  const auto all = [](const TrainingCase&) { return true; };
  std::vector<TrainingError> errors;
  if (!left_out.empty()) errors.push_back(error_of("", "left out of the table", left_out, all));
  add_errors_by(version_of_run, "", others.others, errors);
  std::string text = to_text(error_table("never_fitted", errors, false));
  const auto [memory, usual, ran, refused] = memory_errors(others.cases, world.figures);
  text += fmt::format("memory of {} of them: median {}, p90 {}; {} of {} that ran are refused\n",
                      memory.count, format_share<1>(memory.median), format_share<1>(memory.p90),
                      refused, ran);
  for (const TrainingCase& one : others.cases) {
    if (!one.is_known()) text += "not predicted: " + one.id + ": " + one.reason + "\n";
  }
  return text;
}

}  // namespace

std::vector<TrainingError> summarized(const std::string& left_out,
                                      std::span<const PredictedTraining> predicted) {
  const auto all = [](const TrainingCase&) { return true; };
  std::vector<TrainingError> errors = {
      error_of(left_out, "all", predicted, all),
      error_of(left_out, "experts", predicted, has_experts),
      error_of(left_out, "no experts", predicted, std::not_fn(has_experts)),
      error_of(left_out, "no fp4 devices", predicted,
               [](const TrainingCase& one) { return !one.device->peaks.fp4; }),
      macro_of(left_out, "mean of devices", predicted, device_of_run),
      macro_of(left_out, "mean of groups", predicted, group_of_run)};
  add_errors_by(device_of_run, left_out, predicted, errors);
  add_errors_by(version_of_run, left_out, predicted, errors);
  return errors;
}

TrainingCalibration calibrated(std::span<const TrainingCase> cases,
                               const std::function<void(const std::string&)>& told) {
  std::vector<const TrainingCase*> fitted_to;
  for (const TrainingCase& one : cases) {
    if (is_fitted_to(one)) fitted_to.push_back(&one);
  }
  TrainingFitting how;
  how.with_spread = true;
  told("nothing");
  TrainingCalibration made{fit_training(fitted_to, how), {}};
  made.errors = summarized("nothing", predict_training(fitted_to, made.fitted.figures));
  how.with_spread = false;
  const std::pair<const char*, KeyOf> rounds[] = {
      {"group", group_of_run}, {"stack", version_of_run}, {"device", device_of_run}};
  for (const auto& [left_out, key] : rounds) {
    told(left_out);
    const auto of_round = summarized(left_out, predict_training_left_out(fitted_to, key, how));
    made.errors.insert(made.errors.end(), of_round.begin(), of_round.end());
  }
  return made;
}

std::string training_validation_text(std::string_view csv, std::string_view held_out,
                                     const TrainingWorld& world, std::size_t worst) {
  const ValidatedTraining runs = validated_training(csv, world);
  std::vector<TrainingError> now = summarized("nothing", runs.fitted), left_out;
  add_errors_by(source_of_run, "nothing", runs.fitted, now);
  for (const TrainingError& one : world.errors) {
    if (one.basis != "nothing") left_out.push_back(one);
  }
  std::string text = "fitted to these runs\n" + to_text(error_table("errors", now, false)) +
                     "\nfitted without some of them, each in turn\n" +
                     to_text(error_table("left_out", left_out, true)) + "\n" +
                     figures_words(world.figures) + repeats_words(runs.cases) +
                     memory_words(runs.cases, world.figures);
  text += "\nnever fitted\n" + never_fitted_words(runs.others, held_out, world);
  text += "\nworst\n" + worst_words(runs.fitted, worst);
  for (const TrainingCase& one : runs.cases) {
    if (!one.is_known()) text += "not predicted: " + one.id + ": " + one.reason + "\n";
  }
  return text;
}

Table training_validation_table(std::string_view csv, const TrainingWorld& world) {
  Table table(
      "runs",
      {Column("id", Type::Text), Column("chip_id", Type::Text), Column("stack_version", Type::Text),
       Column("group", Type::Text), Column("iteration_time_s", Type::Real),
       Column("predicted_iteration_time_s", Type::Real), Column("error", Type::Real),
       Column("memory_gib", Type::Real), Column("predicted_memory_gib", Type::Real),
       Column("feasible", Type::Text), Column("left_out", Type::Text)});
  for (const TrainingCase& one : training_cases(read_measured_table(csv), world.catalog())) {
    std::vector<Cell> cells = {one.id, one.device_name, one.version, one.group,
                               one.step ? Cell(one.step->value) : Cell()};
    if (one.is_known()) {
      const TrainingMemory memory = training_memory(one.system(world.figures), one.plan);
      const Seconds step = predicted_step(one, world.figures);
      cells.insert(cells.end(), {step.value, one.step ? Cell(step / *one.step - 1) : Cell(),
                                 one.memory ? Cell(one.memory->value / kBytesPerGib) : Cell(),
                                 one.counted(memory).value / kBytesPerGib,
                                 std::string(name(memory.fit())), one.left_out});
    } else {
      cells.insert(cells.end(), {Cell(), Cell(), Cell(), Cell(), Cell(), one.reason});
    }
    table.add_row(std::move(cells));
  }
  return table;
}

}  // namespace chokepoint
