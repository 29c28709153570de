#include "sim/measure/experiment_case.hpp"

#include <algorithm>
#include <cassert>

#include "models/find_named.hpp"

namespace chokepoint {
namespace {

constexpr double kNodeDevices = 8;

bool is_latent(const ExperimentCase& c) {
  return c.model->attention == Transformer::Attention::Mla;
}

bool has_fp4(const ExperimentCase& c) {
  return c.device->peaks.fp4.has_value();
}

bool has_mxfp4_experts(const ExperimentCase& c) {
  return c.model->expert_format == Transformer::ExpertFormat::Mxfp4;
}

// The first word of what the table says of precision: weights and activations in it, or in 4 and 8
// bits.
std::optional<NumericFormat> stated_format(const std::string& precision) {
  const std::string word = precision.substr(0, precision.find(' '));
  if (word == "bf16" || word == "fp16") return NumericFormat::Fp16;
  if (word == "fp8") return NumericFormat::Fp8;
  if (word == "fp8_block") return NumericFormat::Fp8Block;
  if (word == "int8" || word == "w8a8") return NumericFormat::Int8;
  if (word == "int4" || word == "w4a16" || word == "w4a8") return NumericFormat::Int4;
  if (word == "nvfp4" || word == "fp4") return NumericFormat::Nvfp4;
  if (word == "mxfp4") return NumericFormat::Mxfp4;
  return std::nullopt;
}

Precision precision_of(const ExperimentCase& c, NumericFormat stated) {
  const bool has_8bit_kv = stated != NumericFormat::Fp16 &&
                           (c.experiment.engine == EngineFamily::TensorRt || has_fp4(c));
  const NumericFormat kv = has_8bit_kv ? NumericFormat::Fp8 : NumericFormat::Fp16;
  if (has_mxfp4_experts(c)) {
    Precision mixed = uniform_precision(NumericFormat::Fp16, kv);
    mixed.experts = NumericFormat::Mxfp4;
    if (has_fp4(c)) mixed.activations = NumericFormat::Fp8;
    return mixed;
  }
  if (stated == NumericFormat::Fp8 && is_latent(c)) stated = NumericFormat::Fp8Block;
  Precision precision = uniform_precision(stated, kv);
  const bool has_8bit_activations = c.experiment.precision.starts_with("w4a8");
  if (has_8bit_activations) {
    precision.attention = precision.activations = NumericFormat::Int8;
  } else if (stated == NumericFormat::Int4 && is_latent(c)) {
    precision.attention = NumericFormat::Fp16;
  } else if (bits(stated) == 4 && is_latent(c)) {
    precision.attention = NumericFormat::Fp8;
  }
  return precision;
}

RunSettings settings_of(const ExperimentCase& c, std::span<const PresumedSetting> presumed) {
  const Experiment& e = c.experiment;
  RunKind run;
  run.engine = name(e.engine);
  run.framework = e.framework;
  run.model = e.model;
  run.is_inferencemax = e.is_inferencemax;
  run.is_latent = is_latent(c);
  run.has_fp4 = has_fp4(c);
  run.has_equal_lengths = e.prompt == e.output;
  run.speculates = e.speculation == Speculation::Mtp || e.speculation == Speculation::Drafts;
  run.devices = e.devices;
  run.concurrency = e.concurrency;
  run.attention_dp = e.mode == "decode" ? 1.0 : e.attention_dp;
  RunSettings settings = presumed_settings(presumed, run);
  settings.take(e.stated);
  if (!run.speculates) settings.drafted.reset();
  return settings;
}

ServingPlan plan_of(const ExperimentCase& c, NumericFormat stated, const RunSettings& settings) {
  const Experiment& e = c.experiment;
  ServingPlan plan;
  plan.precision = precision_of(c, stated);
  plan.loads_mtp = e.speculation == Speculation::Mtp;
  plan.has_graphs = settings.graphs.value_or(Graphs::Full) == Graphs::Full;
  double stages = std::max(e.pipeline, 1.0);
  if (e.tensor <= 0 && e.devices > kNodeDevices) stages = e.devices / kNodeDevices;
  const double stage = e.devices / stages;
  double groups = std::max(e.attention_dp, 1.0);
  if (e.mode == "decode") groups = stage;
  plan.pipeline = static_cast<int>(stages);
  plan.attention_dp = static_cast<int>(groups);
  plan.tensor = static_cast<int>(stage / groups);
  const bool has_experts = c.model->experts > 0;
  plan.expert_parallel = has_experts && (e.expert > 1 || (groups > 1 && e.mode == "decode"));
  return plan;
}

EngineSettings engine_settings(const ExperimentCase& c, const RunSettings& run) {
  EngineSettings made;
  made.reserves_answer = c.experiment.engine == EngineFamily::TensorRt;
  made.token_budget = run.token_budget.value_or(made.token_budget);
  if (run.max_sequences) made.max_sequences = *run.max_sequences;
  made.speculated = run.drafted.value_or(0);
  made.stream_interval = run.stream_interval.value_or(0);
  made.receive_interval = run.receive_interval.value_or(0);
  made.balance_wait = run.balance_wait.value_or(0);
  return made;
}

ServingLoad load_of(const Experiment& e, const ServingPlan& plan) {
  const double mean_length = e.is_inferencemax ? 0.9 : 1.0;
  ServingLoad load;
  load.prompt = Tokens{e.prompt * mean_length};
  load.output = Tokens{e.output * mean_length};
  load.concurrency = std::max(e.concurrency, 1.0);
  load.waves = e.waves;
  if (e.mode == "decode") {
    load.client = Client::DecodeOnly;
    load.concurrency *= plan.attention_dp;  // The table states it per device.
  } else if (!e.mode.starts_with("online")) {
    load.client = e.concurrency > 0 ? Client::FixedBatch : Client::Offline;
  }
  return load;
}

std::string missing_in(const ExperimentCase& c) {
  const Experiment& e = c.experiment;
  if (!c.model) return "no model '" + e.model + "' in the catalogue";
  if (!c.device) return "no device '" + e.device + "' in the catalogue";
  if (!c.device->peaks.bf16) return "the bf16 peak of " + e.device + " is not known";
  if (!c.device->memory) return "the memory of " + e.device + " is not known";
  if (!c.device->memory_bandwidth) return "the bandwidth of " + e.device + " is not known";
  if (!e.kv_tokens && !states_lengths(e)) return "it states no lengths of prompt and output";
  if (!stated_format(e.precision)) return "no format '" + e.precision + "'";
  return {};
}

}  // namespace

ExperimentCase experiment_case(const Experiment& experiment, const MeasuredCatalog& catalog) {
  ExperimentCase made;
  made.experiment = experiment;
  made.model = find_named(catalog.transformers, experiment.model);
  made.device = find_named(catalog.devices, experiment.device);
  made.reason = missing_in(made);
  if (!made.is_known()) return made;
  const RunSettings settings = settings_of(made, catalog.presumed);
  made.plan = plan_of(made, *stated_format(experiment.precision), settings);
  made.reason = plan_complaint(made.plan, *made.model);
  made.links = interconnect_of(*made.device);
  made.settings = engine_settings(made, settings);
  made.memory.token_budget = made.settings.token_budget;
  made.memory.frees_windows = experiment.engine != EngineFamily::TensorRt;
  if (experiment.engine == EngineFamily::Vllm) {
    made.memory.sampled = 1024;
    made.memory.bytes_per_logit = 43;
  }
  made.load = load_of(experiment, made.plan);
  return made;
}

bool states_lengths(const Experiment& experiment) {
  return experiment.prompt > 0 && experiment.output > 0;
}

Tokens kv_tokens_of(const ExperimentCase& known, const Coefficients& coefficients) {
  const ServingMemory memory = memory_of(known, coefficients);
  const Tokens request = known.experiment.kv_request;
  const Tokens all = request > Tokens{0} ? memory.reported_tokens(request) : memory.kv_tokens();
  return all / memory.replicas;
}

ServingMemory memory_of(const ExperimentCase& known, const Coefficients& coefficients) {
  assert(known.is_known());
  MemorySettings settings = known.memory;
  settings.usable = coefficients.usable_memory;
  return serving_memory(*known.model, *known.device, known.plan, settings);
}

SteadyState predicted(const ExperimentCase& known, const Coefficients& coefficients) {
  assert(known.is_known() && states_lengths(known.experiment));
  const Replica replica({*known.model, *known.device, known.links, known.plan, coefficients});
  return steady_state(replica, memory_of(known, coefficients), known.load, known.settings);
}

}  // namespace chokepoint
