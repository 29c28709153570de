#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/units.hpp"
#include "tools/estimate/own_serving.hpp"
#include "tools/print/number_format.hpp"
#include "tools/print/table.hpp"
#include "tools/report/serving_errors_text.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kFewRuns = 8;
constexpr double kWeightsDiffer = 0.05;
constexpr double kFar = 2;  // Spreads of a prior.

const char* identified_word(Identified identified) {
  constexpr const char* kWords[] = {"stays prior", "weakly", "well"};
  return kWords[static_cast<std::size_t>(identified)];
}

Table coefficient_table(const OwnFit& fit, bool all) {
  Table table(
      "coefficients",
      {Column("coefficient", Type::Text), Column("before", Type::Text), Column("after", Type::Text),
       Column("range", Type::Text, "5 % .. 95 %"), Column("unit", Type::Text),
       Column("identified", Type::Text), Column("spread", Type::Text, "spread of prior")});
  for (const OwnCoefficient& one : fit.coefficients) {
    const bool stays = one.identified == Identified::No;
    if (stays && !all) continue;
    table.add_row({std::string(one.info->name), fmt::format("{:.4g}", one.before),
                   stays ? std::string("=") : fmt::format("{:.4g}", one.after),
                   stays ? std::string() : fmt::format("{:.4g} .. {:.4g}", one.low(), one.high()),
                   std::string(one.info->unit), identified_word(one.identified),
                   format_share(one.spread / one.prior_spread)});
  }
  return table;
}

std::string error_cell(const ErrorSummary& errors) {
  return errors.count == 0 ? "-"
                           : format_share<1>(errors.median) + " / " + format_share<1>(errors.p90);
}

bool is_any(const ExperimentCase&) {
  return true;
}

Table error_table(const OwnFit& fit) {
  Table table("errors", {Column("metric", Type::Text), Column("runs", Type::Count),
                         Column("before", Type::Text), Column("after", Type::Text),
                         Column("left_out", Type::Text, "left out")});
  for (const ServingMetric metric : kMetricsOfServing) {
    const ErrorSummary before = errors_of(fit.predicted_before, metric, is_any);
    if (before.count == 0) continue;
    table.add_row({metric_name(metric), before.count, error_cell(before),
                   error_cell(errors_of(fit.predicted_after, metric, is_any)),
                   error_cell(errors_of(fit.left_out, metric, is_any))});
  }
  return table;
}

Table cache_table(const OwnServing& own, const OwnEngine& engine) {
  Table table("memory", {Column("start", Type::Text), Column("what", Type::Text),
                         Column("stated", Type::Text), Column("before", Type::Text),
                         Column("after", Type::Text)});
  for (const ExperimentCase* one : engine.cases) {
    const LoggedExperiment& run = own.runs[static_cast<std::size_t>(one - own.cases.data())];
    if (const auto& stated = one->experiment.kv_tokens) {
      table.add_row({one->experiment.id, "tokens of cache", format_value(stated->value),
                     format_value(kv_tokens_of(*one, engine.fit.before).value),
                     format_value(kv_tokens_of(*one, engine.fit.after).value)});
    }
    if (run.weights) {
      const double computed = memory_of(*one, engine.fit.before).weights.value / kBytesPerGib;
      table.add_row({one->experiment.id, "GiB of weights",
                     format_value(run.weights->value / kBytesPerGib), format_value(computed),
                     format_value(computed)});
    }
  }
  return table;
}

Table run_table(const OwnFit& fit) {
  Table table("runs", {Column("run", Type::Text), Column("metric", Type::Text),
                       Column("measured", Type::Text), Column("before", Type::Text),
                       Column("after", Type::Text)});
  for (std::size_t i = 0; i < fit.predicted_after.size(); ++i) {
    const ExperimentCase& one = *fit.predicted_after[i].known;
    for (const ServingMetric metric : kMetricsOfServing) {
      const auto value = measured(one.experiment, metric);
      if (!value) continue;
      const double per = metric == ServingMetric::OutputRate ? 1.0 : 1e3;
      const auto shown = [&](double seconds) { return format_value(seconds * per); };
      table.add_row({one.experiment.id,
                     metric == ServingMetric::OutputRate
                         ? "tokens/s"
                         : fmt::format("{}, ms", metric_name(metric)),
                     shown(*value), shown(value_of(fit.predicted_before[i].state, metric)),
                     shown(value_of(fit.predicted_after[i].state, metric))});
    }
  }
  return table;
}

/// Who uses a new engine.
std::string use_text(const OwnEngine& engine) {
  if (!engine.is_new || !engine.fit.is_anything_identified()) return {};
  const std::string& device = engine.cases.front()->experiment.device;
  return engine.takes_stack
             ? fmt::format("estimates assume it on devices of the stack of {}\n", device)
             : fmt::format("estimates take it where --engine {} asks for it\n", engine.name);
}

std::string few_text(const OwnEngine& engine) {
  const std::size_t runs = engine.cases.size();
  if (runs >= kFewRuns) return {};
  return fmt::format(
      "only {} run{}: other loads, models and numbers of devices may differ more than this says\n",
      runs, runs == 1 ? "" : "s");
}

std::string weights_text(const OwnServing& own, const OwnEngine& engine) {
  for (const ExperimentCase* one : engine.cases) {
    const LoggedExperiment& run = own.runs[static_cast<std::size_t>(one - own.cases.data())];
    if (!run.weights) continue;
    const double ratio = memory_of(*one, engine.fit.before).weights / *run.weights;
    if (std::abs(ratio - 1) > kWeightsDiffer) {
      return "weights differ from what was loaded: look at --model, --precision and --tp\n";
    }
  }
  return {};
}

/// Where runs that were left out are predicted worse than by the catalogue.
std::string carries_over_text(const OwnFit& fit) {
  std::string text;
  for (const ServingMetric metric : kMetricsOfServing) {
    const ErrorSummary before = errors_of(fit.predicted_before, metric, is_any);
    const ErrorSummary left_out = errors_of(fit.left_out, metric, is_any);
    if (left_out.count == 0 || left_out.median <= before.median) continue;
    text += fmt::format(
        "{} of runs left out is predicted worse than by the catalogue: these runs "
        "say little about others\n",
        metric_name(metric));
  }
  return text;
}

/// Coefficients that moved beyond what their priors thought possible.
std::string far_text(const OwnFit& fit) {
  std::string text;
  for (const OwnCoefficient& one : fit.coefficients) {
    if (std::abs(std::log(one.after / one.before)) <= kFar * one.prior_spread) continue;
    text += fmt::format(
        "{} moved by more than {:.0f} spreads of its prior: perhaps something else "
        "ran than was stated\n",
        one.info->name, kFar);
  }
  return text;
}

std::string engine_text(const OwnServing& own, const OwnEngine& engine, bool all) {
  const OwnFit& fit = engine.fit;
  const auto stays =
      std::count_if(fit.coefficients.begin(), fit.coefficients.end(),
                    [](const OwnCoefficient& one) { return one.identified == Identified::No; });
  std::string text =
      fmt::format("{}: {} run{}, from the coefficients of {}\n\n", engine.name, engine.cases.size(),
                  engine.cases.size() == 1 ? "" : "s", engine.started);
  const Table coefficients = coefficient_table(fit, all);
  if (!coefficients.is_empty()) text += to_text(coefficients);
  text += fmt::format(
      "{} of {} coefficients stay prior: these data say less about them than the "
      "catalogue\n",
      stays, fit.coefficients.size());
  text += use_text(engine);
  const Table errors = error_table(fit);
  if (!errors.is_empty()) {
    text +=
        "\n" + to_text(errors) +
        fmt::format("median / 90th percentile of |predicted / measured - 1|; left out: {}\n",
                    fit.parts == 0 ? std::string("one run leaves none")
                                   : fmt::format("fitted without them, in {} parts", fit.parts));
  }
  const Table memory = cache_table(own, engine);
  if (!memory.is_empty()) text += "\n" + to_text(memory);
  if (all) text += "\n" + to_text(run_table(fit));
  const std::string wary =
      few_text(engine) + weights_text(own, engine) + far_text(fit) + carries_over_text(fit);
  return wary.empty() ? text : text + "\n" + wary;
}

}  // namespace

std::string own_serving_text(const OwnServing& own, bool all) {
  std::string text;
  for (const OwnEngine& engine : own.engines) {
    text += (text.empty() ? "" : "\n") + engine_text(own, engine, all);
  }
  return text;
}

}  // namespace chokepoint
