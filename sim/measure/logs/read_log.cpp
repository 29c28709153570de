#include "sim/measure/logs/read_log.hpp"

#include <span>

#include "sim/measure/logs/benchmark_reports.hpp"
#include "sim/measure/logs/log_source.hpp"
#include "sim/measure/logs/measured_csv.hpp"
#include "sim/measure/logs/serving_benchmark.hpp"
#include "sim/measure/logs/startup_lines.hpp"
#include "sim/measure/logs/training_lines.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

using Reader = void (*)(const LogSource&, const StatedFacts&, Measurements&, Diagnostics&);

/// A format by its name, and what reads it; null where it does not hold measurements of that kind.
struct FormatInfo {
  std::string_view name;
  Reader serving = nullptr, training = nullptr;

  Reader reader(MeasuredWork kind) const {
    return kind == MeasuredWork::Serving ? serving : training;
  }
};

constexpr std::array<FormatInfo, kLogFormats> kFormats = {
    {{"benchmark", read_benchmark_json},
     {"summary", read_benchmark_summary},
     {"inference-perf", read_inference_perf},
     {"guidellm", read_guidellm},
     {"aiperf", read_aiperf},
     {"startup", read_startup_lines},
     {"csv", read_serving_csv, read_training_csv},
     {"megatron", nullptr, read_megatron_lines},
     {"mlperf", nullptr, read_mlperf_lines}}};

const FormatInfo& info_of(LogFormat format) {
  return kFormats[static_cast<std::size_t>(format)];
}

/// What only files of a format hold.
struct FormatMark {
  std::string_view part;
  LogFormat format;
};

constexpr FormatMark kJsonMarks[] = {{"\"successes\"", LogFormat::InferencePerf},
                                     {"\"total_output_tokens\"", LogFormat::Benchmark},
                                     {"\"request_totals\"", LogFormat::Guidellm},
                                     {"\"output_sequence_length\"", LogFormat::Aiperf}};
constexpr FormatMark kLineMarks[] = {{":::MLLOG", LogFormat::Mlperf},
                                     {"elapsed time per iteration (ms):", LogFormat::Megatron},
                                     {"Serving Benchmark Result", LogFormat::Summary},
                                     {"GPU KV cache size:", LogFormat::Startup},
                                     {"max_total_num_tokens=", LogFormat::Startup},
                                     {"KV Cache is allocated", LogFormat::Startup},
                                     {"Maximum concurrency for ", LogFormat::Startup}};

bool is_there(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

std::string_view name(LogFormat format) {
  return info_of(format).name;
}

std::vector<std::string> format_names(MeasuredWork kind) {
  std::vector<std::string> names;
  for (const FormatInfo& one : kFormats) {
    if (one.reader(kind) != nullptr) names.emplace_back(one.name);
  }
  return names;
}

std::optional<LogFormat> format_named(std::string_view name) {
  for (std::size_t i = 0; i < kLogFormats; ++i) {
    if (kFormats[i].name == name) return static_cast<LogFormat>(i);
  }
  return std::nullopt;
}

std::optional<LogFormat> recognized(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return std::nullopt;
  const bool is_json = text[begin] == '{';
  const std::span<const FormatMark> marks =
      is_json ? std::span<const FormatMark>(kJsonMarks) : std::span<const FormatMark>(kLineMarks);
  for (const FormatMark& mark : marks) {
    if (is_there(text, mark.part)) return mark.format;
  }
  if (is_json) return std::nullopt;
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
  const Reader read = info_of(*format).reader(kind);
  if (read == nullptr) {
    found.error(source.whole(),
                concat("it holds measurements of ",
                       kind == MeasuredWork::Serving ? "training" : "serving", ": ", name(*format)),
                kind == MeasuredWork::Serving ? "see 'chokepoint fit training'"
                                              : "see 'chokepoint fit serving'");
    return;
  }
  const std::size_t before = into.serving.size() + into.training.size();
  const std::size_t errors = found.errors(), items = found.items().size();
  read(source, facts, into, found);
  const bool is_nothing_new = into.serving.size() + into.training.size() == before;
  if (is_nothing_new && found.errors() == errors && found.items().size() == items) {
    found.error(source.whole(), concat("it holds no measurement: ", name(*format)),
                "give a file with results");
  }
}

}  // namespace chokepoint
