#include "sim/scenario/chapters/chapters.hpp"

#include <set>
#include <utility>

#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

static_assert(static_cast<int>(OperatorClass::DenseGemm) == pb::DENSE_GEMM - 1);
static_assert(static_cast<int>(OperatorClass::DecodeSystem) == pb::DECODE_SYSTEM - 1);
static_assert(pb::OperatorClass_ARRAYSIZE == kOperatorClasses + 1);

std::string name_of(OperatorClass c) {
  return pb::OperatorClass_Name(static_cast<int>(c) + 1);
}

// A device of the stack that `field` of a fraction names; none where it is empty.
std::optional<DeviceId> device_of(const Reading& reading, const Cursor& at, StackId stack,
                                  const std::string& field, const std::string& name) {
  if (name.empty()) return std::nullopt;
  const auto device = reading.devices.resolve(at, field, name);
  if (!device) return std::nullopt;
  const auto runs = reading.stack_of_device[device->value];
  if (runs && *runs != stack) {
    const auto& names = reading.stacks.in_order();
    at.error(field,
             concat("device ", in_quotes(name), " runs stack ", in_quotes(names[runs->value]),
                    ", not ", in_quotes(names[stack.value])),
             "move the fraction to that stack, or name a device of this one");
  }
  return device;
}

bool is_matrix_bound_step(OperatorClass c) {
  return c == OperatorClass::TrainingStep || c == OperatorClass::PrefillSystem;
}

// Where a fraction for all devices was measured, and what becomes of it on others.
void read_measured_on(Reading& reading, const Cursor& at, StackId stack, AttainedFraction& out) {
  const auto& in = as<pb::AttainedFraction>(at);
  out.measured_on = device_of(reading, at, stack, "measured_on", in.measured_on());
  if (in.measured_on().empty()) {
    if (!in.has_bytes_share()) return;
    at.error("bytes_share", "bytes_share without measured_on",
             "say where the fraction was measured, or leave it out: all devices attain the same");
    return;
  }
  out.bytes_share = read_required<double>(reading, at, "bytes_share", kShare);
  if (!in.device().empty()) {
    at.error("measured_on", "a fraction for one device is carried over to no other",
             "leave out device, or measured_on and bytes_share");
  }
  if (!is_matrix_bound_step(out.operator_class)) {
    at.error("measured_on", concat(name_of(out.operator_class), " is not carried over"),
             "only TRAINING_STEP and PREFILL_SYSTEM are");
  }
}

void read_attained(Reading& reading, const Cursor& stack_at, StackId id, StackSpec& stack) {
  std::set<std::pair<OperatorClass, std::optional<DeviceId>>> seen;
  read_named(stack_at, "attained", "fraction", [&](const Cursor& at) {
    const auto& in = as<pb::AttainedFraction>(at);
    const auto operator_class = read_enum<OperatorClass>(at, "operator_class");
    const auto device = device_of(reading, at, id, "device", in.device());
    const auto fraction = read_required<double>(reading, at, "fraction", kFraction);
    if (!operator_class) return;
    if (!seen.emplace(*operator_class, device).second) {
      at.error("operator_class",
               concat("a second ", name_of(*operator_class), " of this stack for ",
                      device ? in_quotes(in.device()) : "all devices"),
               "keep one, and the other among its alternatives");
    }
    AttainedFraction& out = stack.attained.emplace_back();
    out.operator_class = *operator_class;
    out.device = device;
    out.fraction = fraction;
    read_measured_on(reading, at, id, out);
  });
}

void read_stack(Reading& reading, const Cursor& at) {
  const StackId id{static_cast<std::uint32_t>(reading.world.stacks.size())};
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
  for (const Cursor& at : reading.root.children("priors")) {
    const auto& in = as<pb::Prior>(at);
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
  for (const Cursor& at : reading.root.children("stacks")) read_stack(reading, at);
  const auto written = read_priors(reading);
  Attained priors;
  for (std::size_t c = 0; c < kOperatorClasses; ++c) {
    priors.fraction[c] = written[c].value_or(Sourced<double>{});
    if (written[c] || !reading.scenario.has_reference()) continue;
    reading.root.error("reference", concat("no prior of ", name_of(static_cast<OperatorClass>(c))),
                       "import a catalogue that states it, or add one to priors");
  }
  reading.priors = priors;
  reading.world.attained.resize(reading.world.devices.size());
  for (std::size_t d = 0; d < reading.world.devices.size(); ++d) {
    const auto stack = reading.stack_of_device[d];
    if (!stack) continue;
    reading.world.attained[d] =
        attained_on(reading.world.stacks[stack->value], DeviceId{static_cast<std::uint32_t>(d)},
                    reading.world.devices, priors);
  }
}

}  // namespace chokepoint
