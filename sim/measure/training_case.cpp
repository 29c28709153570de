#include "sim/measure/training_case.hpp"

#include <algorithm>
#include <cmath>

#include "models/find_named.hpp"
#include "models/training/dual_pipe.hpp"
#include "sim/measure/training_cells.hpp"

namespace chokepoint {
namespace {

constexpr double kGb = 1e9;
constexpr double kMostDevices = 1e7;
constexpr long kMostSequences = 1'000'000'000;

bool has(const MeasuredRow& row, std::string_view column) {
  return !cell(row, column).empty();
}

int count_in(const MeasuredRow& row, std::string_view column, int otherwise) {
  const double value = number_in(row, column, otherwise);
  return static_cast<int>(std::clamp(value, -1e9, 1e9));
}

// 3 where it is gated: what the number of parameters says, else most models today are.
bool is_gated(const MeasuredRow& row, const Transformer& m) {
  if (has(row, "gated_mlp")) return number_in(row, "gated_mlp", 0) != 0;
  const double stated = number_in(row, "params_b", 0) * 1e9;
  if (stated <= 0) return true;
  const double attention = 2 * m.hidden * m.head_dim * (m.heads + m.kv_heads);
  const double inner = m.experts > 0 ? m.experts * m.expert_ffn : m.ffn;
  const auto parameters = [&](double matrices) {
    return m.layers * (attention + matrices * m.hidden * inner) + m.vocabulary * m.hidden;
  };
  return std::abs(parameters(3) - stated) < std::abs(parameters(2) - stated);
}

Transformer shape_of(const MeasuredRow& row, const TrainingCatalog& catalog) {
  Transformer m;
  const auto* known = find_named(catalog.transformers, cell(row, "model_id"));
  if (known != nullptr) m = *known;
  m.name = has(row, "model") ? std::string(cell(row, "model")) : m.name;
  const double layers = number_in(row, "layers", m.layers);
  if (known != nullptr && m.layers > 0) {
    m.window_layers *= layers / m.layers;
    m.linear_layers *= layers / m.layers;
  }
  m.layers = layers;
  m.hidden = number_in(row, "hidden", m.hidden);
  m.heads = number_in(row, "heads", m.heads);
  if (known == nullptr) m.kv_heads = m.heads;
  m.kv_heads = number_in(row, "kv_heads", m.kv_heads);
  m.ffn = number_in(row, "ffn", m.ffn);
  m.vocabulary = number_in(row, "vocab", m.vocabulary);
  m.experts = number_in(row, "moe_experts", m.experts);
  m.experts_per_token = number_in(row, "topk", m.experts_per_token);
  m.expert_ffn =
      number_in(row, "moe_ffn", m.experts > 0 && m.expert_ffn == 0 ? m.ffn : m.expert_ffn);
  if (known == nullptr && m.heads > 0) m.head_dim = m.hidden / m.heads;
  m.head_dim = number_in(row, "head_dim", m.head_dim);
  if (known == nullptr || has(row, "gated_mlp")) m.gated_mlp = is_gated(row, m);
  if (has(row, "sliding_window")) {
    m.sliding_window = number_in(row, "sliding_window", 0);
    m.window_layers = m.layers;
  }
  m.first_dense_layers = number_in(row, "first_dense_layers", m.first_dense_layers);
  m.mtp_layers = number_in(row, "mtp_layers", m.mtp_layers);
  return m;
}

TrainingFormat format_named(const std::string& word, std::string& reason) {
  if (word.empty() || word == "bf16" || word == "fp16") return TrainingFormat::Bf16;
  for (std::size_t i = 0; i < kTrainingFormats; ++i) {
    if (name(static_cast<TrainingFormat>(i)) == word) return static_cast<TrainingFormat>(i);
  }
  reason = "no format '" + word + "': the nearest is " +
           (word.find('4') != std::string::npos   ? "nvfp4"
            : word.find('8') != std::string::npos ? "fp8"
                                                  : "bf16");
  return TrainingFormat::Bf16;
}

TrainingPlan plan_of(const MeasuredRow& row, std::string& reason) {
  TrainingPlan plan;
  plan.tensor = count_in(row, "tp", 1);
  plan.pipeline = count_in(row, "pp", 1);
  plan.context = count_in(row, "cp", 1);
  plan.chunks = count_in(row, "vpp", 1);
  plan.expert = count_in(row, "ep", 1);
  const int devices = count_in(row, "chips", 1);
  if (1.0 * plan.tensor * plan.pipeline * plan.context > kMostDevices) {
    reason = "tp x pp x cp is more than ten million devices: lower tp, pp or cp";
    return plan;
  }
  const int of_copy = std::max(1, plan.tensor * plan.pipeline * plan.context);
  plan.data = count_in(row, "dp", std::max(1, devices / of_copy));
  if (1.0 * of_copy * plan.data > kMostDevices) {
    reason = "tp x pp x cp x dp is more than ten million devices: lower dp";
    return plan;
  }
  plan.zero = count_in(row, "zero", plan.data > 1 ? 1 : 0);
  plan.sharded = count_in(row, "zero_group", 0);
  plan.sequence = number_in(row, "seq_len", 4096);
  plan.microbatch = count_in(row, "microbatch", 1);
  if (!has(row, "global_batch") && plan.sequences_of_round() > kMostSequences) {
    reason = "dp x microbatch is more than a billion sequences: lower microbatch";
    return plan;
  }
  plan.global_batch = count_in(row, "global_batch", static_cast<int>(plan.sequences_of_round()));
  const std::string recompute(cell(row, "recompute"));
  if (recompute.starts_with("full")) plan.recompute = Recompute::Full;
  if (recompute.starts_with("sel")) plan.recompute = Recompute::Selective;
  if (plan.recompute == Recompute::Full) {
    plan.recomputed_share = number_in(row, "recompute_share", 1);
  }
  plan.format = format_named(std::string(cell(row, "precision")), reason);
  plan.sequence_parallel = number_in(row, "sequence_parallel", plan.tensor > 1 ? 1 : 0) != 0;
  return plan;
}

// As a row says, else as the version of the stack takes it where it can.
PipelineSchedule schedule_of(const MeasuredRow& row, const TrainingTraits& traits,
                             const TrainingPlan& plan) {
  for (const PipelineSchedule one : {PipelineSchedule::OneForwardOneBackward,
                                     PipelineSchedule::ZeroBubble, PipelineSchedule::DualPipe}) {
    if (cell(row, "schedule") == name(one)) return one;
  }
  const bool is_alike = plan.chunks == 1 && plan.global_batch % plan.sequences_of_round() == 0;
  const bool can = is_alike && passes_both_ways(plan.pipeline, plan.microbatches());
  return traits.has_dual_pipe && can ? PipelineSchedule::DualPipe
                                     : PipelineSchedule::OneForwardOneBackward;
}

void set_traits(const MeasuredRow& row, TrainingCase& one) {
  TrainingTraits& traits = one.traits;
  if (has(row, "flash_attention")) traits.keeps_scores = number_in(row, "flash_attention", 1) == 0;
  traits.overlaps_tensor = number_in(row, "tp_overlap", traits.overlaps_tensor ? 1 : 0) != 0;
  if (has(row, "grad_dtype")) traits.gradient_bytes = cell(row, "grad_dtype") == "fp32" ? 4 : 2;
  traits.drops_tokens = cell(row, "moe_drop") == "drop";
}

bool is_measured_there(const TrainingStack& version, const std::string& architecture,
                       const TrainingCatalog& catalog) {
  return std::ranges::any_of(version.measured_on, [&](const std::string& name) {
    const DeviceSpec* device = find_named(catalog.devices, name);
    if (device == nullptr) return false;
    const std::string& stack = catalog.stacks[device->stack.value];
    return stack == version.stack && training_architecture(*device, stack) == architecture;
  });
}

std::string first_of(const std::string& a, std::string_view b) {
  return a.empty() ? std::string(b) : a;
}

// The kernel of attention that a stack has on an architecture where nobody names one.
std::string_view usual_attention(std::string_view architecture) {
  if (architecture.starts_with("cann")) return "native";
  return architecture.ends_with(".16") ? "fa2" : "cudnn";
}

void set_keys(const MeasuredRow& row, const TrainingStack* version, const std::string& architecture,
              TrainingCase& one) {
  // Parts that nobody names on a stack that nobody measured have keys of their own, and priors.
  const bool is_own = one.is_architecture_measured;
  const auto& a = architecture;
  const TrainingStack unknown{"", "", a, a, a, a, a, a, {}, {}, {}}, none;
  const TrainingStack& v = version != nullptr ? *version : is_own ? none : unknown;
  const bool is_npu = architecture.starts_with("cann");
  const auto set = [&](TrainingScope scope, std::string key) {
    one.keys[static_cast<std::size_t>(scope)] = std::move(key);
  };
  std::string fusion = first_of(v.fusion, is_npu ? "npu" : "megatron");
  if (number_in(row, "autocast", 0) != 0) fusion = "autocast";
  if (has(row, "compile")) fusion = cell(row, "compile") == "eager" ? "eager" : "compiled";
  set(TrainingScope::Architecture, architecture);
  set(TrainingScope::Device, one.device_name);
  set(TrainingScope::Format, std::string(name(one.plan.format)) + "." + architecture);
  set(TrainingScope::Attention,
      first_of(v.attention, usual_attention(architecture)) + "." + architecture);
  set(TrainingScope::Fusion, fusion);
  set(TrainingScope::Recomputation, first_of(v.recomputation, "whole"));
  set(TrainingScope::TensorOverlap, first_of(v.tensor_overlap, is_npu ? "mc2" : "userbuffers"));
  set(TrainingScope::DataOverlap, first_of(v.data_overlap, is_npu ? "npu" : "core"));
  set(TrainingScope::Network, first_of(std::string(cell(row, "network")), "infiniband"));
  const bool has_experts = one.model.experts > 0;
  set(TrainingScope::ExpertRelease,
      !has_experts && !is_npu ? "dense" : first_of(v.expert_release, is_npu ? "npu" : "2026"));
  set(TrainingScope::StackVersion, is_own ? one.version : one.version + "." + architecture);
}

void set_links(const MeasuredRow& row, const TrainingCatalog& catalog, TrainingCase& one) {
  const auto node = std::ranges::find_if(catalog.nodes, [&](const NodeSpec& one_node) {
    return &catalog.devices[one_node.device.value] == one.device;
  });
  const bool is_found = node != catalog.nodes.end();
  one.links = is_found ? interconnect_of(*one.device, *node) : interconnect_of(*one.device);
  one.is_mesh = is_found && node->links.shape == ScaleupShape::FullMesh;
  const double stated = number_in(row, "scaleout_gb_s", 0);
  if (stated > 0) one.links.scaleout = BytesPerSecond{stated * kGb};
}

void set_measured(const MeasuredRow& row, TrainingCase& one) {
  const double step = number_in(row, "iteration_time_s", 0);
  const double rate = number_in(row, "tokens_per_s", 0);
  if (step > 0) {
    one.step = Seconds{step};
  } else if (rate > 0) {
    one.step = Seconds{one.plan.global_batch * one.plan.sequence / rate};
  }
  const double memory = number_in(row, "mem_gb", 0);
  if (memory > 0 && has(row, "microbatch")) one.memory = Bytes{memory * kBytesPerGib};
  one.is_allocated = cell(row, "mem_kind") == "allocated";
}

std::string shape_reason(const MeasuredRow& row, const Transformer& m) {
  const bool lacks = m.layers < 1 || m.hidden < 1 || m.heads < 1 || m.vocabulary < 1 ||
                     (m.head_dim <= 0 && m.attention != Transformer::Attention::Mla) ||
                     (m.ffn < 1 && m.expert_ffn < 1);
  if (!lacks) return "";
  if (!has(row, "model_id")) {
    return "neither model_id nor layers, hidden, heads, ffn and vocab say the shape";
  }
  return "no model '" + std::string(cell(row, "model_id")) +
         "' in the catalogue, and layers, hidden, heads, ffn and vocab do not say the shape";
}

}  // namespace

std::string training_architecture(const DeviceSpec& device, std::string_view stack) {
  // CANN of that time trained in 16 bits, whatever a device has beside.
  if (stack == "cann") return "cann.16";
  return std::string(stack) + (device.peaks.fp4 ? ".4" : device.peaks.fp8 ? ".8" : ".16");
}

bool is_measured_architecture(const std::string& architecture, const TrainingCatalog& catalog) {
  return std::ranges::any_of(catalog.versions, [&](const TrainingStack& one) {
    return is_measured_there(one, architecture, catalog);
  });
}

const TrainingStack* presumed_version(const DeviceSpec& device, const Transformer& model,
                                      const TrainingCatalog& catalog) {
  const std::string architecture =
      training_architecture(device, catalog.stacks[device.stack.value]);
  const auto known_last = [&](bool of_any) {
    const TrainingStack* best = nullptr;
    for (const TrainingStack& one : catalog.versions) {
      const bool fits = one.expert_release.empty() == (model.experts <= 0) || one.stack == "cann";
      if (one.traits.keeps_scores || !(fits || of_any)) continue;
      if (!is_measured_there(one, architecture, catalog)) continue;
      if (best == nullptr || one.known_on > best->known_on) best = &one;
    }
    return best;
  };
  const TrainingStack* best = known_last(false);
  return best != nullptr ? best : known_last(true);
}

TrainingKeys usual_training_keys(const DeviceSpec& device, const TrainingCatalog& catalog) {
  const std::string architecture =
      training_architecture(device, catalog.stacks[device.stack.value]);
  const TrainingStack* version = presumed_version(device, Transformer{}, catalog);
  TrainingCase one;
  one.device_name = device.name;
  if (version != nullptr) one.version = version->name;
  one.is_architecture_measured = version != nullptr;
  set_keys({}, version, architecture, one);
  return one.keys;
}

TrainingCase training_case(const MeasuredRow& given, const TrainingCatalog& catalog) {
  const MeasuredRow row = filled(given, catalog.presumed);
  TrainingCase one;
  one.id = cell(row, "id");
  one.group = cell(row, "group");
  one.source = cell(row, "source");
  one.device_name = cell(row, "chip_id");
  one.version = cell(row, "stack_version");
  one.left_out = cell(row, "left_out");
  one.model = shape_of(row, catalog);
  one.model_name = one.model.name;
  one.reason = training_cells_reason(row);
  if (one.is_known()) one.plan = plan_of(row, one.reason);
  if (!one.is_known()) return one;
  one.device = find_named(catalog.devices, one.device_name);
  if (one.device == nullptr) {
    one.reason = "no device '" + one.device_name + "' in the catalogue";
    return one;
  }
  const DeviceSpec& device = *one.device;
  if (!device.peaks.bf16 || !device.memory || !device.memory_bandwidth) {
    one.reason = "the catalogue lacks bf16 peak, memory or bandwidth of the device";
  }
  if (one.is_known()) one.reason = shape_reason(row, one.model);
  if (!one.is_known()) return one;
  const std::string& stack = catalog.stacks[device.stack.value];
  const std::string architecture = training_architecture(device, stack);
  const TrainingStack* version = find_named(catalog.versions, one.version);
  if (version == nullptr && one.version.empty()) {
    version = presumed_version(device, one.model, catalog);
    if (version != nullptr) one.version = version->name;
  }
  one.is_architecture_measured = is_measured_architecture(architecture, catalog) &&
                                 (version == nullptr || version->stack == stack);
  one.is_pair_measured =
      one.is_architecture_measured && version != nullptr && version->is_measured_on(device.name);
  if (version != nullptr) one.traits = version->traits;
  if (version != nullptr && cell(row, "precision") == "fp16") {
    one.traits.kept_gradient_bytes = version->kept_gradient_bytes_fp16;
  }
  if (!one.is_architecture_measured) one.traits.overlaps_tensor = false;
  set_traits(row, one);
  one.plan.schedule = schedule_of(row, one.traits, one.plan);
  if (one.traits.divides_experts && one.plan.expert > 1) one.plan.expert_tensor = one.plan.tensor;
  set_keys(row, one.is_architecture_measured ? version : nullptr, architecture, one);
  set_links(row, catalog, one);
  set_measured(row, one);
  const PlanComplaint wrong =
      plan_complaint(one.plan, one.model, device, count_in(row, "chips", one.plan.devices()));
  if (!wrong.message.empty()) one.reason = wrong.message + ": " + wrong.help;
  return one;
}

std::vector<TrainingCase> training_cases(std::span<const MeasuredRow> rows,
                                         const TrainingCatalog& catalog) {
  std::vector<TrainingCase> cases;
  cases.reserve(rows.size());
  for (const MeasuredRow& row : rows) cases.push_back(training_case(row, catalog));
  return cases;
}

}  // namespace chokepoint
