#include "sim/scenario/read_software.hpp"

#include <set>
#include <utility>

#include "sim/scenario/phrases.hpp"
#include "sim/scenario/read_field.hpp"
#include "sim/scenario/read_sourced.hpp"

namespace chokepoint {

namespace {

static_assert(static_cast<int>(OperatorClass::DenseGemm) == pb::DENSE_GEMM - 1);
static_assert(static_cast<int>(OperatorClass::ServingSystem) == pb::SERVING_SYSTEM - 1);
static_assert(pb::OperatorClass_ARRAYSIZE == kOperatorClasses + 1);

std::string name_of(OperatorClass c) {
  return pb::OperatorClass_Name(static_cast<int>(c) + 1);
}

// The device that a fraction holds for; none where it holds for all of the stack.
std::optional<DeviceId> device_of(const Reading& reading, const Cursor& at, StackId stack,
                                  const pb::AttainedFraction& in) {
  if (in.device().empty()) return std::nullopt;
  const auto device = reading.devices.resolve(at, "device", in.device());
  if (!device) return std::nullopt;
  const auto runs = reading.stack_of_device[device->value];
  if (runs && *runs != stack) {
    const auto& names = reading.stacks.in_order();
    at.error("device",
             concat("device ", in_quotes(in.device()), " runs stack ",
                    in_quotes(names[runs->value]), ", not ", in_quotes(names[stack.value])),
             "move the fraction to that stack, or name a device of this one");
  }
  return device;
}

void read_attained(Reading& reading, const Cursor& stack_at, StackId id, StackSpec& stack) {
  const auto& in = as<pb::Stack>(stack_at);
  NameList names("fraction");
  std::set<std::pair<OperatorClass, std::optional<DeviceId>>> seen;
  for (int i = 0; i < in.attained_size(); ++i) {
    const Cursor at = stack_at.child("attained", i);
    names.add(at, in.attained(i).name());
    const auto operator_class = read_enum<OperatorClass>(at, "operator_class");
    const auto device = device_of(reading, at, id, in.attained(i));
    const auto fraction = read_required<double>(reading, at, "fraction", kFraction);
    if (!operator_class) continue;
    if (!seen.emplace(*operator_class, device).second) {
      at.error("operator_class",
               concat("a second ", name_of(*operator_class), " of this stack for ",
                      device ? in_quotes(in.attained(i).device()) : "all devices"),
               "keep one, and the other among its alternatives");
    }
    stack.attained.push_back({*operator_class, device, fraction});
  }
}

void read_stack(Reading& reading, const Cursor& at, StackId id) {
  const auto& in = as<pb::Stack>(at);
  StackSpec out;
  out.name = in.name();
  out.vendor = reading.orgs.resolve(at, "vendor", in.vendor()).value_or(OrgId{});
  check_texts(reading, at);
  if (!in.has_cuda_compatibility()) {
    at.error("cuda_compatibility", "cuda_compatibility is missing",
             "say how it relates to CUDA source: native, source-port, translation or none");
  }
  list_figures(reading, at, {{"operator_coverage", kShare}, {"port_effort", kShare}});
  read_attained(reading, at, id, out);
  reading.world.stacks.push_back(std::move(out));
}

// One prior per class; reports a class with two. Classes without one stay unset.
std::array<std::optional<Sourced<double>>, kOperatorClasses> read_priors(Reading& reading) {
  std::array<std::optional<Sourced<double>>, kOperatorClasses> priors;
  for (int i = 0; i < reading.scenario.priors_size(); ++i) {
    const Cursor at = reading.root.child("priors", i);
    const auto& in = reading.scenario.priors(i);
    const auto operator_class = read_enum<OperatorClass>(at, "operator_class");
    const auto fraction = read_required<double>(reading, at, "fraction", kFraction);
    if (in.has_fraction() && !(in.fraction().has_low() || in.fraction().has_high())) {
      at.error("fraction", "a prior has no range", "give low and high: nobody measured it");
    }
    if (!operator_class) continue;
    auto& prior = priors[static_cast<std::size_t>(*operator_class)];
    if (prior) {
      at.error("operator_class", concat("a second prior of ", name_of(*operator_class)),
               "keep one prior per class");
    }
    prior = fraction;
  }
  return priors;
}

}  // namespace

void read_software(Reading& reading) {
  for (int i = 0; i < reading.scenario.stacks_size(); ++i) {
    const StackId id{static_cast<std::uint32_t>(i)};
    read_stack(reading, reading.root.child("stacks", i), id);
  }
  const auto written = read_priors(reading);
  Attained priors;
  for (std::size_t c = 0; c < kOperatorClasses; ++c) {
    priors.fraction[c] = written[c].value_or(Sourced<double>{});
    if (written[c] || !reading.scenario.has_reference()) continue;
    reading.root.error("reference", concat("no prior of ", name_of(static_cast<OperatorClass>(c))),
                       "import a catalogue that states it, or add one to priors");
  }
  reading.world.attained.resize(reading.world.devices.size());
  for (std::size_t d = 0; d < reading.world.devices.size(); ++d) {
    const auto stack = reading.stack_of_device[d];
    if (!stack) continue;
    reading.world.attained[d] = attained_on(reading.world.stacks[stack->value],
                                            DeviceId{static_cast<std::uint32_t>(d)}, priors);
  }
}

}  // namespace chokepoint
