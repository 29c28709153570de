#include "sim/measure/run_settings.hpp"

#include <array>
#include <stdexcept>
#include <utility>

namespace chokepoint {
namespace {

using Number = std::optional<double> RunSettings::*;
constexpr std::array<std::pair<std::string_view, Number>, 6> kNumbers = {
    {{"token_budget", &RunSettings::token_budget},
     {"max_sequences", &RunSettings::max_sequences},
     {"drafted", &RunSettings::drafted},
     {"stream_interval", &RunSettings::stream_interval},
     {"receive_interval", &RunSettings::receive_interval},
     {"balance_wait", &RunSettings::balance_wait}}};

std::optional<Graphs> graphs_named(std::string_view word) {
  if (word == "full") return Graphs::Full;
  if (word == "piecewise") return Graphs::Piecewise;
  if (word == "none") return Graphs::None;
  return std::nullopt;
}

std::optional<double> stated_number(const MeasuredRow& row, std::string_view column) {
  const double value = number_in(row, column, -1);
  return value < 0 ? std::nullopt : std::optional(value);
}

template <class T>
void take_one(std::optional<T>& into, const std::optional<T>& other) {
  if (other) into = other;
}

// Whether a condition is asked for; any other word than `wanted` is a mistake.
bool asks(const MeasuredRow& row, std::string_view column, std::string_view wanted) {
  const auto word = cell(row, column);
  if (word.empty()) return false;
  if (word == wanted) return true;
  throw std::runtime_error("run settings: " + std::string(column) + " is '" + std::string(word) +
                           "', may be '" + std::string(wanted) + "' or empty");
}

RunSettings one_setting(const MeasuredRow& row) {
  const auto name = cell(row, "setting");
  const MeasuredRow as_column = {{std::string(name), std::string(cell(row, "value"))}};
  const RunSettings made = settings_in(as_column);
  bool is_stated = made.graphs.has_value();
  for (const auto& [_, member] : kNumbers) is_stated = is_stated || (made.*member).has_value();
  if (is_stated) return made;
  throw std::runtime_error("run settings: no setting '" + std::string(name) + "' of value '" +
                           std::string(cell(row, "value")) + "'");
}

}  // namespace

void RunSettings::take(const RunSettings& other) {
  take_one(graphs, other.graphs);
  for (const auto& [_, member] : kNumbers) take_one(this->*member, other.*member);
}

RunSettings settings_in(const MeasuredRow& row) {
  RunSettings made;
  made.graphs = graphs_named(cell(row, "graphs"));
  for (const auto& [name, member] : kNumbers) made.*member = stated_number(row, name);
  // An engine that takes no token or no sequence serves nothing: not a statement.
  for (auto* least_one : {&made.token_budget, &made.max_sequences}) {
    if (*least_one && **least_one < 1) least_one->reset();
  }
  return made;
}

bool PresumedSetting::holds_for(const RunKind& run) const {
  return (engine.empty() || engine == run.engine) && run.framework.starts_with(framework) &&
         run.model.starts_with(model) && (!inferencemax || run.is_inferencemax) &&
         (!latent || run.is_latent) && (!fp4 || run.has_fp4) &&
         (!equal_lengths || run.has_equal_lengths) && (!speculates || run.speculates) &&
         (!below_devices || run.devices < *below_devices) &&
         (!above_concurrency || run.concurrency > *above_concurrency) &&
         (!above_attention_dp || run.attention_dp > *above_attention_dp);
}

std::vector<PresumedSetting> read_presumed_settings(std::string_view csv) {
  std::vector<PresumedSetting> made;
  for (const MeasuredRow& row : read_measured_table(csv)) {
    PresumedSetting one;
    one.engine = cell(row, "engine");
    one.framework = cell(row, "framework");
    one.model = cell(row, "model");
    one.inferencemax = asks(row, "client", "inferencemax");
    one.latent = asks(row, "attention", "latent");
    one.fp4 = asks(row, "device_format", "fp4");
    one.equal_lengths = asks(row, "lengths", "equal");
    one.speculates = asks(row, "speculation", "any");
    one.below_devices = stated_number(row, "below_devices");
    one.above_concurrency = stated_number(row, "above_concurrency");
    one.above_attention_dp = stated_number(row, "above_attention_dp");
    one.setting = one_setting(row);
    made.push_back(std::move(one));
  }
  return made;
}

RunSettings presumed_settings(std::span<const PresumedSetting> presumed, const RunKind& run) {
  RunSettings made;
  for (const PresumedSetting& one : presumed) {
    if (one.holds_for(run)) made.take(one.setting);
  }
  return made;
}

}  // namespace chokepoint
