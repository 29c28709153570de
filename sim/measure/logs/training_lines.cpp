#include "sim/measure/logs/training_lines.hpp"

#include <algorithm>
#include <vector>

#include "chokepoint/v1/logs.pb.h"
#include "sim/measure/errors.hpp"
#include "sim/measure/logs/json_documents.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

constexpr double kMostIterationMs = 1e9, kMostTflops = 1e6, kMostSamples = 1e15;
constexpr std::string_view kMlperfMark = ":::MLLOG";

bool is_between(const std::optional<double>& value, double most) {
  return value && *value > 0 && *value <= most;
}

void keep(std::vector<double>& values, const std::optional<double>& said, double most) {
  if (is_between(said, most)) values.push_back(*said);
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

/// What an iteration line says; 0 where it does not.
struct IterationLine {
  double ms = 0, tflops = 0, batch = 0;
  std::string_view text;
};

std::optional<IterationLine> iteration_in(std::string_view line) {
  const auto ms = number_behind(line, "elapsed time per iteration (ms):");
  if (!is_between(ms, kMostIterationMs)) return std::nullopt;
  IterationLine made{*ms, 0, 0, line};
  const auto tflops = number_behind(line, "throughput per GPU (TFLOP/s/GPU):");
  if (is_between(tflops, kMostTflops)) made.tflops = *tflops;
  const auto batch = number_behind(line, "global batch size:");
  if (is_between(batch, kMostSamples)) made.batch = *batch;
  return made;
}

/// Takes away lines of other batches than the last, then the first of several: in it things warm
/// up, or it averages over iterations of the batch before.
void keep_steady(std::vector<IterationLine>& lines) {
  const double last = lines.back().batch;
  std::erase_if(lines, [&](const IterationLine& one) { return one.batch != last; });
  if (lines.size() > 1) lines.erase(lines.begin());
}

double median_of(const std::vector<IterationLine>& lines, double IterationLine::*member) {
  std::vector<double> values;
  for (const IterationLine& one : lines) {
    if (one.*member > 0) values.push_back(one.*member);
  }
  return summary_of(values).median;
}

/// An argument that Megatron prints, and where it goes.
struct MegatronArgument {
  const char* name;
  double TrainingRun::*into;
  double most;
};

constexpr MegatronArgument kMegatronArguments[] = {
    {"world_size", &TrainingRun::devices, kMostDevices},
    {"seq_length", &TrainingRun::sequence, kMostTokens}};

void read_megatron_arguments(const LogSource& source, std::string_view line, TrainingRun& into,
                             Diagnostics& found) {
  for (const MegatronArgument& one : kMegatronArguments) {
    const auto said = number_behind(line, concat(" ", one.name, " ."));
    if (!said) continue;
    if (is_between(said, one.most)) {
      into.*one.into = *said;
    } else {
      found.error(source.place(line),
                  concat(one.name, " is ", *said, ", must be above 0, ", one.most, " at most"));
    }
  }
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
      is_between(event.value().number_value(), kMostTokens)) {
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
  const std::size_t before = found.errors();
  std::vector<IterationLine> lines;
  LoggedTraining made;
  for (std::string_view rest = source.text(); !rest.empty();) {
    const std::string_view line = next_line(rest);
    if (const auto iteration = iteration_in(line)) lines.push_back(*iteration);
    read_megatron_arguments(source, line, made.run, found);
  }
  if (found.errors() > before) return;
  if (lines.empty()) {
    found.error(source.whole(), "no line states the time of an iteration",
                "keep lines with \"elapsed time per iteration (ms): ...\"");
    return;
  }
  made.where = source.place(lines.front().text);
  const double batch = lines.back().batch;
  const auto others = std::count_if(lines.begin(), lines.end(),
                                    [&](const auto& one) { return one.batch != batch; });
  if (others > 0) {
    warn(found, made.where,
         concat(std::to_string(others), " of ", std::to_string(lines.size()),
                " lines are of another global batch size than the last, ", batch,
                ": they are passed over"));
  }
  keep_steady(lines);
  const double tflops = median_of(lines, &IterationLine::tflops);
  if (batch <= 0 && tflops <= 0) {
    found.error(made.where, "it states neither the global batch size nor TFLOP/s per GPU",
                "let Megatron log them: --log-throughput");
    return;
  }
  made.run.steps = static_cast<int>(std::min<std::size_t>(lines.size(), 1'000'000));
  if (tflops > 0) made.run.flops = FlopsPerSecond{tflops * 1e12};
  const double samples = batch / median_of(lines, &IterationLine::ms) * 1e3;
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
