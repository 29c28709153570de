#include "models/training/training_plan.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "models/training/dual_pipe.hpp"

namespace chokepoint {
namespace {

std::string text(long number) {
  return std::to_string(number);
}

// The number of [1, most] that is nearest to `wanted` and that `fits`; the lesser of two.
template <class Fits>
std::optional<int> nearest(int wanted, int most, const Fits& fits) {
  for (int off = 0; off <= std::max(wanted, most); ++off) {
    for (const int tried : {wanted - off, wanted + off}) {
      if (tried >= 1 && tried <= most && fits(tried)) return tried;
    }
  }
  return std::nullopt;
}

std::string nearest_help(const std::string& what, std::optional<int> value) {
  return value ? "the nearest " + what + " is " + text(*value) : "no " + what + " fits";
}

PlanComplaint degree_complaint(const TrainingPlan& plan) {
  const struct {
    const char* name;
    int value;
  } degrees[] = {{"tp", plan.tensor},
                 {"pp", plan.pipeline},
                 {"cp", plan.context},
                 {"dp", plan.data},
                 {"vpp", plan.chunks},
                 {"ep", plan.expert},
                 {"microbatch", plan.microbatch},
                 {"global batch", plan.global_batch}};
  for (const auto& [name, value] : degrees) {
    if (value < 1) return {std::string(name) + " is " + text(value), "give at least 1"};
  }
  if (plan.zero < 0 || plan.zero > 3) {
    return {"zero is " + text(plan.zero), "the nearest stage is " + text(plan.zero < 0 ? 0 : 3)};
  }
  return {};
}

PlanComplaint devices_complaint(const TrainingPlan& plan, int devices) {
  if (plan.devices() == devices) return {};
  const std::string product = "tp " + text(plan.tensor) + " x pp " + text(plan.pipeline) +
                              " x cp " + text(plan.context) + " x dp " + text(plan.data);
  const int of_copy = plan.tensor * plan.pipeline * plan.context;
  const std::string which = plan.devices() > devices ? "more than " : "not ";
  if (of_copy > devices) {
    return {product + " = " + text(plan.devices()) + " is more than " + text(devices) + " devices",
            "one copy of the model alone takes " + text(of_copy) + "; lower tp, pp or cp"};
  }
  const int lower = devices / of_copy;
  const std::string rest =
      devices % of_copy == 0 ? "" : ", on " + text(static_cast<long>(lower) * of_copy) + " devices";
  return {product + " = " + text(plan.devices()) + " is " + which + text(devices) + " devices",
          "the nearest dp is " + text(lower) + rest};
}

PlanComplaint shape_complaint(const TrainingPlan& plan, const Transformer& model) {
  const int heads = static_cast<int>(model.heads), layers = static_cast<int>(trained_layers(model));
  if (heads % plan.tensor != 0) {
    return {text(heads) + " heads do not divide by tp " + text(plan.tensor),
            nearest_help("tp", nearest(plan.tensor, heads, [&](int t) { return heads % t == 0; }))};
  }
  if (!divides_sequence(plan.sequence, plan.context)) {
    const auto shares = [&](int ranks) { return divides_sequence(plan.sequence, ranks); };
    return {"a sequence of " + text(static_cast<long>(plan.sequence)) +
                " tokens does not divide by cp " + text(plan.context),
            nearest_help("cp", nearest(plan.context, plan.context, shares))};
  }
  if (divides_layers(layers, plan.stages())) return {};
  const std::string stages = "pp " + text(plan.pipeline) + " x vpp " + text(plan.chunks);
  const auto chunks = nearest(plan.chunks, layers / plan.pipeline + 1, [&](int v) {
    return plan.pipeline * v <= layers && divides_layers(layers, plan.pipeline * v);
  });
  if (chunks) {
    return {text(layers) + " layers do not divide by " + stages, nearest_help("vpp", chunks)};
  }
  const auto pipeline = nearest(plan.pipeline, layers, [&](int p) {
    return p * plan.chunks <= layers && divides_layers(layers, p * plan.chunks);
  });
  const bool with_ends = pipeline && layers % (*pipeline * plan.chunks) != 0;
  return {text(layers) + " layers do not divide by " + stages,
          nearest_help("pp", pipeline) +
              (with_ends ? ", with embedding and head as a layer each" : "")};
}

PlanComplaint expert_complaint(const TrainingPlan& plan, const Transformer& model) {
  if (plan.expert == 1) return {};
  if (model.experts <= 0) {
    return {"ep is " + text(plan.expert) + " and the model has no experts", "the nearest ep is 1"};
  }
  const int experts = static_cast<int>(model.experts);
  const int ranks = plan.tensor * plan.copies();
  const auto fits = [&](int e) {
    return experts % e == 0 && ranks % (e * plan.expert_tensor) == 0;
  };
  if (fits(plan.expert)) return {};
  return {text(experts) + " experts on " + text(ranks) + " ranks of a stage do not divide by ep " +
              text(plan.expert),
          nearest_help("ep", nearest(plan.expert, std::min(experts, ranks), fits))};
}

PlanComplaint both_ways_complaint(const TrainingPlan& plan) {
  const int p = plan.pipeline, m = plan.microbatches();
  if (passes_both_ways(p, m)) return {};
  if (p % 2 != 0) {
    return {"pp is " + text(p) + " and dualpipe takes an even number of stages",
            "the nearest pp is " + text(p + 1)};
  }
  const long even = std::max(2L * p, m + m % 2L);
  return {text(m) + " microbatches of a step, and dualpipe takes an even number of at least " +
              text(2L * p) + ", twice pp",
          "the nearest global batch is " + text(even * plan.sequences_of_round())};
}

PlanComplaint batch_complaint(const TrainingPlan& plan) {
  const long of_round = plan.sequences_of_round();
  if (plan.global_batch % of_round != 0) {
    const long rounds = std::max(1L, (plan.global_batch + of_round / 2) / of_round);
    return {"a global batch of " + text(plan.global_batch) + " does not divide by dp " +
                text(plan.data) + " x microbatch " + text(plan.microbatch),
            "the nearest global batch is " + text(rounds * of_round)};
  }
  if (plan.chunks > 1 && plan.microbatches() % plan.pipeline != 0) {
    const long rounds = std::max(1, (plan.microbatches() + plan.pipeline / 2) / plan.pipeline);
    return {text(plan.microbatches()) + " microbatches do not divide by pp " + text(plan.pipeline) +
                ", which chunks take turns by",
            "the nearest global batch is " + text(rounds * plan.pipeline * of_round)};
  }
  if (plan.chunks > 1 && plan.schedule != PipelineSchedule::OneForwardOneBackward) {
    return {"vpp is " + text(plan.chunks) + " and the schedule " +
                std::string(name(plan.schedule)) + " has one chunk",
            "the nearest vpp is 1"};
  }
  if (plan.schedule == PipelineSchedule::DualPipe) {
    PlanComplaint wrong = both_ways_complaint(plan);
    if (!wrong.message.empty()) return wrong;
  }
  const int shared = plan.sharded;
  if (shared > 0 && plan.copies() % shared != 0) {
    const auto fits = [&](int s) { return plan.copies() % s == 0; };
    return {text(plan.copies()) + " copies do not divide into groups of " + text(shared),
            nearest_help("group", nearest(shared, plan.copies(), fits))};
  }
  return {};
}

PlanComplaint format_complaint(const TrainingPlan& plan, const DeviceSpec& device) {
  if (has_format(device, plan.format)) return {};
  return {device.name + " has no arithmetic for " + std::string(name(plan.format)),
          device.peaks.fp8 ? "the nearest format is fp8" : "the nearest format is bf16"};
}

}  // namespace

bool has_format(const DeviceSpec& device, TrainingFormat format) {
  switch (format) {
    case TrainingFormat::Bf16:
      return true;
    case TrainingFormat::Fp8:
      return device.peaks.fp8.has_value();
    case TrainingFormat::Mxfp8:
      // Scales of 32 values came with arithmetic in 4 bits.
      return device.peaks.fp8 && device.peaks.fp4;
    case TrainingFormat::Nvfp4:
      return device.peaks.fp4.has_value();
  }
  return false;
}

bool divides_sequence(double sequence, int ranks) {
  return std::fmod(sequence, ranks) == 0;
}

bool divides_layers(int layers, int stages) {
  return stages <= layers && (layers % stages == 0 || (layers + 2) % stages == 0);
}

std::string_view name(TrainingFormat format) {
  constexpr std::string_view kNames[] = {"bf16", "fp8", "mxfp8", "nvfp4"};
  return kNames[static_cast<std::size_t>(format)];
}

std::string_view name(PipelineSchedule schedule) {
  constexpr std::string_view kNames[] = {"1f1b", "zero-bubble", "dualpipe"};
  return kNames[static_cast<std::size_t>(schedule)];
}

std::string_view name(Recompute recompute) {
  constexpr std::string_view kNames[] = {"none", "selective", "full"};
  return kNames[static_cast<std::size_t>(recompute)];
}

double expert_division(const TrainingPlan& plan) {
  return plan.expert > 1 ? plan.expert_tensor : plan.tensor;
}

double expert_copies(const TrainingPlan& plan) {
  const double ranks = static_cast<double>(plan.copies()) * plan.tensor;
  return std::max(1.0, ranks / (plan.expert * expert_division(plan)));
}

StateShards state_shards(const TrainingPlan& plan) {
  const double ways = plan.directions();
  const double dense = plan.sharded > 0 ? plan.sharded : plan.copies() * ways;
  return {dense, std::min(dense, expert_copies(plan) * ways)};
}

double vocabulary_tables(const Transformer& model, const TrainingPlan& plan) {
  const bool has_both = plan.pipeline == 1 || plan.directions() > 1;
  return has_both && !model.tied_embeddings ? 2 : 1;
}

double trained_layers(const Transformer& model) {
  return model.layers + model.mtp_layers;
}

StageLayers stage_layers(const Transformer& model, const TrainingPlan& plan) {
  const double stages = plan.stages();
  const double even = trained_layers(model) / stages;
  const double with_ends = (trained_layers(model) + 2) / stages;
  if (stages > 1 && even != std::floor(even) && with_ends == std::floor(with_ends)) {
    return {with_ends - 1, with_ends, with_ends - 1};
  }
  return {even, even, even};
}

PlanComplaint plan_complaint(const TrainingPlan& plan, const Transformer& model,
                             const DeviceSpec& device, int devices) {
  PlanComplaint found = degree_complaint(plan);
  if (found.message.empty()) found = devices_complaint(plan, devices);
  if (found.message.empty()) found = shape_complaint(plan, model);
  if (found.message.empty()) found = expert_complaint(plan, model);
  if (found.message.empty()) found = batch_complaint(plan);
  if (found.message.empty()) found = format_complaint(plan, device);
  return found;
}

}  // namespace chokepoint
