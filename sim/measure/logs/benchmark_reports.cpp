#include "sim/measure/logs/benchmark_reports.hpp"

#include <initializer_list>
#include <string>

#include "chokepoint/v1/logs.pb.h"
#include "sim/measure/logs/benchmark_run.hpp"
#include "sim/measure/logs/json_documents.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

namespace {

std::optional<double> mean_of(const pb::LoggedDistribution& in) {
  return in.has_mean() ? std::optional(in.mean()) : std::nullopt;
}

std::optional<double> mean_of(const pb::LoggedByStatus& in) {
  return mean_of(in.successful());
}

std::optional<Seconds> seconds_of(const std::optional<double>& value, double unit) {
  return value ? std::optional(Seconds{*value * unit}) : std::nullopt;
}

/// Does what `read` says with each document that is a Message.
template <class Message, class Read>
void each_document(const LogSource& source, Diagnostics& found, const Read& read) {
  for (const std::string_view document : json_documents(source.text())) {
    if (found.is_full()) return;
    Message message;
    if (read_json(source, document, message, found)) read(message, document);
  }
}

BenchmarkRun run_of(const pb::LifecycleMetrics& stage) {
  const pb::LoggedSuccesses& in = stage.successes();
  const pb::LoggedLatencies& times = in.latency();
  const pb::LoggedThroughput& rates = in.throughput();
  BenchmarkRun run;
  if (in.has_count()) run.completed = in.count();
  run.prompt = mean_of(in.prompt_len());
  run.output = mean_of(in.output_len());
  if (rates.has_requests_per_sec()) run.achieved = rates.requests_per_sec();
  run.rate = stage.load_summary().has_requested_rate()
                 ? std::optional(stage.load_summary().requested_rate())
                 : run.achieved;  // A summary of all stages.
  run.ttft = seconds_of(mean_of(times.time_to_first_token()), 1);
  run.latency = seconds_of(mean_of(times.request_latency()), 1);
  run.tpot = seconds_of(mean_of(times.time_per_output_token()), 1);
  if (run.latency && run.ttft && run.output && *run.output >= 2) {
    run.tpot = (*run.latency - *run.ttft) / (*run.output - 1);
  }
  if (rates.has_output_tokens_per_sec()) {
    run.output_rate = TokensPerSecond{rates.output_tokens_per_sec()};
  }
  return run;
}

/// How many requests GuideLLM lets run at once, and at which rate it sends them.
void read_strategy(const pb::GuidellmStrategy& in, BenchmarkRun& into) {
  if (in.has_rate() && in.rate() > 0) into.rate = in.rate();
  if (in.has_max_concurrency()) into.in_flight = in.max_concurrency();
  if (in.has_streams()) into.in_flight = in.streams();
  if (in.type_() == "synchronous") into.in_flight = 1;
}

BenchmarkRun run_of(const pb::GuidellmBenchmark& benchmark) {
  const pb::GuidellmMetrics& in = benchmark.metrics();
  BenchmarkRun run;
  if (in.request_totals().has_successful()) run.completed = in.request_totals().successful();
  if (in.request_totals().has_total()) run.asked = in.request_totals().total();
  read_strategy(benchmark.config().has_strategy() ? benchmark.config().strategy()
                                                  : benchmark.args().strategy(),
                run);
  run.mean_in_flight =
      mean_of(in.request_concurrency().has_total() ? in.request_concurrency().total()
                                                   : in.request_concurrency().successful());
  if (benchmark.has_duration()) run.seconds = benchmark.duration();
  run.prompt = mean_of(in.prompt_token_count());
  run.output = mean_of(in.output_token_count());
  run.latency = seconds_of(mean_of(in.request_latency()), 1);
  run.ttft = seconds_of(mean_of(in.time_to_first_token_ms()), 1e-3);
  run.tpot = seconds_of(mean_of(in.inter_token_latency_ms()), 1e-3);
  const auto rate = mean_of(in.output_tokens_per_second());
  if (!run.tpot && rate) run.output_rate = TokensPerSecond{*rate};
  return run;
}

/// What `value` holds below these keys, one inside the other; where nothing, an empty value.
const google::protobuf::Value& inside(const google::protobuf::Value& value,
                                      std::initializer_list<const char*> keys) {
  const google::protobuf::Value* at = &value;
  for (const char* key : keys) {
    const auto& fields = at->struct_value().fields();
    const auto found = fields.find(key);
    if (found == fields.end()) return google::protobuf::Value::default_instance();
    at = &found->second;
  }
  return *at;
}

std::optional<double> number_inside(const google::protobuf::Value& value,
                                    std::initializer_list<const char*> keys) {
  const double number = inside(value, keys).number_value();
  return number > 0 ? std::optional(number) : std::nullopt;
}

/// Where a report of several benchmarks begins to tell of one, from 0.
SourceLocation place_of_benchmark(const LogSource& source, int index) {
  constexpr std::string_view kMark = "\"request_totals\"";
  auto at = source.text().find(kMark);
  for (int i = 0; i < index && at != std::string_view::npos; ++i) {
    at = source.text().find(kMark, at + kMark.size());
  }
  return at == std::string_view::npos ? source.whole() : source.place(at);
}

/// A unit of time and its seconds.
struct TimeUnit {
  std::string_view name;
  double seconds;
};
constexpr TimeUnit kTimeUnits[] = {{"ms", 1e-3}, {"sec", 1},   {"s", 1},
                                   {"us", 1e-6}, {"ns", 1e-9}, {"seconds", 1}};

/// The average of a time; nothing, with a complaint, where its unit is not known.
std::optional<Seconds> time_of(const pb::LoggedMetric& metric, const SourceLocation& where,
                               Diagnostics& found) {
  if (!metric.has_avg()) return std::nullopt;
  for (const TimeUnit& unit : kTimeUnits) {
    if (unit.name == metric.unit()) return Seconds{metric.avg() * unit.seconds};
  }
  found.error(where, concat("no unit ", in_quotes(metric.unit()), " of time"),
              "times are in ms, sec, us or ns");
  return std::nullopt;
}

std::optional<double> average_of(const pb::LoggedMetric& metric) {
  return metric.has_avg() ? std::optional(metric.avg()) : std::nullopt;
}

}  // namespace

void read_inference_perf(const LogSource& source, const StatedFacts& facts, Measurements& into,
                         Diagnostics& found) {
  each_document<pb::LifecycleMetrics>(source, found, [&](const auto& stage, auto document) {
    const auto place = [&](std::string_view key) { return place_of_key(source, document, key); };
    add_benchmark(run_of(stage), facts, place, into, found);
  });
}

void read_guidellm(const LogSource& source, const StatedFacts& facts, Measurements& into,
                   Diagnostics& found) {
  each_document<pb::GuidellmReport>(source, found, [&](const auto& report, auto) {
    for (int i = 0; i < report.benchmarks_size() && !found.is_full(); ++i) {
      const SourceLocation begin = place_of_benchmark(source, i);
      const auto& benchmark = report.benchmarks(i);
      BenchmarkRun run = run_of(benchmark);
      run.model = inside(benchmark.config().backend(), {"model"}).string_value();
      run.label = concat("#", std::to_string(i + 1));
      const auto place = [&](std::string_view) { return SourceLocation(begin); };
      add_benchmark(run, facts, place, into, found);
    }
  });
}

void read_aiperf(const LogSource& source, const StatedFacts& facts, Measurements& into,
                 Diagnostics& found) {
  each_document<pb::AiperfReport>(source, found, [&](const auto& in, auto document) {
    const auto place = [&](std::string_view key) { return place_of_key(source, document, key); };
    const auto time = [&](const pb::LoggedMetric& metric, const char* key) {
      return time_of(metric, place(key), found);
    };
    const std::size_t before = found.errors();
    BenchmarkRun run;
    run.completed = average_of(in.request_count());
    if (run.completed) run.asked = *run.completed + in.error_request_count().avg();
    run.prompt = average_of(in.input_sequence_length());
    run.output = average_of(in.output_sequence_length());
    run.achieved = average_of(in.request_throughput());
    run.latency = time(in.request_latency(), "request_latency");
    run.ttft = time(in.time_to_first_token(), "time_to_first_token");
    run.tpot = time(in.inter_token_latency(), "inter_token_latency");
    const auto duration = time(in.benchmark_duration(), "benchmark_duration");
    if (duration) run.seconds = duration->value;
    const auto rate = average_of(in.output_token_throughput());
    if (rate) run.output_rate = TokensPerSecond{*rate};
    run.in_flight = number_inside(in.input_config(), {"loadgen", "concurrency"});
    run.rate = number_inside(in.input_config(), {"loadgen", "request_rate"});
    const auto& models = inside(in.input_config(), {"endpoint", "model_names"}).list_value();
    if (models.values_size() > 0) run.model = models.values(0).string_value();
    if (found.errors() == before) add_benchmark(run, facts, place, into, found);
  });
}

}  // namespace chokepoint
