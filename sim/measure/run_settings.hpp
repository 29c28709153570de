#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/measure/measured_table.hpp"

namespace chokepoint {

/// Whether launches are captured into graphs: all of decoding, all but attention, or nothing.
enum class Graphs { Full, Piecewise, None };

/// How an engine was set up for a run, as far as somebody says so.
struct RunSettings {
  std::optional<Graphs> graphs;
  std::optional<double> token_budget;      ///< Prompt tokens of one iteration at most.
  std::optional<double> max_sequences;     ///< At once, of one attention group.
  std::optional<double> drafted;           ///< Tokens that are drafted per iteration.
  std::optional<double> stream_interval;   ///< Iterations between two deliveries of tokens.
  std::optional<double> receive_interval;  ///< Iterations between two looks at new requests.
  std::optional<double> balance_wait;      ///< Iterations that requests wait for other groups.

  /// What `other` states wins.
  void take(const RunSettings& other);
};

/// Settings in the columns of a row that have their names; graphs is "full", "piecewise" or "none".
RunSettings settings_in(const MeasuredRow& row);

/// What of a run decides which settings are presumed.
struct RunKind {
  std::string engine, framework, model;
  bool is_inferencemax = false, is_latent = false, has_fp4 = false;
  bool has_equal_lengths = false, speculates = false;
  double devices = 1, concurrency = 0, attention_dp = 1;
};

/// A setting that runs of a kind are presumed to have. Empty and unset conditions hold always.
struct PresumedSetting {
  std::string engine;     ///< Name of its family.
  std::string framework;  ///< What the name that a table gives begins with.
  std::string model;      ///< What its name begins with.
  bool inferencemax = false, latent = false, fp4 = false, equal_lengths = false, speculates = false;
  std::optional<double> below_devices, above_concurrency, above_attention_dp;
  RunSettings setting;

  bool holds_for(const RunKind& run) const;
};

/// Rows of scenarios/measured/run_settings.csv: conditions and one setting each. Throws
/// std::runtime_error, which names the row, where a word is none of those that it may be.
std::vector<PresumedSetting> read_presumed_settings(std::string_view csv);

/// All that are presumed of a run; what stands further down wins.
RunSettings presumed_settings(std::span<const PresumedSetting> presumed, const RunKind& run);

}  // namespace chokepoint
