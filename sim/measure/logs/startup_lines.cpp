#include "sim/measure/logs/startup_lines.hpp"

#include <algorithm>
#include <cmath>

#include "models/units.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

constexpr double kMostCachedTokens = 1e12, kMostGib = 1e5;

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
  /// As vLLM means them: groups of data parallel ranks have `tensor` devices each.
  double tensor = 0, pipeline = 0, data = 0, expert = 0;
  /// As SGLang means them: `all_tensor` devices are a stage, groups of attention among them.
  double all_tensor = 0, groups = 0;
  bool divides_attention = false, spreads_experts = false;
  Speculation speculation = Speculation::None;
  std::string model;
  std::string_view engine;
  std::string_view line;  ///< That states the cache.
};

/// A degree of parallelism by the name of its argument.
struct RankArgument {
  const char* name;
  double Startup::*into;
};
constexpr RankArgument kRankArguments[] = {{"tensor_parallel_size", &Startup::tensor},
                                           {"pipeline_parallel_size", &Startup::pipeline},
                                           {"data_parallel_size", &Startup::data},
                                           {"tp_size", &Startup::all_tensor},
                                           {"pp_size", &Startup::pipeline},
                                           {"dp_size", &Startup::groups},
                                           {"ep_size", &Startup::expert}};

/// What is so where the argument is True.
struct FlagArgument {
  const char* name;
  bool Startup::*into;
};
constexpr FlagArgument kFlagArguments[] = {{"enable_dp_attention", &Startup::divides_attention},
                                           {"enable_expert_parallel", &Startup::spreads_experts},
                                           {"enable_ep_moe", &Startup::spreads_experts},
                                           {"enable_deepep_moe", &Startup::spreads_experts}};

/// What decodes speculatively is none of these.
constexpr const char* kSpeculationArguments[] = {"speculative_config", "speculative_algorithm"};

void read_rank(const LogSource& source, std::string_view line, const RankArgument& one,
               Startup& into, Diagnostics& found) {
  const auto value = argument_in(line, one.name);
  const auto said = value ? number_at(*value) : std::nullopt;
  if (!said) return;
  if (is_up_to(said, kMostRanks) && *said == std::floor(*said)) {
    into.*one.into = *said;
  } else {
    found.error(source.place(*value), concat(one.name, " is ", *said, ", must be a whole number, ",
                                             kMostRanks, " at most"));
  }
}

void read_arguments(const LogSource& source, std::string_view line, Startup& into,
                    Diagnostics& found) {
  for (const RankArgument& one : kRankArguments) read_rank(source, line, one, into, found);
  for (const FlagArgument& one : kFlagArguments) {
    const auto value = argument_in(line, one.name);
    if (value && value->starts_with("True")) into.*one.into = true;
  }
  for (const char* name : kSpeculationArguments) {
    const auto value = argument_in(line, name);
    if (!value || value->starts_with("None")) continue;
    const bool is_word = value->starts_with('\'');
    const std::string_view method = is_word ? value->substr(1, value->find('\'', 1))
                                            : value->substr(0, value->find_first_of(")}"));
    const bool is_own = method.find("mtp") != std::string_view::npos ||
                        method.find("NEXTN") != std::string_view::npos;
    into.speculation = is_own ? Speculation::Mtp : Speculation::Drafts;
  }
}

/// SGLang's degrees as those of vLLM: tp_size counts all devices of a stage where attention is
/// divided among groups; where it is not, dp_size counts engines. Complains where groups do not
/// divide the devices.
void translate_ranks(Startup& said, const SourceLocation& where, Diagnostics& found) {
  if (said.all_tensor <= 0) return;
  said.data = said.divides_attention ? std::max(said.groups, 1.0) : 1.0;
  said.tensor = said.all_tensor / said.data;
  if (said.tensor == std::floor(said.tensor)) return;
  found.error(where, concat("dp_size ", said.data, " does not divide tp_size ", said.all_tensor));
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
  const std::size_t before = found.errors();
  for (std::string_view rest = source.text(); !rest.empty();) {
    const std::string_view line = next_line(rest);
    read_arguments(source, line, said, found);
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
  translate_ranks(said, made.where, found);
  if (found.errors() > before) return;
  Experiment& e = made.experiment;
  e.framework = facts.engine.empty() ? std::string(said.engine) : facts.engine;
  e.engine = engine_family(e.framework);
  e.model = facts.model.empty() ? said.model : facts.model;
  e.tensor = said.tensor;
  e.pipeline = said.pipeline;
  e.attention_dp = said.data;
  e.expert = said.expert > 1 ? said.expert : 0;
  e.speculation = said.speculation;
  StatedFacts all = facts;
  all.expert_parallel = facts.expert_parallel || said.spreads_experts;
  if (!complete(e, all, made.where, found)) return;
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
