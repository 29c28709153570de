#include "tools/estimate/own_training.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "models/find_named.hpp"
#include "models/performance/throughput.hpp"
#include "sim/measure/errors.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"
#include "tools/print/json_value.hpp"
#include "tools/print/number_format.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kFewTrainingRuns = 3;

template <class T>
const T* resolve(const std::vector<T>& all, const std::string& name, const char* kind,
                 const SourceLocation& where, Diagnostics& found) {
  if (const T* known = find_named(all, name)) return known;
  std::vector<std::string> names;
  names.reserve(all.size());
  for (const T& one : all) names.push_back(one.name);
  const std::string near = nearest(name, names);
  found.error(where, concat("no ", kind, " ", in_quotes(name), " in the catalogue"),
              near.empty() ? concat("name one of the catalogue by --", kind)
                           : concat("did you mean ", in_quotes(near), "? name it by --", kind));
  return nullptr;
}

/// The fraction that a run attains; nothing, with a complaint, where it cannot be.
std::optional<double> fraction_of(const LoggedTraining& logged, const World& world,
                                  const Transformer& model, DeviceId id, Diagnostics& found) {
  const DeviceSpec& device = world.devices[id.value];
  const TrainingRun& run = logged.run;
  if (!device.peaks.bf16 || !device.memory_bandwidth) {
    found.error(logged.where,
                concat("the bf16 peak or the bandwidth of ", device.name, " is not known"));
    return std::nullopt;
  }
  const TokensPerSecond rate =
      run.rate ? *run.rate : *run.flops / training_flops_per_token(model, run.sequence);
  const Attained& attained = world.attained[id.value];
  const double before = attained.of(OperatorClass::TrainingStep).value;
  const double fraction =
      before * (rate / training_throughput(model, run.sequence, device, attained));
  if (fraction > 0 && fraction <= 1) return fraction;
  found.error(
      logged.where,
      fmt::format("it attains {:.3g} of the rate of bf16 products on {}, more than all of it",
                  fraction, device.name),
      "look at --devices, --sequence and --model; steps in fp8 are not modelled");
  return std::nullopt;
}

double median_fraction(const std::vector<double>& fractions) {
  return summary_of(fractions).median;
}

void judge(OwnStep& step) {
  std::vector<double> before, after, left_out;
  for (std::size_t i = 0; i < step.fractions.size(); ++i) {
    std::vector<double> others = step.fractions;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    before.push_back(std::abs(step.before / step.fractions[i] - 1));
    after.push_back(std::abs(step.after / step.fractions[i] - 1));
    if (!others.empty()) {
      left_out.push_back(std::abs(median_fraction(others) / step.fractions[i] - 1));
    }
  }
  step.error_before = summary_of(before).median;
  step.error_after = summary_of(after).median;
  step.error_left_out = summary_of(left_out).median;
}

/// Few runs say nothing of how runs differ: the range is at least as wide as the catalogue's.
void widen(OwnStep& step, const World& world) {
  const auto& known = world.attained[step.device.value].of(OperatorClass::TrainingStep);
  if (!known.input) return;
  const Input& input = world.inputs[known.input->value];
  if (!input.low || !input.high || input.value <= 0) return;
  step.low = std::min(step.low, step.after * *input.low / input.value);
  step.high = std::min(1.0, std::max(step.high, step.after * *input.high / input.value));
}

/// The entry that the catalogue has for the step on that device; empty where it has none.
std::string entry_name(const pb::Scenario& catalog, const std::string& stack,
                       const std::string& device) {
  for (const auto& one : catalog.stacks()) {
    if (one.name() != stack) continue;
    for (const auto& attained : one.attained()) {
      if (attained.operator_class() == pb::TRAINING_STEP && attained.device() == device) {
        return attained.name();
      }
    }
  }
  return {};
}

}  // namespace

std::vector<OwnStep> fit_own_training(const std::vector<LoggedTraining>& runs, const World& world,
                                      Diagnostics& found) {
  std::map<std::size_t, OwnStep> steps;
  for (const LoggedTraining& logged : runs) {
    const auto* model = resolve(world.transformers, logged.run.model, "model", logged.where, found);
    const auto* device = resolve(world.devices, logged.run.device, "device", logged.where, found);
    if (model == nullptr || device == nullptr) continue;
    const DeviceId id{static_cast<std::uint32_t>(device - world.devices.data())};
    const auto fraction = fraction_of(logged, world, *model, id, found);
    if (!fraction) continue;
    OwnStep& step = steps[id.value];
    step.device = id;
    step.fractions.push_back(*fraction);
  }
  std::vector<OwnStep> made;
  if (found.has_errors()) return made;
  for (auto& [id, step] : steps) {
    step.before = world.attained[id].of(OperatorClass::TrainingStep).value;
    step.after = median_fraction(step.fractions);
    const auto [low, high] = std::minmax_element(step.fractions.begin(), step.fractions.end());
    step.least = step.low = *low;
    step.greatest = step.high = *high;
    if (step.fractions.size() < kFewTrainingRuns) widen(step, world);
    judge(step);
    made.push_back(std::move(step));
  }
  return made;
}

std::string own_training_text(const std::vector<OwnStep>& steps, const World& world) {
  Table table("steps", {Column("device", Type::Text), Column("runs", Type::Count),
                        Column("before", Type::Text), Column("after", Type::Text),
                        Column("range", Type::Text, "least .. greatest"),
                        Column("error_before", Type::Text, "error before"),
                        Column("error_after", Type::Text, "after"),
                        Column("error_left_out", Type::Text, "left out")});
  std::string wary;
  for (const OwnStep& step : steps) {
    const std::string& device = world.devices[step.device.value].name;
    table.add_row({device, step.fractions.size(), fmt::format("{:.3f}", step.before),
                   fmt::format("{:.3f}", step.after),
                   fmt::format("{:.3f} .. {:.3f}", step.least, step.greatest),
                   format_share<1>(step.error_before), format_share<1>(step.error_after),
                   step.fractions.size() > 1 ? format_share<1>(step.error_left_out) : "-"});
    if (step.fractions.size() < kFewTrainingRuns) {
      wary += fmt::format(
          "only {} run{} on {}: other models and sizes may differ more than this "
          "says\n",
          step.fractions.size(), step.fractions.size() == 1 ? "" : "s", device);
    }
  }
  return "share of the rate of bf16 products that a whole training step keeps\n\n" +
         to_text(table) +
         "errors: median of |predicted / measured - 1| in tokens a second; left out: by the other "
         "runs\n" +
         (wary.empty() ? "" : "\n" + wary);
}

std::string own_training_overlay(const std::vector<OwnStep>& steps, const World& world,
                                 const pb::Scenario& catalog, const std::string& base,
                                 const std::string& files) {
  std::string text = fmt::format(
      "# Own measurements of training, as what a step attains. Written by\n"
      "# 'chokepoint fit training': do not edit. Scenarios import it.\n\nbase: {}\n",
      json_quoted(base));
  for (const OwnStep& step : steps) {
    const DeviceSpec& device = world.devices[step.device.value];
    const std::string& stack = world.stacks[device.stack.value].name;
    const std::string known = entry_name(catalog, stack, device.name);
    const std::string source = "own_training_" + device.name;
    const std::size_t runs = step.fractions.size();
    text += fmt::format(
        "\nsources {{\n  name: \"{}\"\n  what: \"Median over {} own run{}\"\n  location: {}\n  "
        "confidence: REPORTED\n}}\n\nstacks {{\n  name: \"{}\"\n  attained {{\n    name: \"{}\"\n  "
        "  operator_class: TRAINING_STEP\n    device: \"{}\"\n    fraction {{\n      value: {:.4g} "
        "low: {:.4g} high: {:.4g} source: \"{}\" confidence: REPORTED\n      note: \"fitted to "
        "{} own run{}; {:.4g} before\"\n    }}\n  }}\n}}\n",
        source, runs, runs == 1 ? "" : "s", json_quoted("chokepoint fit training " + files), stack,
        known.empty() ? "training_own_" + device.name : known, device.name, step.after, step.low,
        step.high, source, runs, runs == 1 ? "" : "s", step.before);
  }
  return text;
}

}  // namespace chokepoint
