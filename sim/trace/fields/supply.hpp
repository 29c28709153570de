#pragma once

#include "models/world.hpp"
#include "sim/trace/event/supply.hpp"
#include "sim/trace/fields/field.hpp"

namespace chokepoint {

constexpr auto listed(Of<SupplyBottleneck>) {
  using E = SupplyBottleneck;
  using F = pb::BottleneckFact;
  return listing(
      place(pb::Fact::kBottleneck, &pb::Fact::bottleneck, &pb::Fact::mutable_bottleneck),
      [](const E& in, const Labeler& say) { say.text("short of ").name(in.component); },
      std::tuple{field(&E::supply, &F::supply, &F::mutable_supply),
                 field(&E::device, &F::device, &F::mutable_device),
                 field(&E::units, &F::units, &F::set_units),
                 field(&E::component, &F::component, &F::mutable_component),
                 field(&E::stage, &F::stage, &F::mutable_stage),
                 field(&E::devices_per_unit, &F::devices_per_unit, &F::set_devices_per_unit),
                 optional_field(&E::wanted, &F::has_wanted, &F::wanted, &F::set_wanted)});
}

}  // namespace chokepoint
