#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/units.hpp"
#include "sim/measure/measured_table.hpp"
#include "sim/measure/run_settings.hpp"

namespace chokepoint {

/// Programs that serve models, as far as they differ in what the table shows.
enum class EngineFamily { TensorRt, Vllm, Sglang, VllmAscend, Other };
inline constexpr std::size_t kEngineFamilies = 5;

/// "trtllm", "vllm", "sglang", "vllm_ascend", "other".
std::string_view name(EngineFamily family);
/// The family of a framework by a part of its name, in any case: "vllm 0.11", "SGLang", "TRT-LLM".
EngineFamily engine_family(std::string text);

/// Whether its kernels and host code are those of another stack than the other engines'.
bool has_own_stack(EngineFamily family);

/// Whether a run speculated: with layers of the model itself, or with drafts from elsewhere.
enum class Speculation { None, Mtp, Drafts, Unknown };

/// One configuration that was run, with all that was measured of it.
struct Experiment {
  std::string id;  ///< Of its rows, without the name of the metric.
  std::string device, model, precision, framework, mode;
  EngineFamily engine = EngineFamily::Other;
  double devices = 1, tensor = 0, pipeline = 1, expert = 1, attention_dp = 1;
  double prompt = 0, output = 0;  ///< As the table states them, in tokens.
  double concurrency = 0;         ///< Or batch; 0: as many as fit.
  Speculation speculation = Speculation::None;
  /// A benchmark of ten times as many prompts as run at once, with lengths drawn from 0.8 to 1 of
  /// those stated: SemiAnalysis' InferenceMAX. Told by the source of its rows.
  bool is_inferencemax = false;
  /// One part in so many of the requests starts in a burst, where the client starts all at once: 10
  /// in InferenceMAX; 1 where all lengths are alike, since those that start together end together.
  /// 0: not known.
  double waves = 0;
  RunSettings stated;  ///< In columns of its rows.
  std::optional<Seconds> tpot, ttft;
  std::optional<TokensPerSecond> output_rate;  ///< Of all its devices.
  /// What the cache of one attention group holds, as the engine counted at its start, in requests
  /// of `kv_request` tokens each; 0: in single tokens.
  std::optional<Tokens> kv_tokens;
  Tokens kv_request{0};
  int copies = 1;        ///< Rows of the same run in several dumps count once.
  std::string left_out;  ///< Why it is not graded; empty where it is.
};

/// Whether a table lets a row be used: it says so in `usable`, or leaves rows out by a reason.
bool is_usable(const MeasuredRow& row);

/// The configuration that a row describes, without what was measured. Columns that it lacks take
/// the default of Experiment; without engine_devices, chips counts.
Experiment configuration_of(const MeasuredRow& row);

/// Experiments of all rows that are usable (usable is 1, or left_out empty): metrics of one run
/// joined, copies merged. Rows without a model are left out, and rows of the same run as one
/// before. In the order of the rows. Columns: id chip_id model_id usable precision framework tp pp
/// ep mode isl osl concurrency_or_batch metric unit value source engine_devices attention_dp
/// speculation, prompts (requests in all) and those that settings_in() reads.
std::vector<Experiment> experiments_of(std::span<const MeasuredRow> rows);

/// Experiments of the rows that experiments_of() leaves out, each with its reason; copies are not
/// merged.
std::vector<Experiment> left_out_experiments(std::span<const MeasuredRow> rows);

}  // namespace chokepoint
