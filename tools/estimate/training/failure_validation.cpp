#include "tools/estimate/training/failure_validation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "models/find_named.hpp"
#include "models/training/run/goodput.hpp"
#include "sim/measure/measured_table.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

constexpr Seconds kStepOfRuns{10};
constexpr double kCheckpointBytes = 14;  // Of a parameter, as checkpoint_size().

// A row, understood.
struct FailureCase {
  const ReliabilitySpec& reliability;
  RunTask task;
  LongRun run;
  Seconds length;
};

FailureCase case_of(const MeasuredRow& row, const TrainingWorld& world) {
  const auto* recovery = find_named(world.recoveries, std::string(cell(row, "recovery")));
  if (recovery == nullptr || world.reliabilities.empty()) {
    throw std::runtime_error(fmt::format("failures.csv: {}: no recovery '{}' in the catalogue",
                                         cell(row, "id"), cell(row, "recovery")));
  }
  const ReliabilitySpec& reliability = world.reliabilities.front();
  RunTask task;
  task.gang = {static_cast<int>(number_in(row, "chips", 1)),
               static_cast<int>(number_in(row, "chips_per_node", 8))};
  task.step = kStepOfRuns;
  task.work = number_in(row, "days", 30) * 1_days;
  task.checkpoint = Bytes{kCheckpointBytes * 1e9 * number_in(row, "params_b", 1)};
  LongRunSettings settings;
  if (const double spares = number_in(row, "spares", -1); spares >= 0) {
    settings.spares = static_cast<std::int64_t>(spares);
  }
  settings.with_lemons = cell(row, "lemons") == "left";
  settings.with_slow_nodes = cell(row, "quantity") == "slow_gain_pct";
  if (cell(row, "checkpoint") == "blocking") settings.checkpoint_mode = CheckpointMode::Blocking;
  if (const double minutes = number_in(row, "checkpoint_minutes", 0); minutes > 0) {
    settings.checkpoint_every = Seconds{60 * minutes};
  }
  return {reliability, task, long_run(task, reliability, *recovery, settings), task.work};
}

PerSecond rate_of(const FailureCase& one, bool (*is_counted)(FailureScope)) {
  PerSecond total;
  for (const RunFailure& failure : one.run.failures) {
    if (is_counted(failure.scope)) total += failure.rate;
  }
  return total;
}

PerSecond hardware_rate(const FailureCase& one) {
  return rate_of(one, [](FailureScope scope) { return scope != FailureScope::Run; });
}

double predicted_quantity(std::string_view quantity, const FailureCase& one) {
  const LongRun& run = one.run;
  if (quantity == "interruptions") return run.failure_rate() * one.length;
  if (quantity == "restarts") return (run.failure_rate() + run.planned) * one.length;
  if (quantity == "hardware_interruptions") return hardware_rate(one) * one.length;
  if (quantity == "device_interruptions") {
    return rate_of(one, [](FailureScope scope) { return scope == FailureScope::Devices; }) *
           one.length;
  }
  if (quantity == "per_1000_node_days") {
    return hardware_rate(one) * (1_days * 1'000) / one.task.gang.nodes();
  }
  if (quantity == "mttf_hours") return *run.mean_to_interruption() / 1_hours;
  if (quantity == "hardware_mttf_hours") return 1 / (hardware_rate(one) * 1_hours);
  const RunExpectation all = expected_run(run);
  if (quantity == "goodput_pct") return 100 * all.goodput;
  if (quantity == "slow_gain_pct") return 100 * all.slowed / all.goodput;
  if (quantity == "recovery_minutes") {
    return (run.noticed + run.restart + all.wall * (all.lost / all.interruptions)).value / 60;
  }
  throw std::runtime_error(fmt::format("failures.csv: no quantity '{}'", quantity));
}

std::string verdict_of(const PredictedFailures& one) {
  if (!one.bound.empty()) return one.is_within(kFailureFactor) ? "within bound" : "beyond bound";
  return one.is_within(kFailureFactor) ? "within" : "off";
}

}  // namespace

std::optional<double> PredictedFailures::ratio() const {
  return measured > 0 ? std::optional(predicted / measured) : std::nullopt;
}

std::optional<double> PredictedFailures::loss_ratio() const {
  if (quantity != "goodput_pct" || measured >= 100) return std::nullopt;
  return (100 - predicted) / (100 - measured);
}

bool PredictedFailures::is_within(double factor) const {
  if (bound == "at_least") return predicted >= measured;
  if (bound == "at_most") return predicted <= measured;
  const auto found = ratio();
  return found && *found <= factor && *found >= 1 / factor;
}

std::vector<PredictedFailures> predicted_failures(std::string_view csv,
                                                  const TrainingWorld& world) {
  std::vector<PredictedFailures> made;
  for (const MeasuredRow& row : read_measured_table(csv)) {
    const auto text = [&](const char* column) { return std::string(cell(row, column)); };
    made.push_back({text("id"), text("system"), text("quantity"), text("use"), text("bound"),
                    number_in(row, "measured", 0),
                    predicted_quantity(cell(row, "quantity"), case_of(row, world))});
  }
  return made;
}

Table failure_validation_table(std::string_view csv, const TrainingWorld& world) {
  Table table("failures",
              {Column("id", Type::Text), Column("use", Type::Text), Column("quantity", Type::Text),
               Column("bound", Type::Text), Column("measured", Type::Real),
               Column("predicted", Type::Real), Column("ratio", Type::Real),
               Column("loss_ratio", Type::Real), Column("verdict", Type::Text)});
  for (const PredictedFailures& one : predicted_failures(csv, world)) {
    table.add_row({one.id, one.use, one.quantity, known(one.bound), one.measured, one.predicted,
                   one.ratio(), one.loss_ratio(), verdict_of(one)});
  }
  return table;
}

std::string failure_validation_text(std::string_view csv, const TrainingWorld& world) {
  const auto rows = predicted_failures(csv, world);
  const auto is_graded = [](const PredictedFailures& one) { return one.use == "validate"; };
  const auto all = std::ranges::count_if(rows, is_graded);
  const auto within = std::ranges::count_if(rows, [&](const PredictedFailures& one) {
    return is_graded(one) && one.is_within(kFailureFactor);
  });
  return to_text(failure_validation_table(csv, world)) +
         fmt::format(
             "\n{} of {} figures that nothing was fitted to are within a factor of {}, or "
             "on the right side of a bound\n"
             "loss_ratio is that of time which is not kept\n",
             within, all, kFailureFactor);
}

}  // namespace chokepoint
