#include "sim/scenario/chapters/chapters.hpp"

#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

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

std::optional<double> read_statement(Reading& reading, const Cursor& at, const AttributeRow& row) {
  const Statement& stated = row.statement;
  if (row.is_yes_no) {
    const auto flag = read_flag(at, stated.field);
    return flag ? std::optional(*flag ? 1.0 : 0.0) : std::nullopt;
  }
  const Unit unit = stated.least > 0.0 || stated.may_be_none
                        ? at_least(stated.least, row.in_base_units, stated.most, stated.one)
                        : positive(row.in_base_units, stated.most, stated.one);
  const auto figure = read_base_figure(reading, at, stated.field, unit);
  return figure ? std::optional(figure->value) : std::nullopt;
}

void read_attributes(Reading& reading, const Cursor& at, Attributes& out) {
  for (const AttributeRow& row : attributes()) {
    if (!row.statement.is_given()) continue;
    const auto stated = read_statement(reading, at, row);
    if (stated) out.state(row.attribute, *stated);
  }
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
  if (in.has_eccn()) {
    check_provenance(reading, at.child("eccn"), in.eccn().source());
    out.eccn = in.eccn().text();
  }
  out.item.category = read_enum_or<Category>(at, "category", out.item.category);
  read_vendor(reading, at, in, out.item);
  if (in.has_released()) out.released = read_date(at, "released", in.released());
  read_attributes(reading, at, out.item.attributes);
  if (in.sold_in_size() > 0) {
    out.item.sold_in = read_countries(reading, at, "sold_in", in.sold_in());
  }
  for (const auto word : read_words(at, "types", in.types(), "", world.item_types)) {
    out.item.types.push_back(ItemTypeId{word});
  }
  if (out.item.device) {
    NamedItem& of_device = world.device_items[out.item.device->value];
    of_device.item = out.item;
    of_device.released = out.released;
    of_device.eccn = out.eccn;
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
