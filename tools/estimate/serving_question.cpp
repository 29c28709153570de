#include "tools/estimate/serving_question.hpp"

#include <algorithm>
#include <cmath>

#include "models/find_named.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"

namespace chokepoint {
namespace {

constexpr double kSecondsPerYear = 365.25 * 86'400.0;

template <class T>
std::vector<std::string> names_of(const std::vector<T>& all) {
  std::vector<std::string> names;
  names.reserve(all.size());
  for (const T& one : all) names.push_back(one.name);
  return names;
}

template <class T>
Misunderstanding unknown(const std::string& kind, const std::vector<T>& all,
                         const std::string& name) {
  return {concat("no ", kind, " ", in_quotes(name), " in the catalogue"),
          did_you_mean(name, names_of(all), concat("see 'chokepoint catalog list ", kind, "s'"))};
}

std::optional<EngineFamily> family_named(const std::string& name) {
  for (std::size_t i = 0; i < kEngineFamilies; ++i) {
    const auto family = static_cast<EngineFamily>(i);
    if (name == chokepoint::name(family)) return family;
  }
  return std::nullopt;
}

/// The server that a device is sold in: the first of the catalogue.
const NodeSpec* node_of(const World& world, DeviceId device) {
  const auto found = std::find_if(world.nodes.begin(), world.nodes.end(),
                                  [&](const NodeSpec& node) { return node.device == device; });
  return found == world.nodes.end() ? nullptr : &*found;
}

Experiment experiment_of(const ServingQuestion& question, const std::string& engine) {
  Experiment asked;
  asked.model = question.model;
  asked.device = question.device;
  asked.precision = question.precision.empty() ? "bf16" : question.precision;
  asked.framework = engine;
  asked.engine = engine_family(engine);
  asked.mode = "online";
  asked.pipeline = question.pipeline.value_or(1);
  asked.attention_dp = question.attention_dp.value_or(1);
  const double rest = question.devices / (asked.pipeline * asked.attention_dp);
  asked.tensor = question.tensor.value_or(static_cast<int>(std::max(rest, 1.0)));
  asked.devices = asked.tensor * asked.pipeline * asked.attention_dp;
  asked.expert = question.expert_parallel ? asked.tensor * asked.attention_dp : 1;
  asked.prompt = question.prompt;
  asked.output = question.output;
  asked.concurrency = question.concurrency.value_or(1);
  asked.stated.graphs = Graphs::Full;  // As a plan would ask for.
  return asked;
}

DeviceUpkeep upkeep_of(const ServingQuestion& question, const DeviceSpec& device,
                       const NodeSpec* node) {
  DeviceUpkeep upkeep;
  if (node != nullptr) {
    upkeep.power = node->full_power.value / node->devices_per_node;
  } else if (device.tdp) {
    upkeep.power = *device.tdp;
  }
  upkeep.pue = question.pue;
  upkeep.electricity = UsdPerJoule{question.usd_per_kwh / kJoulesPerKwh};
  upkeep.life = Seconds{question.life_years * kSecondsPerYear};
  upkeep.price =
      question.device_price_usd ? std::optional(Usd{*question.device_price_usd}) : device.price;
  return upkeep;
}

std::string counted_tokens(double tokens) {
  return std::to_string(std::llround(tokens)) + " tokens";
}

std::optional<NumericFormat> kv_format(const std::string& word) {
  if (word == "bf16" || word == "fp16") return NumericFormat::Fp16;
  if (word == "fp8" || word == "int8") return NumericFormat::Fp8;
  return std::nullopt;
}

/// The server that is asked for, else that of the device; null where none is known.
std::variant<const NodeSpec*, Misunderstanding> node_asked(const ServingQuestion& question,
                                                           const World& world, DeviceId device) {
  if (question.node.empty()) return node_of(world, device);
  const NodeSpec* node = find_named(world.nodes, question.node);
  if (node == nullptr) return unknown("node", world.nodes, question.node);
  if (node->device == device) return node;
  return Misunderstanding{concat("node ", in_quotes(question.node), " holds ",
                                 world.devices[node->device.value].name, ", not ", question.device),
                          "name a node of this device, or none"};
}

/// The version whose kernels count: the one that is asked for, the newest of the stack for a
/// research model, else null. The complaint where there is none such.
std::variant<const StackVersion*, Misunderstanding> version_of(const ServingQuestion& question,
                                                               const World& world, StackId stack) {
  if (question.stack_version.empty() && !question.is_research) return nullptr;
  const StackVersion* version = question.stack_version.empty()
                                    ? newest_version(world.stack_versions, stack)
                                    : find_named(world.stack_versions, question.stack_version);
  const std::string& runs = world.stacks[stack.value].name;
  if (version != nullptr && version->stack == stack) return version;
  std::vector<std::string> known;
  for (const auto& one : world.stack_versions) {
    if (one.stack == stack) known.push_back(one.name);
  }
  const std::string help =
      known.empty() ? "see scenarios/catalog/stack_versions.textproto" : "there is " + known.back();
  if (question.stack_version.empty()) {
    return Misunderstanding{"nobody states what stack " + in_quotes(runs) + " has kernels for",
                            help};
  }
  return Misunderstanding{concat("no version ", in_quotes(question.stack_version), " of stack ",
                                 in_quotes(runs), " of the device"),
                          help};
}

/// Formats of weights that a search tries on a device, the assumed one first.
std::vector<std::string> formats_tried(const DeviceSpec* device) {
  std::vector<std::string> words = {"bf16"};
  if (device == nullptr) return words;
  if (device->peaks.fp8) words.emplace_back("fp8");
  if (!device->peaks.fp8 && device->peaks.int8) words.emplace_back("int8");
  if (device->peaks.fp4) words.emplace_back("nvfp4");
  return words;
}

}  // namespace

ServingEngine engine_named(const World& world, const std::string& name) {
  if (const auto* engine = find_named(world.serving_engines, name)) return *engine;
  ServingEngine prior;
  prior.name = name;
  return prior;
}

EngineFamily family_on(const World& world, EngineFamily stated, StackId stack) {
  const auto program_of = [](std::string_view engine) {
    return engine.substr(0, engine.find('_'));
  };
  const std::string program(program_of(name(stated)));
  const ServingEngine on_stack = engine_for(world.serving_engines, stack);
  const bool is_known = !on_stack.is_unmeasured && program_of(on_stack.name) == program;
  return engine_family(is_known ? on_stack.name : program);
}

ServingEngine engine_of(const World& world, const ExperimentCase& known) {
  const StackId stack = known.device->stack;
  const EngineFamily family = known.experiment.engine;
  ServingEngine on_stack = engine_for(world.serving_engines, stack);
  if (on_stack.is_unmeasured) return on_stack;
  if (family != EngineFamily::Other && engine_family(on_stack.name) == family) return on_stack;
  ServingEngine of_family = engine_named(world, std::string(name(family)));
  const auto& stacks = of_family.stacks;
  const bool is_elsewhere =
      !stacks.empty() && std::find(stacks.begin(), stacks.end(), stack) == stacks.end();
  return is_elsewhere ? on_stack : of_family;
}

std::variant<ServingSubject, Misunderstanding> understand(const ServingQuestion& question,
                                                          const ServingCatalog& world) {
  const auto* model = find_named(world.transformers, question.model);
  if (model == nullptr) return unknown("model", world.transformers, question.model);
  const auto* device = find_named(world.devices, question.device);
  if (device == nullptr) return unknown("device", world.devices, question.device);
  const DeviceId id{static_cast<std::uint32_t>(device - world.devices.data())};
  const auto server = node_asked(question, world, id);
  if (const auto* wrong = std::get_if<Misunderstanding>(&server)) return *wrong;
  const auto* node = std::get<const NodeSpec*>(server);
  const ServingEngine engine = question.engine.empty()
                                   ? engine_for(world.serving_engines, device->stack)
                                   : engine_named(world, question.engine);
  if (!question.engine.empty() && !family_named(question.engine) &&
      find_named(world.serving_engines, question.engine) == nullptr) {
    return unknown("engine", world.serving_engines, question.engine);
  }
  const Experiment asked = experiment_of(question, engine.name);
  ExperimentCase known = experiment_case(asked, world.measured());
  if (!known.is_known()) return Misunderstanding{known.reason, "see 'chokepoint catalog show'"};
  if (question.devices % known.plan.devices() != 0) {
    return Misunderstanding{
        concat(std::to_string(question.devices), " devices are no whole replicas of ",
               std::to_string(known.plan.devices())),
        "let tp x dp x pp divide the devices"};
  }
  if (!question.kv_format.empty()) {
    const auto format = kv_format(question.kv_format);
    if (!format)
      return Misunderstanding{"no format " + in_quotes(question.kv_format), "bf16 or fp8"};
    known.plan.precision.kv = *format;
  }
  const auto version = version_of(question, world, device->stack);
  if (const auto* wrong = std::get_if<Misunderstanding>(&version)) return *wrong;
  const auto* kernels = std::get<const StackVersion*>(version);
  ServingTask task{*model,
                   *device,
                   node != nullptr ? interconnect_of(*device, *node) : interconnect_of(*device),
                   engine.coefficients,
                   known.memory,
                   known.settings,
                   known.load.prompt,
                   known.load.output};
  if (kernels != nullptr) {
    task.memory.copies = kernels->hybrid_cache;
    task.support = kernel_support(*kernels, family_of(*model), question.is_research, device->kind,
                                  world.fallbacks);
  }
  std::vector<std::string> others;
  if (question.precision.empty()) others = formats_tried(device);
  std::erase(others, asked.precision);
  return ServingSubject{model,
                        device,
                        id,
                        node,
                        engine,
                        kernels,
                        task,
                        known.plan,
                        question.devices / known.plan.devices(),
                        upkeep_of(question, *device, node),
                        context_of(question, world),
                        std::move(others)};
}

std::int64_t context_of(const ServingQuestion& question, const World& world) {
  if (question.context) return *question.context;
  const auto* model = find_named(world.transformers, question.model);
  return model == nullptr ? 0 : std::llround(model->context);
}

std::optional<Misunderstanding> context_complaint(const ServingQuestion& question,
                                                  const World& world) {
  const std::int64_t most = context_of(question, world);
  if (most == 0 || question.prompt + question.output <= static_cast<double>(most)) {
    return std::nullopt;
  }
  const std::string whose = question.context ? "--context" : "the context of " + question.model;
  return Misunderstanding{
      concat(counted_tokens(question.prompt), " in and ", counted_tokens(question.output),
             " out are more than ", whose, ", ", counted_tokens(static_cast<double>(most))),
      "take shorter ones, or say with --context how much the engine takes"};
}

std::vector<Precision> formats_to_try(const ServingQuestion& question,
                                      const ServingCatalog& world) {
  const auto* device = find_named(world.devices, question.device);
  std::vector<std::string> words = {question.precision};
  if (question.precision.empty()) words = formats_tried(device);
  std::vector<Precision> formats;
  for (const auto& word : words) {
    ServingQuestion in_format = question;
    in_format.precision = word;
    in_format.tensor = in_format.pipeline = in_format.attention_dp = 1;
    in_format.devices = 1;
    const auto subject = understand(in_format, world);
    const auto* understood = std::get_if<ServingSubject>(&subject);
    if (understood == nullptr) continue;
    const Precision& precision = understood->plan.precision;
    if (std::find(formats.begin(), formats.end(), precision) == formats.end()) {
      formats.push_back(precision);
    }
  }
  return formats;
}

}  // namespace chokepoint
