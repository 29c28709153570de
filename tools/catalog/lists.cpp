#include "tools/catalog/lists.hpp"

#include <cassert>
#include <utility>

#include "tools/print/json.hpp"
#include "tools/print/number_format.hpp"
#include "tools/print/text_table.hpp"

namespace chokepoint {

namespace {

namespace pb = chokepoint::v1;

TextTable::Column left(const std::string& header) {
  return {header, Align::Left, 0};
}

TextTable::Column right(const std::string& header) {
  return {header, Align::Right, 0};
}

std::string cell(bool has, const pb::Sourced& figure) {
  return has ? format_value(figure.value()) : "-";
}

std::string cell(const std::string& text) {
  return text.empty() ? "-" : text;
}

std::string count(unsigned value) {
  return value == 0 ? "-" : std::to_string(value);
}

std::string device_list(const Catalog& catalog) {
  TextTable table({left("device"), left("kind"), left("vendor"), left("release"),
                   right("bf16\nTFLOPS"), right("fp8\nTFLOPS"), right("int8\nTOPS"),
                   right("memory\nGiB"), right("memory\nGB/s"), right("links\nGB/s"),
                   right("TDP\nW"), right("price\nUSD"), right("TPP\n"), right("density\nTPP/mm2"),
                   left("stack")});
  for (int i = 0; i < catalog.written.devices_size(); ++i) {
    const pb::Device& in = catalog.written.devices(i);
    const DeviceSpec& spec = catalog.read.devices[static_cast<std::size_t>(i)];
    const auto density = performance_density(spec);
    table.add_row({in.name(), pb::DeviceKind_Name(in.kind()), in.vendor(),
                   cell(in.release_quarter().text()),
                   cell(in.has_peak_bf16_tflops(), in.peak_bf16_tflops()),
                   cell(in.has_peak_fp8_tflops(), in.peak_fp8_tflops()),
                   cell(in.has_peak_int8_tops(), in.peak_int8_tops()),
                   cell(in.has_memory_gib(), in.memory_gib()),
                   cell(in.has_memory_bandwidth_gb_s(), in.memory_bandwidth_gb_s()),
                   cell(in.has_scaleup_bidirectional_gb_s(), in.scaleup_bidirectional_gb_s()),
                   cell(in.has_tdp_w(), in.tdp_w()), cell(in.has_price_usd(), in.price_usd()),
                   tpp(spec.peaks) > 0.0 ? format_value(tpp(spec.peaks)) : "-",
                   density ? format_value(*density) : "-", in.stack()});
  }
  return table.text(kAnyWidth);
}

std::string node_list(const Catalog& catalog) {
  TextTable table({left("node"), left("vendor"), left("device"), right("devices\nper node"),
                   right("nodes\nper unit"), right("node power\nkW"), right("unit power\nkW"),
                   right("node price\nUSD"), right("unit price\nUSD")});
  for (const pb::Node& in : catalog.written.nodes()) {
    table.add_row({in.name(), in.vendor(), in.device(),
                   cell(in.has_devices_per_node(), in.devices_per_node()),
                   cell(in.has_nodes_per_unit(), in.nodes_per_unit()),
                   cell(in.has_node_power_kw(), in.node_power_kw()),
                   cell(in.has_unit_power_kw(), in.unit_power_kw()),
                   cell(in.has_node_price_usd(), in.node_price_usd()),
                   cell(in.has_unit_price_usd(), in.unit_price_usd())});
  }
  return table.text(kAnyWidth);
}

std::string stack_list(const Catalog& catalog) {
  TextTable table({left("stack"), left("vendor"), right("operators\nshare"),
                   right("port effort\n0 to 1"), right("fractions\nstated"), left("CUDA source")});
  for (const pb::Stack& in : catalog.written.stacks()) {
    table.add_row({in.name(), in.vendor(), cell(in.has_operator_coverage(), in.operator_coverage()),
                   cell(in.has_port_effort(), in.port_effort()), std::to_string(in.attained_size()),
                   cell(in.cuda_compatibility().text())});
  }
  return table.text(kAnyWidth);
}

std::string transformer_list(const Catalog& catalog) {
  TextTable table({left("transformer"), left("family"), right("layers"), right("hidden"),
                   left("attention"), right("heads"), right("kv\nheads"), right("experts"),
                   right("per\ntoken"), right("parameters\n1e9"), right("active\n1e9")});
  for (const pb::Transformer& in : catalog.written.transformers()) {
    table.add_row({in.name(), cell(in.family()), count(in.layers()), count(in.hidden()),
                   pb::Transformer::Attention_Name(in.attention()), count(in.heads()),
                   count(in.kv_heads()), count(in.experts()), count(in.experts_per_token()),
                   cell(in.has_parameters_bn(), in.parameters_bn()),
                   cell(in.has_active_parameters_bn(), in.active_parameters_bn())});
  }
  return table.text(kAnyWidth);
}

std::string prior_list(const Catalog& catalog) {
  TextTable table({left("prior"), left("operator class"), right("fraction"), right("low"),
                   right("high"), left("source")});
  for (const pb::Prior& in : catalog.written.priors()) {
    const pb::Sourced& fraction = in.fraction();
    table.add_row({in.name(), pb::OperatorClass_Name(in.operator_class()),
                   format_value(fraction.value()), format_value(fraction.low()),
                   format_value(fraction.high()), fraction.source()});
  }
  return table.text(kAnyWidth);
}

std::string org_list(const Catalog& catalog) {
  TextTable table({left("org"), left("seat"), left("classes"), left("display")});
  for (const pb::Org& in : catalog.written.orgs()) {
    std::string classes;
    for (const auto& name : in.classes()) classes += (classes.empty() ? "" : " ") + name;
    table.add_row({in.name(), in.headquarters(), cell(classes), cell(in.display())});
  }
  return table.text(kAnyWidth);
}

}  // namespace

std::string catalog_list(const Catalog& catalog, const std::string& kind) {
  if (kind == "devices") return device_list(catalog);
  if (kind == "nodes") return node_list(catalog);
  if (kind == "stacks") return stack_list(catalog);
  if (kind == "transformers") return transformer_list(catalog);
  if (kind == "priors") return prior_list(catalog);
  if (kind == "orgs") return org_list(catalog);
  assert(kind == "sources");
  return catalog_sources(catalog);
}

std::string catalog_sources(const Catalog& catalog) {
  const auto values = values_by_source(catalog.written);
  TextTable table(
      {left("source"), left("confidence"), left("known on"), right("values"), left("what")});
  for (const pb::Source& in : catalog.written.sources()) {
    const auto rests = values.find(in.name());
    table.add_row({in.name(), pb::Confidence_Name(in.confidence()), cell(in.known_on()),
                   std::to_string(rests == values.end() ? 0 : rests->second), in.what()});
  }
  return table.text(kAnyWidth);
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
