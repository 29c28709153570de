#pragma once

#include <string>

#include "models/hardware/device.hpp"
#include "models/workload/transformer.hpp"

namespace chokepoint {

/// Arithmetic of matrix products in training. Weights are kept in 16 bits and cast.
enum class TrainingFormat {
  Bf16,   ///< Or fp16, at the same rate.
  Fp8,    ///< One scale per tensor.
  Mxfp8,  ///< One scale per 32 values.
  Nvfp4   ///< One scale per 16 values.
};
inline constexpr std::size_t kTrainingFormats = 4;

/// "bf16", "fp8", "mxfp8", "nvfp4".
std::string_view name(TrainingFormat format);

/// Activations that the backward pass computes once more instead of keeping them.
enum class Recompute { None, Selective, Full };

/// "none", "selective", "full".
std::string_view name(Recompute recompute);

/// How the stages of a pipeline take turns. More than one chunk of layers per device interleaves
/// one-forward-one-backward.
enum class PipelineSchedule {
  OneForwardOneBackward,
  ZeroBubble,  ///< Gradients of weights fill what would be idle (ZB-H1).
  DualPipe     ///< Half of the microbatches from either end; each device keeps two stages.
};

/// "1f1b", "zero-bubble", "dualpipe".
std::string_view name(PipelineSchedule schedule);

/// How one training step is laid out over devices of one kind. Data parallelism counts groups that
/// read sequences of their own; devices are tensor x pipeline x context x data.
struct TrainingPlan {
  int tensor = 1, pipeline = 1, context = 1, data = 1;
  int chunks = 1;  ///< Of layers per device; more than 1 interleaves.
  int expert = 1;  ///< Parts that the experts of a layer are spread in, of tensor x context x data.
  int expert_tensor = 1;  ///< Ranks that divide each expert of a part; without parts all of tensor.
  int zero = 1;     ///< 0: all keep all; 1: optimizer state; 2: gradients; 3: weights are sharded.
  int sharded = 0;  ///< Ranks that share what is sharded (HSDP); 0: all that are data parallel.
  double sequence = 4096;  ///< Tokens.
  int microbatch = 1;      ///< Sequences.
  int global_batch = 1;    ///< Sequences of a step, all devices together.
  Recompute recompute = Recompute::None;
  double recomputed_share = 1;  ///< Of layers, where recomputation is full.
  PipelineSchedule schedule = PipelineSchedule::OneForwardOneBackward;
  bool sequence_parallel = true;  ///< With tensor parallelism: norms are divided as well.
  TrainingFormat format = TrainingFormat::Bf16;

  int devices() const { return tensor * pipeline * context * data; }
  int stages() const { return pipeline * chunks; }
  /// Ways in which microbatches pass through the pipeline: so many stages has each device.
  int directions() const { return schedule == PipelineSchedule::DualPipe ? 2 : 1; }
  /// Devices of one stage that keep the same weights, experts left out.
  int copies() const { return data * context; }
  /// That pass through the pipeline in one step.
  int microbatches() const { return static_cast<int>(global_batch / sequences_of_round()); }
  /// That all groups read at once.
  long sequences_of_round() const { return static_cast<long>(data) * microbatch; }
  /// Tokens of one microbatch on one device.
  double tokens() const { return microbatch * sequence / context; }
};

/// Ranks that divide each expert.
double expert_division(const TrainingPlan& plan);

/// Devices that keep the same experts.
double expert_copies(const TrainingPlan& plan);

/// Devices that share state of the optimizer, and what else a stage of ZeRO shards: of weights that
/// all copies keep, and of experts. Where microbatches come from both ends twice as many keep each
/// stage.
struct StateShards {
  double dense = 1, experts = 1;
};
StateShards state_shards(const TrainingPlan& plan);

/// Tables of the vocabulary on the device that keeps most: two where one device has both ends and
/// they are not tied.
double vocabulary_tables(const Transformer& model, const TrainingPlan& plan);

/// Layers that a step passes through: those of the model, and those that predict further on.
double trained_layers(const Transformer& model);

/// Layers on each stage of the pipeline: L / stages, or where L + 2 divide instead (an embedding
/// and a head each take the place of a layer) one fewer on the first and on the last.
struct StageLayers {
  double first = 0, middle = 0, last = 0;
};
StageLayers stage_layers(const Transformer& model, const TrainingPlan& plan);

/// Whether stage_layers() are whole.
bool divides_layers(int layers, int stages);

/// Whether so many ranks share a sequence evenly.
bool divides_sequence(double sequence, int ranks);

/// Whether a device computes products in a format.
bool has_format(const DeviceSpec& device, TrainingFormat format);

/// Why `plan` cannot be laid out for `model` on `devices` devices of this kind, in words for
/// people, and what is nearest to it and can.
struct PlanComplaint {
  std::string message;  ///< Empty where nothing is wrong.
  std::string help;
};

/// Looks at degrees below 1, devices against their product, heads by tensor parallelism, layers by
/// stages, experts by expert parallelism, sequences by microbatches, the schedule, and the format.
PlanComplaint plan_complaint(const TrainingPlan& plan, const Transformer& model,
                             const DeviceSpec& device, int devices);

}  // namespace chokepoint
