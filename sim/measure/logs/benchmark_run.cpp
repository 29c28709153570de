#include "sim/measure/logs/benchmark_run.hpp"

#include <algorithm>
#include <cmath>

#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

constexpr double kSteadyShare = 0.9;  // Of the rate that was asked for; below it queues grew.
constexpr double kFullShare = 0.9;    // Of the limit; below it most requests ran beside fewer.

bool is_within(std::optional<double> value, double most) {
  return value && std::isfinite(*value) && *value > 0 && *value <= most;
}

bool is_time(const std::optional<Seconds>& time) {
  return time && is_within(time->value, kMostSeconds);
}

std::optional<Seconds> mean_latency(const BenchmarkRun& run) {
  if (run.is_median) return std::nullopt;
  if (run.latency) return run.latency;
  if (!run.ttft || !run.tpot || !run.output) return std::nullopt;
  return *run.ttft + *run.tpot * (*run.output - 1);
}

std::optional<double> answered_per_second(const BenchmarkRun& run) {
  if (run.achieved) return run.achieved;
  if (!run.completed || !is_within(run.seconds, kMostSeconds)) return std::nullopt;
  return *run.completed / *run.seconds;
}

/// What was measured, or else follows by Little's law.
std::optional<double> average_in_flight(const BenchmarkRun& run) {
  if (run.mean_in_flight) return run.mean_in_flight;
  const auto latency = mean_latency(run);
  const auto rate = answered_per_second(run);
  return latency && rate ? std::optional(*rate * latency->value) : std::nullopt;
}

}  // namespace

std::optional<double> requests_in_flight(const BenchmarkRun& run) {
  const bool is_limited = run.in_flight && *run.in_flight != 0;
  const auto average = average_in_flight(run);
  if (!is_limited) return average;
  if (!is_within(run.in_flight, kMostRequests)) return std::nullopt;
  if (!average) return run.rate ? std::nullopt : run.in_flight;
  const bool is_full = !run.rate && *average >= kFullShare * *run.in_flight;
  return is_full ? *run.in_flight : std::min(*average, *run.in_flight);
}

void add_benchmark(const BenchmarkRun& run, const StatedFacts& facts,
                   const std::function<SourceLocation(std::string_view)>& place, Measurements& into,
                   Diagnostics& found) {
  LoggedExperiment made{blank_experiment(), place(""), {}};
  Experiment& e = made.experiment;
  const std::size_t before = found.errors();
  const auto refuse = [&](const char* key, const char* lacks, const char* help) {
    found.error(place(key), lacks, help);
  };
  if (!is_within(run.completed, kMostRequests)) {
    refuse("completed", "no request succeeded, or it does not say how many",
           "give the result of a benchmark that answered requests");
  }
  if (!is_within(run.prompt, kMostTokens) || !is_within(run.output, kMostTokens)) {
    refuse("total_output_tokens", "the tokens of prompts and answers are not known",
           "a run without tokens cannot be fitted to");
  }
  const bool has_rate = run.output_rate && is_within(run.output_rate->value, kMostTokens);
  if (!is_time(run.ttft) && !is_time(run.tpot) && !has_rate) {
    refuse("mean_tpot_ms", "neither times of tokens nor tokens a second are known",
           "let the benchmark stream answers, and save their means");
  }
  const auto in_flight = requests_in_flight(run);
  if (!is_within(in_flight, kMostRequests)) {
    refuse("max_concurrency", "the number of requests in flight is not known",
           "let the benchmark limit it, or save requests a second and mean latency");
  }
  if (run.backend != "openai" && engine_family(std::string(run.backend)) != EngineFamily::Other) {
    e.framework = facts.engine.empty() ? std::string(run.backend) : facts.engine;
    e.engine = engine_family(e.framework);
  }
  e.model = facts.model.empty() ? short_name(run.model) : facts.model;
  e.speculation = run.speculation;
  e.stated.drafted = run.drafted;
  if (!complete(e, facts, made.where, found) || found.errors() > before) return;

  e.mode = "online";
  e.id = made.where.file;
  if (made.where.line > 0) e.id += concat(":", std::to_string(made.where.line));
  if (!run.label.empty()) e.id += " " + run.label;
  e.prompt = *run.prompt;
  e.output = *run.output;
  e.concurrency = std::clamp(std::min(*in_flight, *run.completed), 1.0, kMostRequests);
  if (!run.rate) {  // A burst begins it: of as many as the limit lets, or of all.
    const bool is_limited = run.in_flight && *run.in_flight > 0;
    e.waves = is_limited ? std::max(1.0, *run.completed / *run.in_flight) : 1.0;
  }
  if (is_time(run.ttft)) e.ttft = run.ttft;
  if (is_time(run.tpot) && *run.output >= 2) e.tpot = run.tpot;
  // At a rate, throughput is what was asked for; times say all that is known of the engine.
  if (!run.rate || (!e.ttft && !e.tpot)) e.output_rate = run.output_rate;
  if (run.is_median) {
    warn(found, place("median_tpot_ms"), "it has medians and no means; they are taken for means");
  }
  if (run.asked && *run.completed < *run.asked) {
    warn(found, place("completed"),
         concat(*run.asked - *run.completed, " of ", *run.asked, " requests failed"));
  }
  const auto answered = answered_per_second(run);
  if (run.rate && answered && *answered < kSteadyShare * *run.rate) {
    warn(found, place("request_throughput"),
         concat(*run.rate, " requests a second were asked for and ", *answered,
                " answered: the queue grew, and no steady state is fitted to it"),
         "measure below what the server takes");
    return;
  }
  into.serving.push_back(std::move(made));
}

}  // namespace chokepoint
