#include "sim/measure/logs/startup_lines.hpp"

#include <algorithm>

#include "models/units.hpp"

namespace chokepoint {
namespace {

constexpr double kMostCachedTokens = 1e12, kMostRanks = 65536, kMostGib = 1e5;

bool is_up_to(const std::optional<double>& value, double most) {
  return value && *value > 0 && *value <= most;
}

/// Keeps the least of what workers say.
void keep_least(std::optional<double>& least, const std::optional<double>& said, double most) {
  if (is_up_to(said, most)) least = least ? std::min(*least, *said) : *said;
}

/// What the lines said so far.
struct Startup {
  std::optional<double> tokens, concurrency, length, weights_gib;
  double tensor = 0, pipeline = 0;
  std::string model;
  std::string_view engine;
  std::string_view line;  ///< That states the cache.
};

void read_ranks(std::string_view line, Startup& into) {
  const auto take = [&](const char* mark, double& rank) {
    const auto said = number_behind(line, mark);
    if (is_up_to(said, kMostRanks)) rank = *said;
  };
  take("tensor_parallel_size=", into.tensor);
  take("pipeline_parallel_size=", into.pipeline);
  take("tp_size=", into.tensor);
  take("pp_size=", into.pipeline);
}

void read_model(std::string_view line, Startup& into) {
  for (const char* mark : {"config: model='", "ServerArgs(model_path='"}) {
    const auto rest = behind(line, mark);
    if (rest && into.model.empty()) into.model = short_name(rest->substr(0, rest->find('\'')));
  }
}

void read_cache(std::string_view line, Startup& into) {
  const auto before = into.tokens;
  for (const char* mark : {"GPU KV cache size:", "max_total_num_tokens=", "#tokens:"}) {
    const auto said = number_behind(line, mark);
    if (!is_up_to(said, kMostCachedTokens)) continue;
    keep_least(into.tokens, said, kMostCachedTokens);
    into.engine = mark[0] == 'G' ? "vllm" : "sglang";
  }
  if (!before && into.tokens) into.line = line;
  if (const auto rest = behind(line, "Maximum concurrency for ")) {
    const auto length = number_at(*rest);
    const auto times = number_behind(*rest, "per request:");
    if (!is_up_to(length, kMostCachedTokens) || !is_up_to(times, kMostCachedTokens)) return;
    into.engine = "vllm";
    into.length = length;
    keep_least(into.concurrency, times, kMostCachedTokens);
    if (into.line.empty()) into.line = line;
  }
}

void read_weights(std::string_view line, Startup& into) {
  for (const char* mark : {"model weights take", "Model loading took"}) {
    const auto said = number_behind(line, mark);
    if (is_up_to(said, kMostGib) && !into.weights_gib) into.weights_gib = said;
  }
  if (line.find("Load weight end") == std::string_view::npos) return;
  const auto said = number_behind(line, "mem usage=");
  if (is_up_to(said, kMostGib) && !into.weights_gib) into.weights_gib = said;
}

}  // namespace

void read_startup_lines(const LogSource& source, const StatedFacts& facts, Measurements& into,
                        Diagnostics& found) {
  Startup said;
  for (std::string_view rest = source.text(); !rest.empty();) {
    const std::string_view line = next_line(rest);
    read_ranks(line, said);
    read_model(line, said);
    read_cache(line, said);
    read_weights(line, said);
  }
  if (said.line.empty()) {
    found.error(
        source.whole(), "no line states the size of the cache in tokens",
        "keep \"GPU KV cache size: N tokens\" of vLLM or \"max_total_num_tokens=N\" of SGLang");
    return;
  }
  LoggedExperiment made{blank_experiment(), source.place(said.line), {}};
  Experiment& e = made.experiment;
  e.framework = facts.engine.empty() ? std::string(said.engine) : facts.engine;
  e.engine = engine_family(e.framework);
  e.model = facts.model.empty() ? said.model : facts.model;
  e.tensor = said.tensor;
  e.pipeline = said.pipeline;
  if (!complete(e, facts, made.where, found)) return;
  e.id = made.where.file;
  e.mode = "online";
  if (said.concurrency) {
    e.kv_request = Tokens{*said.length};
    e.kv_tokens = Tokens{*said.concurrency * *said.length};
  } else {
    e.kv_tokens = Tokens{*said.tokens};
  }
  if (said.weights_gib) made.weights = Bytes{*said.weights_gib * kBytesPerGib};
  into.serving.push_back(std::move(made));
}

}  // namespace chokepoint
