#include "sim/scenario/chapters/read_items.hpp"

#include "sim/scenario/chapters/read_predicate.hpp"
#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

constexpr Unit kTransistors = at_least(1e-6, 1e9, 1e5, "1e9 transistors");
constexpr Unit kHbmDensity = at_least(1e-6, 1e9, 1e5, "1e9 bytes per second and mm^2");

// First day of a quarter such as "2023Q3"; nothing where the text is none.
std::optional<Date> first_of_quarter(const std::string& text) {
  const bool is_quarter = text.size() == 6 && text[4] == 'Q' && text[5] >= '1' && text[5] <= '4';
  if (!is_quarter) return std::nullopt;
  const int month = 3 * (text[5] - '1') + 1;
  return parse_date(text.substr(0, 4) + (month < 10 ? "-0" : "-") + std::to_string(month) + "-01");
}

NamedItem item_of_device(const Reading& reading, DeviceId id) {
  const World& world = reading.world;
  const DeviceSpec& device = world.devices[id.value];
  const auto& in = reading.scenario.devices(static_cast<int>(id.value));
  const Cursor at = reading.root.child("devices", static_cast<int>(id.value));
  NamedItem out;
  out.name = out.display = device.name;
  out.released = first_of_quarter(in.release_quarter().text());
  const Country headquarters =
      world.orgs.empty() ? Country() : world.orgs[device.vendor.value].headquarters;
  out.item = item_of(id, device, headquarters);
  out.item.sold_in = read_countries(reading, at, "sold_in", in.sold_in());
  return out;
}

void read_attributes(Reading& reading, const Cursor& at, const pb::Item& in, Item& item) {
  const auto figure = [&](const std::string& field, const Unit& unit) -> std::optional<double> {
    const auto read = read_figure<double>(reading, at, field, unit);
    return read ? std::optional(read->value) : std::nullopt;
  };
  const auto score = figure("tpp", kTpp);
  const auto area = figure("die_area_mm2", kSquareMillimeters);
  if (score) item.tpp = *score;
  if (area && item.tpp > 0.0) item.performance_density = item.tpp / *area;
  if (score && !area) item.performance_density.reset();  // That of another score.
  if (const auto value = figure("memory_bandwidth_gb_s", kGbPerSecond)) {
    item.memory_bandwidth = BytesPerSecond{*value};
  }
  if (const auto value = figure("io_bandwidth_gb_s", kGbPerSecond)) {
    item.io_bandwidth = BytesPerSecond{*value};
  }
  if (const auto value = figure("process_node_nm", kNanometers)) item.process_node_nm = value;
  if (const auto value = figure("transistors_bn", kTransistors)) item.transistors = value;
  if (const auto value = figure("hbm_bandwidth_density", kHbmDensity)) item.hbm_density = value;
  if (in.has_designed_for_datacenter()) {
    item.designed_for_datacenter = in.designed_for_datacenter();
  }
  if (in.has_nonplanar()) item.nonplanar = in.nonplanar();
  if (in.has_has_hbm()) item.has_hbm = in.has_hbm();
  if (in.sold_in_size() > 0) item.sold_in = read_countries(reading, at, "sold_in", in.sold_in());
}

void read_vendor(const Reading& reading, const Cursor& at, const pb::Item& in, Item& item) {
  if (!in.has_vendor() && item.device) return;
  const auto vendor = reading.orgs.resolve(at, "vendor", in.vendor());
  if (!vendor) return;
  item.vendor = vendor;
  item.vendor_headquarters = reading.world.orgs[vendor->value].headquarters;
}

void read_item(Reading& reading, const Cursor& at, ItemId id) {
  const auto& in = as<pb::Item>(at);
  World& world = reading.world;
  NamedItem out;
  if (in.has_device()) {
    const auto device = reading.devices.resolve(at, "device", in.device());
    if (device && world.device_items[device->value].item.id) {
      at.error("device", concat("a second item of device ", in_quotes(in.device())),
               "one item per device; put both into one");
    }
    if (device) out = world.device_items[device->value];
  }
  out.name = in.name();
  out.display = in.display().empty() ? in.name() : in.display();
  out.item.id = id;
  out.item.category = read_enum_or<Category>(at, "category", out.item.category);
  read_vendor(reading, at, in, out.item);
  if (in.has_released()) out.released = read_date(at, "released", in.released());
  read_attributes(reading, at, in, out.item);
  for (const auto word : read_words(at, "types", in.types(), "", world.item_types)) {
    out.item.types.push_back(ItemTypeId{word});
  }
  if (out.item.device) {
    NamedItem& of_device = world.device_items[out.item.device->value];
    of_device.item = out.item;
    of_device.released = out.released;
    if (!in.display().empty()) of_device.display = in.display();
  }
  world.items.push_back(std::move(out));
}

}  // namespace

void read_items(Reading& reading) {
  for (std::uint32_t i = 0; i < reading.world.devices.size(); ++i) {
    reading.world.device_items.push_back(item_of_device(reading, DeviceId{i}));
  }
  for (int i = 0; i < reading.scenario.items_size(); ++i) {
    read_item(reading, reading.root.child("items", i), ItemId{static_cast<std::uint32_t>(i)});
  }
}

}  // namespace chokepoint
