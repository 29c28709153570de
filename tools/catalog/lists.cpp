#include "tools/catalog/entry_text.hpp"

#include <cassert>
#include <map>
#include <utility>

#include "tools/print/json_value.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

namespace {

namespace pb = chokepoint::v1;

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

/// Fields by which the entries of a kind are told apart, and what is worked out of them.
Table empty_list(const std::string& kind) {
  if (kind == "devices") {
    return Table(
        kind,
        {Column("name", "device"), "kind", "vendor", Column("release_quarter", "release"),
         Column("peak_bf16_tflops", "bf16"), Column("peak_fp8_tflops", "fp8"),
         Column("peak_int8_tops", "int8"), "memory_gib", Column("memory_bandwidth_gb_s", "memory"),
         Column("scaleup_bidirectional_gb_s", "links"), Column("tdp_w", "TDP"), "price_usd",
         Column("tpp", Type::Real, "TPP"), Column("performance_density", "density"), "stack"});
  }
  if (kind == "nodes") {
    return Table(kind, {Column("name", "node"), "vendor", "device",
                        Column("devices_per_node", "devices\nper node"),
                        Column("nodes_per_unit", "nodes\nper unit"), "node_power_kw",
                        "unit_power_kw", "node_price_usd", "unit_price_usd"});
  }
  if (kind == "stacks") {
    return Table(kind, {Column("name", "stack"), "vendor",
                        Column("operator_coverage", Type::Real, "operators\nshare"),
                        Column("port_effort", Type::Real, "port effort\n0 to 1"),
                        Column("attained", Type::Count, "fractions\nstated"),
                        Column("cuda_compatibility", "CUDA source")});
  }
  if (kind == "transformers") {
    return Table(kind, {Column("name", "transformer"), "family", Column("layers", Type::Count),
                        Column("hidden", Type::Count, "", format_fixed<0>), "attention",
                        Column("heads", Type::Count), Column("kv_heads", Type::Count, "kv\nheads"),
                        Column("experts", Type::Count),
                        Column("experts_per_token", Type::Count, "per\ntoken"), "parameters_bn",
                        Column("active_parameters_bn", "active")});
  }
  if (kind == "priors") {
    return Table(kind, {Column("name", "prior"), "operator_class", Column("fraction", Type::Real),
                        Column("low", Type::Real), Column("high", Type::Real), "source"});
  }
  if (kind == "orgs") {
    return Table(kind,
                 {Column("name", "org"), Column("headquarters", "seat"), "classes", "display"});
  }
  assert(kind == "sources");
  return Table(kind, {Column("name", "source"), "confidence", "known_on",
                      Column("values", Type::Count, "", format_fixed<0>), "what"});
}

/// The names in a list; of a list of messages, how many there are.
Cell list_cell(const Message& entry, const FieldDescriptor& field) {
  const auto* reflection = entry.GetReflection();
  const int size = reflection->FieldSize(entry, &field);
  if (field.message_type() != nullptr) return size;
  std::string names;
  for (int i = 0; i < size; ++i) {
    names += (i == 0 ? "" : " ") + reflection->GetRepeatedString(entry, &field, i);
  }
  return known(names);
}

/// A field as it is written. Nothing where it is empty or zero.
Cell written_cell(const Message& entry, const FieldDescriptor& field) {
  const auto* reflection = entry.GetReflection();
  if (field.is_repeated()) return list_cell(entry, field);
  if (field.has_presence() && !reflection->HasField(entry, &field)) return {};
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return known(reflection->GetString(entry, &field));
    case FieldDescriptor::CPPTYPE_ENUM:
      return reflection->GetEnum(entry, &field)->name();
    case FieldDescriptor::CPPTYPE_UINT32: {
      const auto count = reflection->GetUInt32(entry, &field);
      return count == 0 ? Cell() : Cell(count);
    }
    default:
      break;
  }
  const Message& value = reflection->GetMessage(entry, &field);
  if (const auto* text = dynamic_cast<const pb::SourcedText*>(&value)) return known(text->text());
  return dynamic_cast<const pb::Sourced&>(value).value();
}

Cell device_score(const DeviceSpec& device, const std::string& column) {
  if (column != "tpp") return performance_density(device);
  const double score = tpp(device.peaks);
  return score > 0.0 ? Cell(score) : Cell();
}

/// What is worked out of the entry number `i`, which has no field of that name.
Cell computed_cell(const Catalog& catalog, const Message& entry, std::size_t i,
                   const std::map<std::string, int>& by_source, const std::string& column) {
  if (const auto* source = dynamic_cast<const pb::Source*>(&entry)) {
    const auto rests = by_source.find(source->name());
    return rests == by_source.end() ? 0 : rests->second;
  }
  const auto* prior = dynamic_cast<const pb::Prior*>(&entry);
  if (prior == nullptr) return device_score(catalog.read.devices[i], column);
  if (column == "source") return prior->fraction().source();
  return column == "low" ? prior->fraction().low() : prior->fraction().high();
}

}  // namespace

std::string catalog_list(const Catalog& catalog, const std::string& kind) {
  Table table = empty_list(kind);
  const auto by_source = values_by_source(catalog.written);
  const auto names = entry_names(catalog, kind);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Message& of = entry(catalog, kind, names[i]);
    std::vector<Cell> cells;
    for (const Column& column : table.columns()) {
      const auto* field = of.GetDescriptor()->FindFieldByName(column.name);
      cells.push_back(field != nullptr ? written_cell(of, *field)
                                       : computed_cell(catalog, of, i, by_source, column.name));
    }
    table.add_row(std::move(cells));
  }
  return to_text(table);
}

std::string catalog_list_json(const Catalog& catalog, const std::string& kind) {
  std::string json =
      "{\"schema\": \"chokepoint.catalog.list/1\", \"kind\": \"" + kind + "\", \"entries\": [\n";
  bool first = true;
  for (const auto& name : entry_names(catalog, kind)) {
    json.append(first ? "" : ",\n").append(to_json(entry(catalog, kind, name)));
    first = false;
  }
  return json + "]}\n";
}

}  // namespace chokepoint
