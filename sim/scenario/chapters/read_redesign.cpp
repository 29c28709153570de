#include "sim/scenario/chapters/chapters.hpp"

#include <algorithm>
#include <cmath>

#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

static_assert(static_cast<int>(Format::Fp64) == pb::FP64 - 1);
static_assert(static_cast<int>(Format::Fp4) == pb::FP4 - 1);

constexpr Unit kPieces = whole(1.0, 4096.0, "a core, a link or a stack");
constexpr Unit kRate{1.0, 0.0, false, 1.0, true, false, ""};
constexpr Unit kMargin{1.0, 0.0, true, 0.5, true, false, ""};

int read_pieces(Reading& reading, const Cursor& at, const std::string& field) {
  const auto pieces = read_required<double>(reading, at, field, kPieces);
  return std::max(1, static_cast<int>(pieces.value));
}

// The device that the knobs start from, which must have the figures that a design is judged by.
DeviceId read_device_of_knobs(const Reading& reading, const Cursor& at, const std::string& name) {
  const auto device = reading.devices.resolve(at, "device", name);
  if (!device) return {};
  const DeviceSpec& spec = reading.world.devices[device->value];
  const auto& in = reading.scenario.devices(static_cast<int>(device->value));
  const auto need = [&](bool known, bool written, const char* field) {
    if (known || written) return;  // What is wrong with a written one has been said.
    at.error("device", concat("device ", in_quotes(name), " has no ", field),
             "knobs start from a device whose bf16 peak, memory and bandwidths are known");
  };
  need(spec.peaks.bf16.has_value(), in.has_peak_bf16_tflops(), "peak_bf16_tflops");
  need(spec.memory.has_value(), in.has_memory_gib(), "memory_gib");
  need(spec.memory_bandwidth.has_value(), in.has_memory_bandwidth_gb_s(), "memory_bandwidth_gb_s");
  need(spec.io_bandwidth.has_value(), in.has_scaleup_bidirectional_gb_s(),
       "scaleup_bidirectional_gb_s");
  return *device;
}

std::vector<double> read_rates(const Cursor& at, const pb::DesignKnobs& in) {
  std::vector<double> rates;
  for (int i = 0; i < in.tensor_rates_size(); ++i) {
    const double rate = in.tensor_rates(i);
    const std::string wrong = complaint(kRate, rate);
    if (!wrong.empty() || rate == 1.0) {
      at.error(concat("tensor_rates[", i, "]"), concat("a tensor rate is ", rate),
               "write the shares of the full rate below 1 and above 0; 1 goes without saying");
      continue;
    }
    rates.push_back(rate);
  }
  return rates;
}

void read_links(Reading& reading, const Cursor& at, const pb::DesignKnobs& in, DesignKnobs& out) {
  const auto fixed =
      read_figure<BytesPerSecond>(reading, at, "fixed_io_bidirectional_gb_s", kGbPerSecond);
  if (fixed) out.fixed_io = fixed->value;
  if (!in.has_links()) {
    if (!in.has_fixed_io_bidirectional_gb_s()) {
      at.error("links", concat("design ", in_quotes(in.name()), " has neither links nor fixed I/O"),
               "give links with link_bidirectional_gb_s, or fixed_io_bidirectional_gb_s");
    }
    return;
  }
  out.links = read_pieces(reading, at, "links");
  out.link_bandwidth =
      read_required<BytesPerSecond>(reading, at, "link_bidirectional_gb_s", kGbPerSecond).value;
}

std::vector<MemoryOption> read_memory(Reading& reading, const Cursor& design,
                                      const pb::DesignKnobs& in) {
  std::vector<MemoryOption> options;
  read_named(design, "memory", "memory option", [&](const Cursor& at) {
    const auto& written = as<pb::MemoryOption>(at);
    MemoryOption out;
    out.name = written.name();
    out.most_stacks = read_pieces(reading, at, "most_stacks");
    out.stack_capacity = read_required<Bytes>(reading, at, "stack_gib", kGib).value;
    out.stack_bandwidth =
        read_required<BytesPerSecond>(reading, at, "stack_bandwidth_gb_s", kGbPerSecond).value;
    if (written.has_available()) out.available = read_date(at, "available", written.available());
    options.push_back(std::move(out));
  });
  if (options.empty()) {
    design.error("memory", concat("design ", in_quotes(in.name()), " has no memory"),
                 "say which stacks it can carry; the first makes the device");
  }
  return options;
}

void read_knobs(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::DesignKnobs>(at);
  DesignKnobs out;
  out.name = in.name();
  out.family = in.family().empty() ? in.name() : in.family();
  out.device = read_device_of_knobs(reading, at, in.device());
  out.cores = read_pieces(reading, at, "cores");
  list_figures(reading, at, {{"full_die_cores", kPieces}});
  out.tensor_rates = read_rates(at, in);
  out.throttles_freely = in.throttles_freely();
  out.droppable = read_enums<Format>(at, "droppable");
  read_links(reading, at, in, out);
  out.memory = read_memory(reading, at, in);
  check_provenance(reading, at, in.source());
  reading.world.design_knobs.push_back(std::move(out));
}

DesignTaste read_taste(Reading& reading, const Cursor& at) {
  const auto share = [&](const char* field) {
    return read_required<double>(reading, at, field, kShare);
  };
  DesignTaste taste;
  taste.training_weight = share("training_weight");
  taste.prefill_weight = share("prefill_weight");
  taste.decode_weight = share("decode_weight");
  taste.training_io_elasticity = share("training_io_elasticity");
  taste.prefill_io_elasticity = share("prefill_io_elasticity");
  taste.decode_io_elasticity = share("decode_io_elasticity");
  const double sum =
      taste.training_weight.value + taste.prefill_weight.value + taste.decode_weight.value;
  const auto& in = as<pb::Redesign>(at);
  const bool all_written =
      in.has_training_weight() && in.has_prefill_weight() && in.has_decode_weight();
  if (all_written && std::abs(sum - 1.0) > 1e-6) {
    at.error("training_weight", concat("the three weights add up to ", sum),
             "weights are shares of one value: their sum is 1");
  }
  return taste;
}

}  // namespace

void read_redesign(Reading& reading) {
  const auto& scenario = reading.scenario;
  for (const Cursor& at : reading.root.children("design_knobs")) read_knobs(reading, at);
  if (scenario.design_knobs_size() > 0 && !scenario.has_reference()) {
    reading.root.error("reference", "reference is missing, though there are design_knobs",
                       "designs are compared on the work of the reference");
  }
  if (!scenario.has_redesign()) {
    if (scenario.design_knobs_size() == 0) return;
    reading.root.error("redesign", "redesign is missing, though there are design_knobs",
                       "say what a design is worth and how long it takes");
    return;
  }
  const Cursor at = reading.root.child("redesign");
  RedesignHabits& out = reading.world.redesign;
  out.taste = read_taste(reading, at);
  out.margin = read_figure_or(reading, at, "margin_share", kMargin, 0.0);
  out.to_announcement = read_required<Seconds>(reading, at, "days_to_announcement", kDays);
  out.to_shipment = read_required<Seconds>(reading, at, "days_to_shipment", kDays);
}

}  // namespace chokepoint
