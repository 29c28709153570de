#include "sim/measure/experiment.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <map>
#include <regex>
#include <tuple>

namespace chokepoint {
namespace {

constexpr std::array kMetrics = {"ttft_mean",
                                 "tpot_mean",
                                 "output_throughput_total",
                                 "output_throughput_per_chip",
                                 "throughput_per_chip",
                                 "kv_cache_tokens"};

constexpr double kWavesOfInferencemax = 10;

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string without_metric(const std::string& id) {
  for (const std::string metric : kMetrics) {
    const std::string tail = "-" + metric;
    if (id.size() > tail.size() && id.ends_with(tail)) return id.substr(0, id.size() - tail.size());
  }
  return id;
}

bool is_from_inferencemax(const MeasuredRow& row) {
  static const std::regex dump("db-dump|2026-0[0-9]-[0-9][0-9]\\.csv|^aic_2026_");
  const std::string source(cell(row, "source"));
  return std::regex_search(source, dump) || cell(row, "id").starts_with("ix");
}

Speculation speculation_in(std::string_view word) {
  if (word.empty()) return Speculation::None;
  if (word == "mtp") return Speculation::Mtp;
  return word == "unknown" ? Speculation::Unknown : Speculation::Drafts;
}

void add_metric(const MeasuredRow& row, Experiment& into) {
  const auto metric = cell(row, "metric");
  const double value = number_in(row, "value", 0);
  const Seconds time{cell(row, "unit") == "ms" ? value * 1e-3 : value};
  if (value <= 0) return;
  if (metric == "tpot_mean") into.tpot = time;
  if (metric == "ttft_mean") into.ttft = time;
  if (metric == "kv_cache_tokens") into.kv_tokens = Tokens{value};
  if (metric == "output_throughput_total") into.output_rate = TokensPerSecond{value};
  if (metric == "output_throughput_per_chip" || metric == "throughput_per_chip") {
    into.output_rate = TokensPerSecond{value * into.devices};
  }
}

double plain(const std::optional<Seconds>& time) {
  return time ? time->value : 0.0;
}

// What two copies of one run agree in.
auto fingerprint(const Experiment& e) {
  return std::tuple(e.device, e.model, e.precision, e.engine, e.devices, e.attention_dp, e.expert,
                    e.prompt, e.output, e.concurrency, plain(e.tpot), plain(e.ttft),
                    e.output_rate ? e.output_rate->value : 0.0,
                    e.kv_tokens ? e.kv_tokens->value : 0.0);
}

bool is_graded(const MeasuredRow& row) {
  return is_usable(row) && !cell(row, "model_id").empty();
}

std::string reason_in(const MeasuredRow& row) {
  if (cell(row, "model_id").empty()) return "names no model";
  const auto reason = cell(row, "left_out");
  return reason.empty() ? "not usable" : std::string(reason);
}

// Rows that are graded, or those that are not, with the metrics of a run joined.
std::vector<Experiment> joined_of(std::span<const MeasuredRow> rows, bool graded) {
  std::vector<Experiment> joined;
  std::map<std::string, std::size_t> by_id;
  for (const auto& row : rows) {
    if (is_graded(row) != graded) continue;
    const auto [at, is_new] =
        by_id.emplace(without_metric(std::string(cell(row, "id"))), joined.size());
    if (is_new) {
      joined.push_back(configuration_of(row));
      if (!graded) joined.back().left_out = reason_in(row);
    }
    add_metric(row, joined[at->second]);
  }
  return joined;
}

}  // namespace

std::string_view name(EngineFamily family) {
  switch (family) {
    case EngineFamily::TensorRt:
      return "trtllm";
    case EngineFamily::Vllm:
      return "vllm";
    case EngineFamily::Sglang:
      return "sglang";
    case EngineFamily::VllmAscend:
      return "vllm_ascend";
    case EngineFamily::Other:
      return "other";
  }
  assert(false);
  return "";
}

bool is_usable(const MeasuredRow& row) {
  return row.contains("usable") ? cell(row, "usable") == "1" : cell(row, "left_out").empty();
}

EngineFamily engine_family(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (contains(text, "trt") || contains(text, "tensorrt")) return EngineFamily::TensorRt;
  if (contains(text, "vllm-ascend") || contains(text, "vllm_ascend"))
    return EngineFamily::VllmAscend;
  if (contains(text, "vllm")) return EngineFamily::Vllm;
  if (contains(text, "sglang")) return EngineFamily::Sglang;
  return EngineFamily::Other;
}

bool has_own_stack(EngineFamily family) {
  return family == EngineFamily::VllmAscend;
}

Experiment configuration_of(const MeasuredRow& row) {
  Experiment made;
  made.id = without_metric(std::string(cell(row, "id")));
  made.device = cell(row, "chip_id");
  made.model = cell(row, "model_id");
  made.precision = cell(row, "precision");
  made.framework = cell(row, "framework");
  made.mode = cell(row, "mode");
  made.engine = engine_family(made.framework);
  made.devices = number_in(row, "engine_devices", number_in(row, "chips", 1));
  made.tensor = number_in(row, "tp", 0);
  made.pipeline = number_in(row, "pp", 1);
  made.expert = number_in(row, "ep", 1);
  made.attention_dp = number_in(row, "attention_dp", 1);
  made.prompt = number_in(row, "isl", 0);
  made.output = number_in(row, "osl", 0);
  made.concurrency = number_in(row, "concurrency_or_batch", 0);
  made.speculation = speculation_in(cell(row, "speculation"));
  made.is_inferencemax = is_from_inferencemax(row);
  if (made.is_inferencemax) {
    made.waves = kWavesOfInferencemax;
  } else if (number_in(row, "prompts", 0) > made.concurrency) {
    made.waves = 1;
  }
  made.stated = settings_in(row);
  return made;
}

std::vector<Experiment> experiments_of(std::span<const MeasuredRow> rows) {
  auto joined = joined_of(rows, true);
  std::vector<Experiment> distinct;
  std::map<decltype(fingerprint(joined[0])), std::size_t> seen;
  for (auto& one : joined) {
    const auto [at, is_new] = seen.emplace(fingerprint(one), distinct.size());
    if (is_new) {
      distinct.push_back(std::move(one));
    } else {
      ++distinct[at->second].copies;
    }
  }
  return distinct;
}

std::vector<Experiment> left_out_experiments(std::span<const MeasuredRow> rows) {
  return joined_of(rows, false);
}

}  // namespace chokepoint
