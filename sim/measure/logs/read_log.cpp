#include "sim/measure/logs/read_log.hpp"

#include <cassert>

#include "sim/measure/logs/log_source.hpp"
#include "sim/measure/logs/measured_csv.hpp"
#include "sim/measure/logs/serving_benchmark.hpp"
#include "sim/measure/logs/startup_lines.hpp"
#include "sim/measure/logs/training_lines.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

constexpr std::array<std::string_view, kLogFormats> kFormatNames = {
    "benchmark", "summary", "inference-perf", "startup", "csv", "megatron", "mlperf"};

bool holds(LogFormat format, MeasuredWork kind) {
  const bool is_training = format == LogFormat::Megatron || format == LogFormat::Mlperf;
  return format == LogFormat::Csv || is_training == (kind == MeasuredWork::Training);
}

bool is_there(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

std::string_view name(LogFormat format) {
  return kFormatNames[static_cast<std::size_t>(format)];
}

std::vector<std::string> format_names(MeasuredWork kind) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kLogFormats; ++i) {
    if (holds(static_cast<LogFormat>(i), kind)) names.emplace_back(kFormatNames[i]);
  }
  return names;
}

std::optional<LogFormat> format_named(std::string_view name) {
  for (std::size_t i = 0; i < kLogFormats; ++i) {
    if (kFormatNames[i] == name) return static_cast<LogFormat>(i);
  }
  return std::nullopt;
}

std::optional<LogFormat> recognized(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return std::nullopt;
  if (text[begin] == '{') {
    if (is_there(text, "\"successes\"")) return LogFormat::InferencePerf;
    return is_there(text, "\"total_output_tokens\"") ? std::optional(LogFormat::Benchmark)
                                                     : std::nullopt;
  }
  if (is_there(text, ":::MLLOG")) return LogFormat::Mlperf;
  if (is_there(text, "elapsed time per iteration (ms):")) return LogFormat::Megatron;
  if (is_there(text, "Serving Benchmark Result")) return LogFormat::Summary;
  for (const char* mark : {"GPU KV cache size:", "max_total_num_tokens=", "KV Cache is allocated",
                           "Maximum concurrency for "}) {
    if (is_there(text, mark)) return LogFormat::Startup;
  }
  const std::string_view heading = text.substr(begin, text.find('\n', begin) - begin);
  for (const char* column : {"chip_id", "model_id", "metric", "iteration_time_s", "tokens_per_s"}) {
    if (is_there(heading, ",") && is_there(heading, column)) return LogFormat::Csv;
  }
  return std::nullopt;
}

void read_log(const std::string& file, std::string_view text, MeasuredWork kind,
              std::optional<LogFormat> format, const StatedFacts& facts, Measurements& into,
              Diagnostics& found) {
  const LogSource source(file, text);
  if (!format) format = recognized(text);
  if (!format) {
    found.error(source.whole(), "its format is not recognized",
                concat("known are ", listed(format_names(kind)), "; name one by --format"));
    return;
  }
  if (!holds(*format, kind)) {
    found.error(source.whole(),
                concat("it holds measurements of ",
                       kind == MeasuredWork::Serving ? "training" : "serving", ": ", name(*format)),
                kind == MeasuredWork::Serving ? "see 'chokepoint fit training'"
                                              : "see 'chokepoint fit serving'");
    return;
  }
  const std::size_t before = into.serving.size() + into.training.size();
  const std::size_t errors = found.errors(), items = found.items().size();
  switch (*format) {
    case LogFormat::Benchmark:
      read_benchmark_json(source, facts, into, found);
      break;
    case LogFormat::Summary:
      read_benchmark_summary(source, facts, into, found);
      break;
    case LogFormat::InferencePerf:
      read_inference_perf(source, facts, into, found);
      break;
    case LogFormat::Startup:
      read_startup_lines(source, facts, into, found);
      break;
    case LogFormat::Csv:
      kind == MeasuredWork::Serving ? read_serving_csv(source, facts, into, found)
                                    : read_training_csv(source, facts, into, found);
      break;
    case LogFormat::Megatron:
      read_megatron_lines(source, facts, into, found);
      break;
    case LogFormat::Mlperf:
      read_mlperf_lines(source, facts, into, found);
      break;
  }
  const bool is_nothing_new = into.serving.size() + into.training.size() == before;
  if (is_nothing_new && found.errors() == errors && found.items().size() == items) {
    found.error(source.whole(), concat("it holds no measurement: ", name(*format)),
                "give a file with results");
  }
}

}  // namespace chokepoint
