#include "sim/measure/logs/serving_benchmark.hpp"

#include <algorithm>
#include <cstdlib>
#include <string>

#include "sim/measure/logs/benchmark_run.hpp"
#include "sim/measure/logs/json_documents.hpp"

namespace chokepoint {
namespace {

constexpr double kMostDrafted = 64;

/// Per request; nothing where either is unknown.
std::optional<double> per(const std::optional<double>& all, const std::optional<double>& requests) {
  return all && requests && *requests > 0 ? std::optional(*all / *requests) : std::nullopt;
}

/// The first figure that is there, in seconds.
std::optional<Seconds> seconds(bool has_ms, double ms, bool has_s, double s) {
  if (has_ms) return Seconds{ms * 1e-3};
  return has_s ? std::optional(Seconds{s}) : std::nullopt;
}

/// The rate that was asked for; nothing where all requests came at once.
std::optional<double> rate_of(const google::protobuf::Value& value) {
  double rate = value.number_value();
  if (value.kind_case() == google::protobuf::Value::kStringValue) {
    rate = std::atof(value.string_value().c_str());
  }
  return rate > 0 && rate < 1e9 ? std::optional(rate) : std::nullopt;
}

template <class T>
std::optional<double> optional_of(bool is_there, T value) {
  return is_there ? std::optional(static_cast<double>(value)) : std::nullopt;
}

/// Speculation, where the engine reported it.
void read_speculation(const pb::ServingBenchmark& in, BenchmarkRun& into) {
  const bool drafts = in.spec_decode_num_drafts() > 0 && in.spec_decode_draft_tokens() > 0;
  if (drafts) {
    into.drafted =
        std::min(in.spec_decode_draft_tokens() / in.spec_decode_num_drafts(), kMostDrafted);
  }
  if (drafts || in.accept_length() > 1) into.speculation = Speculation::Drafts;
}

BenchmarkRun run_of(const pb::ServingBenchmark& in) {
  BenchmarkRun run;
  run.backend = in.backend().empty() ? in.endpoint_type() : in.backend();
  run.model = in.model_id();
  run.completed = optional_of(in.has_completed(), in.completed());
  run.asked = optional_of(in.has_num_prompts(), in.num_prompts());
  run.prompt =
      per(optional_of(in.has_total_input_tokens(), in.total_input_tokens()), run.completed);
  run.output =
      per(optional_of(in.has_total_output_tokens(), in.total_output_tokens()), run.completed);
  run.in_flight = optional_of(in.has_max_concurrency(), in.max_concurrency());
  run.mean_in_flight = optional_of(in.has_concurrency(), in.concurrency());
  run.seconds = optional_of(in.has_duration(), in.duration());
  run.rate = rate_of(in.request_rate());
  run.achieved = optional_of(in.has_request_throughput(), in.request_throughput());
  run.ttft = seconds(in.has_mean_ttft_ms(), in.mean_ttft_ms(), in.has_mean_ttft(), in.mean_ttft());
  run.tpot = seconds(in.has_mean_tpot_ms(), in.mean_tpot_ms(), in.has_mean_tpot(), in.mean_tpot());
  run.latency =
      in.has_mean_e2e_latency_ms()
          ? std::optional(Seconds{in.mean_e2e_latency_ms() * 1e-3})
          : seconds(in.has_mean_e2el_ms(), in.mean_e2el_ms(), in.has_mean_e2el(), in.mean_e2el());
  if (!run.ttft && !run.tpot) {
    run.ttft = seconds(in.has_median_ttft_ms(), in.median_ttft_ms(), in.has_median_ttft(),
                       in.median_ttft());
    run.tpot = seconds(in.has_median_tpot_ms(), in.median_tpot_ms(), in.has_median_tpot(),
                       in.median_tpot());
    run.is_median = run.ttft || run.tpot;
  }
  if (in.has_output_throughput()) run.output_rate = TokensPerSecond{in.output_throughput()};
  read_speculation(in, run);
  return run;
}

/// One line of a summary, by its beginning.
struct SummaryLine {
  std::string_view mark;
  void (pb::ServingBenchmark::*set)(double);
};

constexpr SummaryLine kSummaryLines[] = {
    {"Successful requests:", &pb::ServingBenchmark::set_completed},
    {"Maximum request concurrency:", &pb::ServingBenchmark::set_max_concurrency},
    {"Max request concurrency:", &pb::ServingBenchmark::set_max_concurrency},
    {"Max reqeuest concurrency:", &pb::ServingBenchmark::set_max_concurrency},  // As SGLang has it.
    {"Concurrency:", &pb::ServingBenchmark::set_concurrency},
    {"Benchmark duration (s):", &pb::ServingBenchmark::set_duration},
    {"Accept length:", &pb::ServingBenchmark::set_accept_length},
    {"Total input tokens:", &pb::ServingBenchmark::set_total_input_tokens},
    {"Total generated tokens:", &pb::ServingBenchmark::set_total_output_tokens},
    {"Request throughput (req/s):", &pb::ServingBenchmark::set_request_throughput},
    {"Output token throughput (tok/s):", &pb::ServingBenchmark::set_output_throughput},
    {"Mean TTFT (ms):", &pb::ServingBenchmark::set_mean_ttft_ms},
    {"Mean TPOT (ms):", &pb::ServingBenchmark::set_mean_tpot_ms},
    {"Mean E2EL (ms):", &pb::ServingBenchmark::set_mean_e2el_ms},
    {"Mean E2E Latency (ms):", &pb::ServingBenchmark::set_mean_e2e_latency_ms},
};

void read_summary_line(std::string_view line, pb::ServingBenchmark& into) {
  for (const SummaryLine& known : kSummaryLines) {
    const auto value = number_behind(line, known.mark);
    if (value) (into.*known.set)(*value);
  }
  for (const char* mark : {"Traffic request rate:", "Request rate configured (RPS):"}) {
    const auto rate = number_behind(line, mark);
    if (rate) into.mutable_request_rate()->set_number_value(*rate);
  }
  if (const auto backend = behind(line, "Backend:")) {
    const auto begin = backend->find_first_not_of(' ');
    if (begin != std::string_view::npos) {
      const auto word = backend->substr(begin);
      into.set_backend(std::string(word.substr(0, word.find(' '))));
    }
  }
}

}  // namespace

void read_benchmark_json(const LogSource& source, const StatedFacts& facts, Measurements& into,
                         Diagnostics& found) {
  for (const std::string_view document : json_documents(source.text())) {
    pb::ServingBenchmark result;
    if (found.is_full()) return;
    if (!read_json(source, document, result, found)) continue;
    const auto place = [&](std::string_view key) { return place_of_key(source, document, key); };
    add_benchmark(run_of(result), facts, place, into, found);
  }
}

void read_benchmark_summary(const LogSource& source, const StatedFacts& facts, Measurements& into,
                            Diagnostics& found) {
  std::string_view rest = source.text();
  std::optional<pb::ServingBenchmark> result;
  SourceLocation where = source.whole();
  const auto finish = [&] {
    if (result) {
      add_benchmark(
          run_of(*result), facts, [&](std::string_view) { return where; }, into, found);
    }
    result.reset();
  };
  while (!rest.empty()) {
    const std::string_view line = next_line(rest);
    if (line.find("Serving Benchmark Result") != std::string_view::npos) {
      finish();
      result.emplace();
      where = source.place(line);
    } else if (result) {
      read_summary_line(line, *result);
    }
  }
  finish();
}

}  // namespace chokepoint
