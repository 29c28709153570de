#include "tools/estimate/training/training_worth.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "models/performance/throughput.hpp"
#include "sim/scenario/read_world.hpp"
#include "tools/estimate/training/training_answer.hpp"
#include "tools/estimate/training/training_question.hpp"
#include "tools/estimate/training/training_search_text.hpp"

namespace chokepoint {
namespace {

constexpr const char* kSource = "training_model";
constexpr const char* kHead =
    "# What a whole training step keeps of the rate of bf16 products, device by device: written\n"
    "# by 'tools/fit training', do not edit. It is the rate of the fastest plan that fits, found "
    "as\n"
    "# by 'chokepoint estimate training --search', of a run of the reference's model on {} "
    "devices\n"
    "# with {} sequences of {:.0f} tokens in a batch, over what products alone would take.\n"
    "# Devices stand in the servers in which the study of years sells them. Ranges are what\n"
    "# estimates are off by in nine of ten, where runs like it are left out: training_errors.csv.\n"
    "\n"
    "base: \"stacks.textproto\"\n"
    "\n"
    "sources {{\n"
    "  name: \"{}\"\n"
    "  what: \"The model of training steps, by training_coefficients.csv\"\n"
    "  location: \"tools/fit training\"\n"
    "  confidence: ESTIMATED\n"
    "}}\n";

TokensPerSecond rate_of_products(DeviceId device, const World& world) {
  Attained whole = world.attained[device.value];
  whole.fraction[static_cast<std::size_t>(OperatorClass::TrainingStep)].value = 1.0;
  const Transformer& model = world.transformers[world.reference.transformer.value];
  return training_throughput(model, world.reference.training_sequence_tokens,
                             world.devices[device.value], whole);
}

// Servers on offer first, so that a device is looked up in the one in which it is sold.
void put_offered_first(World& world) {
  std::set<std::uint32_t> offered;
  for (const Offer& offer : world.offers) offered.insert(offer.node.value);
  std::vector<NodeSpec> sorted, others;
  for (std::uint32_t n = 0; n < world.nodes.size(); ++n) {
    (offered.count(n) > 0 ? sorted : others).push_back(world.nodes[n]);
  }
  sorted.insert(sorted.end(), others.begin(), others.end());
  world.nodes = std::move(sorted);
}

TrainingQuestion question_of(DeviceId device, const TrainingWorld& world) {
  TrainingQuestion question;
  question.model = world.transformers[world.reference.transformer.value].name;
  question.device = world.devices[device.value].name;
  question.devices = kWorthDevices;
  question.sequence = world.reference.training_sequence_tokens;
  return question;
}

// Of a stack that no coefficient is fitted to, what runs on the device itself showed counts.
bool has_own_runs(DeviceId device, const World& world) {
  const auto& attained = world.stacks[world.devices[device.value].stack.value].attained;
  return std::ranges::any_of(attained, [&](const AttainedFraction& one) {
    return one.operator_class == OperatorClass::TrainingStep && one.device == device &&
           one.fraction.input &&
           world.sources[world.inputs[one.fraction.input->value].source.value] != kSource;
  });
}

std::string fraction_text(const TrainingWorth& worth, const std::string& note) {
  return fmt::format(
      "    fraction {{\n      value: {:.4g} low: {:.4g} high: {:.4g} source: \"{}\" confidence: "
      "ESTIMATED\n      note: \"{}\"\n    }}\n",
      worth.kept, worth.kept / (1.0 + worth.error), std::min(1.0, worth.kept * (1.0 + worth.error)),
      kSource, note);
}

std::string entry_text(const TrainingWorth& worth, const std::string& device) {
  const std::string note = fmt::format(
      "{}: {:.4g} tokens a second, MFU {:.3f}, {}", plan_text(worth.plan.plan), worth.rate.value,
      worth.mfu, worth.version.empty() ? "no run of its stack was measured" : worth.version);
  return fmt::format(
      "  attained {{\n    name: \"training_{0}\"\n    operator_class: TRAINING_STEP\n    device: "
      "\"{0}\"\n{1}  }}\n",
      device, fraction_text(worth, note));
}

// What is carried over to devices that nobody lists: of the one that it is measured on.
std::string common_text(const StackSpec& stack, const std::vector<TrainingWorth>& worths,
                        const World& world) {
  for (const AttainedFraction& one : stack.attained) {
    if (one.operator_class != OperatorClass::TrainingStep || !one.measured_on) continue;
    const auto of_it = std::ranges::find(worths, *one.measured_on, &TrainingWorth::device);
    if (of_it == worths.end()) continue;
    return "  attained {\n    name: \"training\"\n" +
           fraction_text(*of_it, "of " + world.devices[one.measured_on->value].name) + "  }\n";
  }
  return {};
}

}  // namespace

std::optional<TrainingWorth> training_worth(DeviceId device, const TrainingWorld& world) {
  const TrainingQuestion question = question_of(device, world);
  const auto understood = understand(without_degrees(question), world);
  const auto* subject = std::get_if<TrainingSubject>(&understood);
  if (subject == nullptr) return std::nullopt;
  const TrainingSystem system = subject->known.system(world.figures);
  TrainingTask task = task_of(question, *subject);
  task.grid = PlanGrid::Usual;
  TrainingSearch found = search_training(system, task, 1);
  if (found.plans.empty()) return std::nullopt;
  TrainingWorth worth;
  worth.device = device;
  if (subject->known.is_architecture_measured) worth.version = subject->known.version;
  worth.plan = std::move(found.plans.front());
  const Seconds step = worth.plan.time.total();
  worth.rate = tokens_per_second(worth.plan.plan, step) / kWorthDevices;
  worth.mfu = model_flops_utilization(system.model, system.device, worth.plan.plan, step);
  worth.kept = std::min(1.0, worth.rate / rate_of_products(device, world));
  const TrainingError* error = expected_training_error(world.errors, subject->known);
  if (error != nullptr) worth.error = error->p90;
  return worth;
}

std::vector<TrainingWorth> training_worths(const TrainingWorld& world) {
  std::vector<TrainingWorth> worths;
  for (std::uint32_t d = 0; d < world.devices.size(); ++d) {
    if (has_own_runs(DeviceId{d}, world)) continue;
    if (auto worth = training_worth(DeviceId{d}, world)) worths.push_back(std::move(*worth));
  }
  return worths;
}

std::optional<TrainingWorld> load_worth_world(const std::filesystem::path& root,
                                              std::ostream& complaints) {
  auto trains = load_training_world(root, complaints);
  if (!trains) return std::nullopt;
  const auto file = root / "scenarios" / "history" / "prior.textproto";
  Diagnostics found;
  const auto composed = compose(file, {}, true, found);
  auto sold = composed ? read_world(*composed, found) : std::nullopt;
  if (!found.items().empty()) print(complaints, found, file.string());
  if (!sold) return std::nullopt;
  put_offered_first(*sold);
  static_cast<World&>(*trains) = std::move(*sold);
  trains->stack_names.clear();
  for (const StackSpec& stack : trains->stacks) trains->stack_names.push_back(stack.name);
  return trains;
}

std::string training_worth_text(const std::vector<TrainingWorth>& worths,
                                const TrainingWorld& world) {
  const double sequence = world.reference.training_sequence_tokens;
  std::string text = fmt::format(kHead, kWorthDevices,
                                 static_cast<int>(kUsualBatchTokens / sequence), sequence, kSource);
  for (std::uint32_t s = 0; s < world.stacks.size(); ++s) {
    std::string entries = common_text(world.stacks[s], worths, world);
    for (const TrainingWorth& worth : worths) {
      const DeviceSpec& device = world.devices[worth.device.value];
      if (device.stack == StackId{s}) entries += entry_text(worth, device.name);
    }
    if (entries.empty()) continue;
    text += fmt::format("\nstacks {{\n  name: \"{}\"\n{}}}\n", world.stacks[s].name, entries);
  }
  return text;
}

}  // namespace chokepoint
