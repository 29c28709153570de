#include "tools/policy/variant.hpp"

#include <fmt/format.h>

#include <cmath>
#include <set>
#include <utility>

#include "tools/policy/reasons.hpp"
#include "tools/policy/tables.hpp"
#include "tools/policy/words.hpp"

namespace chokepoint {
namespace {

std::optional<Variant> best_setting(const PolicyBook& book, const DesignKnobs& knobs,
                                    const ShipmentRoute& route, Date date) {
  const World& world = book.world;
  const Subject& subject = world.device_items[knobs.device.value];
  const DesignWork work = world.design_work(knobs.device);
  return best_variant(
      knobs, world.devices[knobs.device.value],
      {world.regime, shipment_of(subject, route, world), date, world.redesign.margin.value},
      [&](const DeviceSpec& device) { return design_value(device, work, world.redesign.taste); });
}

// "78 of 132 cores, rate 0.25, without FP64".
std::string setting_text(const LegalVariant& legal) {
  const DesignSetting& setting = legal.variant.setting;
  std::string text = fmt::format("{} of {} cores", setting.cores, legal.base_cores);
  if (setting.tensor_rate < 1.0) text += fmt::format(", tensor rate {:.3g}", setting.tensor_rate);
  if (setting.links > 0) text += fmt::format(", links {}", setting.links);
  text += fmt::format(", stacks {}", setting.stacks);
  if (!setting.dropped.empty()) text += fmt::format(", formats dropped {}", setting.dropped.size());
  return text;
}

std::string hugs_text(const LegalVariant& legal) {
  constexpr double kNear = 0.05;  // Farther lines did not shape the design.
  std::vector<std::string> names;
  for (const ThresholdMargin& margin_to : legal.variant.margins) {
    if (margin_to.clearance() <= kNear) {
      names.push_back(
          row_of(margin_to.attribute).name + std::string(" < ") +
          threshold_text({margin_to.attribute, Comparison::Below, margin_to.threshold}));
    }
  }
  return names.empty() ? "-" : name_list(names);
}

std::string percent(double share) {
  return share_text(std::round(1000.0 * share) / 1000.0);
}

void add_row(Table& table, const VariantRow& row, bool is_with) {
  const std::optional<LegalVariant>& legal = is_with ? row.with : row.without;
  std::vector<Cell> cells = {row.vendor, is_with ? "with it" : "without it",
                             legal ? legal->base : "none is free"};
  if (!legal) {
    cells.resize(table.columns().size());
    return table.add_row(std::move(cells));
  }
  for (auto& cell : attribute_cells(legal->variant.item)) cells.push_back(std::move(cell));
  const bool compares = row.without && row.without->variant.value > 0.0;
  cells.emplace_back(legal->variant.value_retained);
  cells.push_back(compares ? Cell(legal->variant.value / row.without->variant.value) : Cell());
  cells.emplace_back(hugs_text(*legal));
  cells.emplace_back(setting_text(*legal));
  table.add_row(std::move(cells));
}

JsonValue variant_json(const std::optional<LegalVariant>& legal) {
  if (!legal) return {};
  const DesignSetting& setting = legal->variant.setting;
  JsonValue json = JsonValue::object();
  json.add("knobs", legal->knobs).add("base", legal->base);
  json.add("cores", static_cast<double>(setting.cores)).add("tensor_rate", setting.tensor_rate);
  json.add("links", static_cast<double>(setting.links));
  json.add("stacks", static_cast<double>(setting.stacks));
  const auto columns = attribute_columns();
  const auto cells = attribute_cells(legal->variant.item);
  for (std::size_t i = 0; i < columns.size(); ++i) json.add(columns[i].name, to_json(cells[i]));
  return std::move(json.add("value_retained", legal->variant.value_retained));
}

}  // namespace

std::optional<LegalVariant> best_legal_variant(const PolicyBook& book, OrgId vendor,
                                               const ShipmentRoute& route, Date date) {
  std::optional<LegalVariant> best;
  for (const DesignKnobs& knobs : book.world.design_knobs) {
    const DeviceSpec& base = book.world.devices[knobs.device.value];
    if (base.vendor != vendor) continue;
    auto variant = best_setting(book, knobs, route, date);
    if (!variant || (best && variant->value <= best->variant.value)) continue;
    best = LegalVariant{knobs.name, base.name, knobs.cores, std::move(*variant)};
  }
  return best;
}

std::vector<VariantRow> legal_variants(const PolicyPair& pair, const ShipmentRoute& route,
                                       Date date) {
  const World& world = pair.with.world;
  std::set<OrgId> vendors;
  for (const DesignKnobs& knobs : world.design_knobs) {
    vendors.insert(world.devices[knobs.device.value].vendor);
  }
  std::vector<VariantRow> rows;
  rows.reserve(vendors.size());
  for (const OrgId vendor : vendors) {
    rows.push_back({world.orgs[vendor.value].name,
                    best_legal_variant(pair.without, vendor, route, date),
                    best_legal_variant(pair.with, vendor, route, date)});
  }
  return rows;
}

std::string variants_text(const std::vector<VariantRow>& rows) {
  std::vector<Column> columns = {"vendor", Column("of", " "), "made_from"};
  for (auto& column : attribute_columns()) columns.push_back(std::move(column));
  columns.emplace_back("value_of_base_share", "worth of\nits base", percent);
  columns.emplace_back("value_of_without_share", "worth of\nthat without", percent);
  columns.emplace_back("just_below");
  columns.emplace_back("setting");
  Table table("variants", std::move(columns));
  for (const VariantRow& row : rows) {
    add_row(table, row, false);
    add_row(table, row, true);
  }
  if (table.is_empty()) return "";
  return "\nThe most valuable design that stays free\n\n" + to_text(table);
}

JsonValue variants_json(const std::vector<VariantRow>& rows) {
  JsonValue list = JsonValue::list();
  for (const VariantRow& row : rows) {
    JsonValue json = JsonValue::object();
    json.add("vendor", row.vendor).add("without", variant_json(row.without));
    list.push(std::move(json.add("with", variant_json(row.with))));
  }
  return list;
}

}  // namespace chokepoint
