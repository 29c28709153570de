#include "sim/scenario/chapters/chapters.hpp"

#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

static_assert(static_cast<int>(DeviceKind::Npu) == pb::NPU - 1);
static_assert(static_cast<int>(DeviceKind::Gpu) == pb::GPU - 1);
static_assert(static_cast<int>(ScaleupShape::Switched) == pb::SWITCHED - 1);
static_assert(static_cast<int>(ScaleupShape::PcieTree) == pb::PCIE_TREE - 1);

// Power of a whole server over that of its devices where nobody states it (proto/catalog: Node).
constexpr double kServerPowerOverTdp = 1.5;

template <class Q>
std::optional<Q> value_of(const std::optional<Sourced<Q>>& figure) {
  return figure ? std::optional(figure->value) : std::nullopt;
}

template <class Q>
std::optional<InputId> input_of(const std::optional<Sourced<Q>>& figure) {
  return figure ? figure->input : std::nullopt;
}

// Packages in one scale-up domain.
std::optional<Sourced<int>> read_domain(Reading& reading, const Cursor& at) {
  const auto size = read_figure<double>(reading, at, "scaleup_domain_size", kFewThings);
  if (!size) return std::nullopt;
  return Sourced<int>{static_cast<int>(size->value), size->input};
}

std::optional<Sourced<BytesPerSecond>> read_scaleup(Reading& reading, const Cursor& at) {
  return read_figure<BytesPerSecond>(reading, at, "scaleup_bidirectional_gb_s", kGbPerSecond);
}

std::optional<Sourced<BytesPerSecond>> read_scaleout(Reading& reading, const Cursor& at) {
  return read_figure<BytesPerSecond>(reading, at, "scaleout_gbit_s", kGbitPerSecond);
}

// The kind that the memory technology in `memory_type` is of. Nothing where none is written.
std::optional<MemoryKind> read_memory_kind(const Cursor& at, const pb::Device& in) {
  if (!in.has_memory_type()) return std::nullopt;
  const std::string& type = in.memory_type().text();
  for (const auto& [beginning, kind] :
       {std::pair("HBM", MemoryKind::Hbm), std::pair("GDDR", MemoryKind::Gddr),
        std::pair("LPDDR", MemoryKind::Lpddr), std::pair("none", MemoryKind::OnDie)}) {
    if (type.starts_with(beginning)) return kind;
  }
  if (!type.empty()) {
    at.child("memory_type")
        .error("text", concat("memory_type ", in_quotes(type), " is of no kind that rules know"),
               "begin it with HBM, GDDR, LPDDR, or none where all memory is on the dies");
  }
  return std::nullopt;
}

void read_peaks(Reading& reading, const Cursor& at, DeviceSpec& device) {
  const auto peak = [&](const std::string& field) {
    return read_figure<FlopsPerSecond>(reading, at, field, kTflops);
  };
  device.peaks.fp64 = value_of(peak("peak_fp64_tflops"));
  device.peaks.fp32 = value_of(peak("peak_fp32_tflops"));
  device.peaks.tf32 = value_of(peak("peak_tf32_tflops"));
  const auto bf16 = peak("peak_bf16_tflops");
  device.peaks.bf16 = value_of(bf16);
  device.bf16_input = input_of(bf16);
  const auto fp8 = peak("peak_fp8_tflops");
  device.peaks.fp8 = value_of(fp8);
  const auto int8 = peak("peak_int8_tops");
  device.peaks.int8 = value_of(int8);
  // The input of the faster one, which peak_8bit() takes; FP8 where they are equal.
  const bool int8_decides = int8 && (!fp8 || int8->value > fp8->value);
  device.int8_input = int8_decides ? input_of(int8) : input_of(fp8);
  device.peaks.fp4 = value_of(peak("peak_fp4_tflops"));
  device.peaks.vector_fp16 = value_of(peak("vector_fp16_tflops"));
  device.peaks.headline_bf16 = value_of(peak("headline_bf16_tflops"));
}

void read_capacities(Reading& reading, const Cursor& at, DeviceSpec& device) {
  device.memory = value_of(read_figure<Bytes>(reading, at, "memory_gib", kGib));
  device.visible_memory = value_of(read_figure<Bytes>(reading, at, "visible_memory_gib", kGib));
  device.memory_kind = read_memory_kind(at, as<pb::Device>(at));
  const auto bandwidth =
      read_figure<BytesPerSecond>(reading, at, "memory_bandwidth_gb_s", kGbPerSecond);
  device.memory_bandwidth = value_of(bandwidth);
  device.memory_bandwidth_input = input_of(bandwidth);
  // The scale-out card is no part of the package, so the links that leave it are the scale-up ones.
  const auto io = read_scaleup(reading, at);
  device.io_bandwidth = value_of(io);
  device.io_bandwidth_input = input_of(io);
  const auto tdp = read_figure<Watts>(reading, at, "tdp_w", kWattsPerDevice);
  device.tdp = value_of(tdp);
  device.tdp_input = input_of(tdp);
  const auto price = read_figure<Usd>(reading, at, "price_usd", kUsdPerDevice);
  device.price = value_of(price);
  device.price_input = input_of(price);
}

void read_device(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::Device>(at);
  DeviceSpec out;
  out.name = in.name();
  out.vendor = reading.orgs.resolve(at, "vendor", in.vendor()).value_or(OrgId{});
  out.kind = read_enum<DeviceKind>(at, "kind").value_or(DeviceKind::Gpu);
  const auto stack = reading.stacks.resolve(at, "stack", in.stack());
  out.stack = stack.value_or(StackId{});
  if (!in.counted_as().empty()) {
    out.counted_as = reading.devices.resolve(at, "counted_as", in.counted_as());
  }
  check_texts(reading, at);
  const auto area = read_figure<double>(reading, at, "die_area_mm2", kSquareMillimeters);
  out.die_area_mm2 = value_of(area);
  read_peaks(reading, at, out);
  read_capacities(reading, at, out);
  out.published_tpp = value_of(read_figure<double>(reading, at, "published_tpp", kTpp));
  out.published_density = value_of(
      read_figure<double>(reading, at, "published_performance_density", kTppPerSquareMillimeter));
  out.designed_for_datacenter = !in.has_designed_for_datacenter() || in.designed_for_datacenter();
  const auto transistors = read_figure<double>(reading, at, "transistors_bn", kBillionTransistors);
  if (transistors) out.transistors = transistors->value * 1e9;
  out.process_node_nm = value_of(read_figure<double>(reading, at, "process_node_nm", kNanometers));
  out.matrix_cores = value_of(read_figure<double>(reading, at, "matrix_cores", kFewThings));
  list_figures(reading, at, {{"die_count", kFewThings}, {"l2_mib", kMib}});
  out.scaleup_domain = read_domain(reading, at);
  out.scaleout = read_scaleout(reading, at);
  reading.stack_of_device.push_back(stack);
  reading.world.devices.push_back(std::move(out));
}

Sourced<Watts> full_power(Reading& reading, const Cursor& at, std::optional<DeviceId> device,
                          double devices_per_node, double nodes_per_unit) {
  const auto node = read_figure<Watts>(reading, at, "node_power_kw", kKilowatts);
  const auto unit = read_figure<Watts>(reading, at, "unit_power_kw", kKilowatts);
  if (node) return *node;
  if (unit) return {unit->value / nodes_per_unit, unit->input};
  if (!device) return {};
  const DeviceSpec& spec = reading.world.devices[device->value];
  if (!spec.tdp) return {};
  return {*spec.tdp * devices_per_node * kServerPowerOverTdp, spec.tdp_input};
}

// What the node says of its links, and its device where the node says nothing.
Links read_links(Reading& reading, const Cursor& at, std::optional<DeviceId> device) {
  Links links{read_scaleup(reading, at), read_domain(reading, at), {}, read_scaleout(reading, at)};
  if (const int shape = read_enum_number(at, "scaleup_shape", false)) {
    links.shape = static_cast<ScaleupShape>(shape - 1);
  }
  if (device) {
    const DeviceSpec& spec = reading.world.devices[device->value];
    if (!links.scaleup && spec.io_bandwidth) {
      links.scaleup = {*spec.io_bandwidth, spec.io_bandwidth_input};
    }
    if (!links.domain) links.domain = spec.scaleup_domain;
    if (!links.scaleout) links.scaleout = spec.scaleout;
  }
  if (links.scaleup) links.scaleup->value = 0.5 * links.scaleup->value;
  return links;
}

void read_node(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::Node>(at);
  NodeSpec out;
  out.name = in.name();
  out.vendor = reading.orgs.resolve(at, "vendor", in.vendor()).value_or(OrgId{});
  const auto device = reading.devices.resolve(at, "device", in.device());
  out.device = device.value_or(DeviceId{});
  const auto devices = read_required<double>(reading, at, "devices_per_node", kFewThings);
  const auto nodes = read_figure<double>(reading, at, "nodes_per_unit", kFewThings);
  out.devices_per_node = static_cast<int>(devices.value);
  check_texts(reading, at);
  out.full_power = full_power(reading, at, device, devices.value,
                              nodes.value_or(Sourced<double>{1.0, {}}).value);
  out.links = read_links(reading, at, device);
  list_figures(reading, at,
               {{"node_price_usd", kUsdPerMachine},
                {"unit_price_usd", kUsdPerMachine},
                {"memory_tb_per_unit", kTb}});
  out.measured_allreduce =
      read_figure<BytesPerSecond>(reading, at, "measured_allreduce_gb_s", kGbPerSecond);
  out.measured_internode =
      read_figure<BytesPerSecond>(reading, at, "measured_internode_gb_s", kGbPerSecond);
  reading.device_of_node.push_back(device);
  reading.world.nodes.push_back(std::move(out));
}

}  // namespace

void read_devices(Reading& reading) {
  for (const Cursor& at : reading.root.children("devices")) read_device(reading, at);
}

void read_nodes(Reading& reading) {
  for (const Cursor& at : reading.root.children("nodes")) read_node(reading, at);
}

}  // namespace chokepoint
