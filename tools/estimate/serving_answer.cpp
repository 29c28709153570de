#include "tools/estimate/serving_answer.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

#include "tools/print/labeled_lines.hpp"
#include "tools/print/number_format.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

constexpr double kGib = 1'073'741'824.0;
constexpr std::array<std::string_view, kKernels> kKernelWords = {
    "dense GEMM", "grouped GEMM", "attention prefill", "attention decode",
    "vector",     "gather",       "collectives",       "launches and host"};
constexpr std::array<std::string_view, kLimits> kLimitWords = {
    "matrix units", "vector units", "memory bandwidth", "links", "launches and host"};

std::string milliseconds(Seconds time) {
  return format_value(time.value * 1e3) + " ms";
}

/// Where the time of an iteration goes.
Table breakdown(const IterationTime& time) {
  Table table("iteration", {Column("kernel", Type::Text), Column("time_ms", Type::Real),
                            Column("share", Type::Text)});
  for (std::size_t k = 0; k < kKernels; ++k) {
    const Seconds spent = time.by_kernel[k];
    if (spent.value <= 0.0) continue;
    table.add_row(
        {std::string(kKernelWords[k]), spent.value * 1e3, format_share(spent / time.total())});
  }
  return table;
}

Bytes cache_of(const ServingMemory& memory, Tokens request) {
  return memory.cache.at_most(request, memory.budget);
}

std::string verdict_text(const ServingEstimate& estimate, Tokens request) {
  const ServingMemory& memory = estimate.memory;
  const double margin = estimate.fit.margin.value / kGib;
  const bool is_within = estimate.fit.margin == memory.pool - cache_of(memory, request);
  const std::string what =
      is_within ? "one request"
                : fmt::format("the cache, allocated {} times,", format_value(memory.copies.most));
  const std::string where = is_within ? ""
                                      : fmt::format(" outside a share of {}; up to {} it fits",
                                                    format_share(memory.usable / memory.visible()),
                                                    format_share(memory.greatest_share()));
  return fmt::format("{}: {} {} {} GiB{}", name(estimate.fit.fit), what,
                     margin < 0 ? "lacks" : "leaves", format_value(std::abs(margin)), where);
}

std::string engine_text(const ServingEngine& engine) {
  if (engine.experiments == 0) return engine.name + ": coefficients at their priors, not fitted";
  const std::string fitted =
      fmt::format("{}: fitted to {} runs of {}", engine.name, engine.experiments, engine.fitted_to);
  return engine.is_unmeasured ? fitted + "; nobody measured this stack" : fitted;
}

/// Which kernels are native, and what the rest costs.
std::string kernels_text(const ServingSubject& subject, const ServingEstimate& estimate) {
  if (subject.version == nullptr) return "all native, as engines ship families that are deployed";
  ServingTask native = subject.task;
  native.support = {};
  const SteadyState without =
      estimate_serving(native, estimate.plan, estimate.replicas, estimate.concurrency).state;
  std::string missing;
  for (std::size_t k = 0; k < kKernels; ++k) {
    const double share = subject.task.support.of[k].coverage;
    if (share == 1) continue;
    missing += missing.empty() ? "native are " : ", ";
    missing += fmt::format("{} of {}", format_share(share), kKernelWords[k]);
  }
  return fmt::format("{}: {}; with all of them native TTFT is {}, TPOT {}", subject.version->name,
                     missing.empty() ? "all native" : missing, milliseconds(without.ttft),
                     milliseconds(without.tpot));
}

std::string cost_text(const ServingCost& cost) {
  const std::string money =
      cost.usd_per_token ? "$" + format_value(*cost.usd_per_token * 1e6) : "no price is known";
  return fmt::format("{} kWh and {} for a million tokens of answers, prompts included",
                     format_value(cost.joules_per_token * 1e6 / kJoulesPerKwh), money);
}

}  // namespace

std::string error_text(const std::optional<ServingError>& error) {
  if (!error) return "nobody measured how far such predictions are off";
  return fmt::format("half of {} runs within {}, nine in ten within {} ({})", error->count,
                     format_share(error->median), format_share(error->p90), in_words(error->basis));
}

std::optional<ServingError> error_of(const ServingSubject& subject, const World& world,
                                     ServingMetric metric) {
  return expected_error(world.serving_errors,
                        {metric, subject.device_id, family_of(*subject.model),
                         subject.engine.is_unmeasured, subject.device->counted_as});
}

std::string plan_text(const ServingPlan& plan) {
  std::string text = fmt::format("TP{}", plan.tensor);
  if (plan.attention_dp > 1) text += fmt::format(" x DP{}", plan.attention_dp);
  if (plan.pipeline > 1) text += fmt::format(" x PP{}", plan.pipeline);
  if (plan.expert_parallel) text += fmt::format(", EP{}", plan.stage_devices());
  return text;
}

std::string in_words(NumericFormat format) {
  switch (format) {
    case NumericFormat::Fp16:
      return "bf16";
    case NumericFormat::Fp8:
      return "fp8";
    case NumericFormat::Fp8Block:
      return "fp8 in blocks";
    case NumericFormat::Int8:
      return "int8";
    case NumericFormat::Int4:
      return "int4";
    case NumericFormat::Nvfp4:
      return "nvfp4";
    case NumericFormat::Mxfp4:
      return "mxfp4";
  }
  return "";
}

std::string precision_text(const Precision& precision) {
  std::string text = in_words(precision.weights) + " weights";
  if (precision.experts != precision.weights)
    text += ", " + in_words(precision.experts) + " experts";
  return text + ", " + in_words(precision.kv) + " cache";
}

std::string memory_text(const ServingEstimate& estimate, Tokens request) {
  const ServingMemory& m = estimate.memory;
  const double cache = cache_of(m, request).value;
  const double all = m.weights.value + m.activations.value + m.buffers.value + cache;
  return fmt::format(
      "{} GiB weights + {} activations + {} buffers + {} cache of a request of {} tokens = {} of "
      "{} GiB",
      format_value(m.weights.value / kGib), format_value(m.activations.value / kGib),
      format_value(m.buffers.value / kGib), format_value(cache / kGib), format_value(request.value),
      format_value(all / kGib), format_value(m.usable.value / kGib));
}

std::string other_formats_text(const ServingSubject& subject) {
  if (subject.other_formats.empty()) return "";
  return fmt::format("no --precision is given; a search tries {} as well",
                     fmt::join(subject.other_formats, " and "));
}

std::string answer_text(const ServingSubject& subject, const ServingEstimate& estimate,
                        const World& world) {
  const SteadyState& state = estimate.state;
  const ServingTask& task = subject.task;
  LabeledLines lines;
  lines.add("plan", fmt::format("{} on {} x {}, {} {} of {}; {}", subject.model->name,
                                estimate.devices(), subject.device->name, estimate.replicas,
                                estimate.replicas == 1 ? "replica" : "replicas",
                                plan_text(estimate.plan), precision_text(estimate.plan.precision)));
  lines.add("", other_formats_text(subject));
  lines.add("engine", engine_text(subject.engine));
  lines.add("memory", memory_text(estimate, task.prompt + task.output));
  lines.add("fits", verdict_text(estimate, task.prompt + task.output));
  if (estimate.fit.fit == MemoryFit::No) {
    return lines.text();
  }
  lines.add(
      "cache",
      fmt::format("{} tokens in a replica, {} requests of {} + {} tokens",
                  format_value(std::floor(estimate.memory.kv_tokens().value)),
                  format_value(std::floor(estimate.memory.requests(task.prompt + task.output))),
                  format_value(task.prompt.value), format_value(task.output.value)));
  lines.add("load", fmt::format("{} requests in flight in a replica, {} of them decode",
                                format_value(estimate.concurrency), format_value(state.batch)));
  lines.add("TTFT", milliseconds(state.ttft) + "; " +
                        error_text(error_of(subject, world, ServingMetric::Ttft)));
  lines.add("TPOT", milliseconds(state.tpot) + "; " +
                        error_text(error_of(subject, world, ServingMetric::Tpot)));
  lines.add("output", fmt::format("{} tokens/s in all, {} a device; {}",
                                  format_value(estimate.output().value),
                                  format_value(estimate.output().value / estimate.devices()),
                                  error_text(error_of(subject, world, ServingMetric::OutputRate))));
  lines.add("kernels", kernels_text(subject, estimate));
  lines.add("cost", cost_text(cost_of(estimate, subject.upkeep)));
  lines.add("binds", std::string(kLimitWords[static_cast<std::size_t>(state.decode.binding())]) +
                         " in decode");
  return lines.text() + "\nOne iteration that decodes " + format_value(state.batch) +
         " sequences\n" + to_text(breakdown(state.decode));
}

JsonValue answer_json(const ServingSubject& subject, const ServingEstimate& estimate,
                      const World& world) {
  const auto& m = estimate.memory;
  const auto& state = estimate.state;
  JsonValue json = JsonValue::object();
  json.add("schema", "chokepoint.estimate.serving/1")
      .add("model", subject.model->name)
      .add("device", subject.device->name)
      .add("devices", double(estimate.devices()))
      .add("engine", subject.engine.name)
      .add("engine_experiments", double(subject.engine.experiments));
  if (subject.version != nullptr) json.add("stack_version", subject.version->name);
  JsonValue plan = JsonValue::object();
  plan.add("tp", double(estimate.plan.tensor))
      .add("dp", double(estimate.plan.attention_dp))
      .add("pp", double(estimate.plan.pipeline))
      .add("ep", double(estimate.plan.expert_parallel ? estimate.plan.stage_devices() : 1))
      .add("replicas", double(estimate.replicas))
      .add("precision", precision_text(estimate.plan.precision));
  JsonValue memory = JsonValue::object();
  memory.add("usable_bytes", m.usable.value)
      .add("weights_bytes", m.weights.value)
      .add("activations_bytes", m.activations.value)
      .add("buffers_bytes", m.buffers.value)
      .add("kv_tokens", std::max(0.0, std::floor(m.kv_tokens().value)))
      .add("requests", std::floor(m.requests(subject.task.prompt + subject.task.output)))
      .add("fits", std::string(name(estimate.fit.fit)))
      .add("margin_bytes", estimate.fit.margin.value);
  json.add("plan", std::move(plan)).add("memory", std::move(memory));
  if (estimate.fit.fit == MemoryFit::No) return json;
  JsonValue speed = JsonValue::object();
  speed.add("concurrency", estimate.concurrency)
      .add("batch", state.batch)
      .add("ttft_ms", state.ttft.value * 1e3)
      .add("tpot_ms", state.tpot.value * 1e3)
      .add("output_tok_s", estimate.output().value)
      .add("binds", std::string(kLimitWords[static_cast<std::size_t>(state.decode.binding())]));
  JsonValue kernels = JsonValue::object();
  for (std::size_t k = 0; k < kKernels; ++k) {
    kernels.add(std::string(kKernelWords[k]), state.decode.by_kernel[k].value * 1e3);
  }
  JsonValue errors = JsonValue::object();
  for (const auto& [key, metric] :
       {std::pair("ttft", ServingMetric::Ttft), std::pair("tpot", ServingMetric::Tpot),
        std::pair("output", ServingMetric::OutputRate)}) {
    const auto error = error_of(subject, world, metric);
    if (!error) continue;
    JsonValue one = JsonValue::object();
    one.add("median", error->median).add("p90", error->p90).add("runs", double(error->count));
    errors.add(key, std::move(one));
  }
  const ServingCost cost = cost_of(estimate, subject.upkeep);
  JsonValue money = JsonValue::object();
  money.add("joules_per_token", cost.joules_per_token)
      .add("usd_per_million_tokens",
           cost.usd_per_token ? std::optional(*cost.usd_per_token * 1e6) : std::nullopt);
  return json.add("speed", std::move(speed))
      .add("decode_iteration_ms", std::move(kernels))
      .add("expected_error", std::move(errors))
      .add("cost", std::move(money));
}

}  // namespace chokepoint
