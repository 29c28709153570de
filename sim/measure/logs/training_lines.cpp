#include "sim/measure/logs/training_lines.hpp"

#include <algorithm>
#include <vector>

#include "chokepoint/v1/logs.pb.h"
#include "sim/measure/errors.hpp"
#include "sim/measure/logs/json_documents.hpp"

namespace chokepoint {
namespace {

constexpr double kMostIterationMs = 1e9, kMostTflops = 1e6, kMostSamples = 1e15;
constexpr double kMostDevices = 1e7, kMostLength = 1e8;
constexpr std::string_view kMlperfMark = ":::MLLOG";

bool is_between(const std::optional<double>& value, double most) {
  return value && *value > 0 && *value <= most;
}

void keep(std::vector<double>& values, const std::optional<double>& said, double most) {
  if (is_between(said, most)) values.push_back(*said);
}

void leave_out_first(std::vector<double>& values) {
  if (values.size() > 1) values.erase(values.begin());
}

void add_run(LoggedTraining made, const LogSource& source, const StatedFacts& facts,
             double samples_per_second, Measurements& into, Diagnostics& found) {
  TrainingRun& run = made.run;
  run.id = source.whole().file;
  if (!complete(run, facts, made.where, found)) return;
  if (samples_per_second > 0) {
    run.rate = TokensPerSecond{samples_per_second * run.sequence / run.devices};
  }
  into.training.push_back(std::move(made));
}

/// What the lines of Megatron said so far.
struct Iterations {
  std::vector<double> ms, tflops;
  double batch = 0;
  std::string_view line;
};

void read_iteration(std::string_view line, Iterations& into) {
  const auto ms = number_behind(line, "elapsed time per iteration (ms):");
  if (!is_between(ms, kMostIterationMs)) return;
  if (into.line.empty()) into.line = line;
  into.ms.push_back(*ms);
  keep(into.tflops, number_behind(line, "throughput per GPU (TFLOP/s/GPU):"), kMostTflops);
  const auto batch = number_behind(line, "global batch size:");
  if (is_between(batch, kMostSamples)) into.batch = *batch;
}

void read_megatron_arguments(std::string_view line, TrainingRun& into) {
  const auto world = number_behind(line, "world_size .");
  if (is_between(world, kMostDevices)) into.devices = *world;
  const auto length = number_behind(line, " seq_length .");
  if (is_between(length, kMostLength)) into.sequence = *length;
}

/// What the events of MLPerf said so far.
struct Events {
  std::vector<double> throughputs;
  std::optional<double> first_samples, first_ms, last_samples, last_ms;
  std::string_view line;

  /// Samples a second; 0 where nothing says it.
  double rate() const {
    if (!throughputs.empty()) return summary_of(throughputs).median;
    if (!first_samples || *last_samples <= *first_samples || *last_ms <= *first_ms) return 0;
    return (*last_samples - *first_samples) / (*last_ms - *first_ms) * 1e3;
  }
};

void read_event(const chokepoint::v1::MlperfEvent& event, std::string_view line, Events& into,
                TrainingRun& run) {
  if (event.key() == "max_sequence_length" &&
      is_between(event.value().number_value(), kMostLength)) {
    run.sequence = event.value().number_value();
  }
  if (event.key() == "tracked_stats") {
    const auto& stats = event.value().struct_value().fields();
    const auto throughput = stats.find("throughput");
    if (throughput != stats.end()) {
      keep(into.throughputs, throughput->second.number_value(), kMostSamples);
      if (into.line.empty()) into.line = line;
    }
  }
  const bool counts = event.metadata().has_samples_count() && event.has_time_ms();
  const double samples = event.metadata().samples_count();
  if (!counts || !(samples >= 0) || samples > kMostSamples || !(event.time_ms() >= 0)) return;
  if (into.line.empty()) into.line = line;
  if (!into.first_samples) {
    into.first_samples = samples;
    into.first_ms = event.time_ms();
  }
  into.last_samples = samples;
  into.last_ms = event.time_ms();
}

}  // namespace

void read_megatron_lines(const LogSource& source, const StatedFacts& facts, Measurements& into,
                         Diagnostics& found) {
  Iterations said;
  LoggedTraining made;
  for (std::string_view rest = source.text(); !rest.empty();) {
    const std::string_view line = next_line(rest);
    read_iteration(line, said);
    read_megatron_arguments(line, made.run);
  }
  if (said.ms.empty()) {
    found.error(source.whole(), "no line states the time of an iteration",
                "keep lines with \"elapsed time per iteration (ms): ...\"");
    return;
  }
  made.where = source.place(said.line);
  leave_out_first(said.ms);
  leave_out_first(said.tflops);
  if (said.batch <= 0 && said.tflops.empty()) {
    found.error(made.where, "it states neither the global batch size nor TFLOP/s per GPU",
                "let Megatron log them: --log-throughput");
    return;
  }
  made.run.steps = static_cast<int>(std::min<std::size_t>(said.ms.size(), 1'000'000));
  if (!said.tflops.empty()) made.run.flops = FlopsPerSecond{summary_of(said.tflops).median * 1e12};
  const double samples = said.batch / summary_of(said.ms).median * 1e3;
  add_run(std::move(made), source, facts, samples, into, found);
}

void read_mlperf_lines(const LogSource& source, const StatedFacts& facts, Measurements& into,
                       Diagnostics& found) {
  Events said;
  LoggedTraining made;
  for (std::string_view rest = source.text(); !rest.empty() && !found.is_full();) {
    const std::string_view line = next_line(rest);
    const auto event_text = behind(line, kMlperfMark);
    if (!event_text) continue;
    chokepoint::v1::MlperfEvent event;
    if (read_json(source, *event_text, event, found)) read_event(event, line, said, made.run);
  }
  if (found.has_errors()) return;
  const double samples = said.rate();
  if (samples <= 0) {
    found.error(source.whole(), "no event states a throughput or counts samples",
                "keep \"tracked_stats\" with a throughput, or two events with \"samples_count\"");
    return;
  }
  made.where = source.place(said.line);
  made.run.steps = static_cast<int>(std::min<std::size_t>(said.throughputs.size(), 1'000'000));
  add_run(std::move(made), source, facts, samples, into, found);
}

}  // namespace chokepoint
