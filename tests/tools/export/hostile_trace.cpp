#include "tests/tools/export/hostile_trace.hpp"

#include "sim/trace/writer.hpp"
#include "tests/sim/trace/small_world.hpp"

namespace chokepoint {

void write_hostile_trace(const std::filesystem::path& file) {
  World world = small_world();
  world.orders.clear();
  for (const std::string& name : hostile_names()) {
    Order order;
    order.name = name;
    order.buyer = OrgId{1};
    world.orders.push_back(order);
  }
  pb::Manifest manifest = small_manifest();
  manifest.mutable_scenario()->set_name(hostile_names()[6]);
  TraceWriter writer(file, manifest, world, TraceLevel::Request);
  for (std::uint32_t i = 0; i < world.orders.size(); ++i) {
    writer.record(DeliveryDue{i * 1_days, OrderId{i}, DeviceId{0}, 5});
  }
  writer.record(RunEnded{30_days});
  writer.close();
}

}  // namespace chokepoint
