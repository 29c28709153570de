#include <utility>

#include "models/performance/throughput.hpp"
#include "sim/scenario/chapters/chapters.hpp"
#include "sim/scenario/reading/read_curve.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

std::optional<int> group_of(const World& world, TransformerId model, DeviceId device) {
  const std::size_t d = device.value;
  if (!world.devices[d].memory) return std::nullopt;
  return devices_to_hold(world.transformers[model.value], world.reference.request, world.devices[d],
                         world.serving[d].coefficients);
}

void check_reference_holds(const Reading& reading, const Cursor& at, TransformerId model) {
  const World& world = reading.world;
  if (!reading.scenario.has_reference()) {
    at.error("transformer", "a model is served, but there is no reference",
             "say what compute is counted in: reference { ... }");
    return;
  }
  const std::size_t d = world.reference.device.value;
  if (d >= world.serving.size() || group_of(world, model, world.reference.device)) return;
  at.error(
      "transformer",
      concat("no group of the reference device ", in_quotes(world.devices[d].name), " holds model ",
             in_quotes(world.transformers[model.value].name), " and one request"),
      "take a smaller model, or a reference with more memory");
}

void read_served_model(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::ServedModel>(at);
  ServedModel out;
  out.name = in.name();
  const auto model = reading.transformers.resolve(at, "transformer", in.transformer());
  out.model = model.value_or(TransformerId{});
  out.share = read_required_curve(reading, at, "share", kShare);
  if (model) check_reference_holds(reading, at, *model);
  reading.world.choice.served_models.push_back(std::move(out));
}

ServedWorth served_worth(const DeviceWorth& worth) {
  return {worth.h100e_prefill, worth.h100e_decode, worth.h100e_prefill_nominal,
          worth.h100e_decode_nominal, false};
}

}  // namespace

void read_served_models(Reading& reading, const Cursor& choice) {
  read_named(choice, "served_models", "served model",
             [&](const Cursor& at) { read_served_model(reading, at); });
}

void weigh_served_models(World& world) {
  for (ServedModel& served : world.choice.served_models) {
    const auto on_stack = [&](DeviceId device) {
      const std::size_t d = device.value;
      return DeviceOnStack{world.devices[d], world.attained[d], world.serving[d]};
    };
    const Yardstick yardstick(world.transformers[served.model.value], world.reference,
                              on_stack(world.reference.device));
    served.worth.assign(world.devices.size(), {});
    for (const Offer& offer : world.offers) {
      ServedWorth& out = served.worth[offer.device.value];
      out = served_worth(yardstick.worth(on_stack(offer.device)));
      const auto group = group_of(world, served.model, offer.device);
      out.spans_servers = group && *group > world.nodes[offer.node.value].devices_per_node;
    }
  }
}

}  // namespace chokepoint
