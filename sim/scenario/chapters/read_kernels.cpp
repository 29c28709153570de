#include "sim/scenario/chapters/chapters.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "sim/scenario/reading/read_field.hpp"
#include "sim/scenario/reading/read_sourced.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

static_assert(static_cast<int>(Kernel::DenseGemm) == pb::DENSE_PRODUCT - 1);
static_assert(static_cast<int>(Kernel::GroupedGemm) == pb::GROUPED_PRODUCT - 1);
static_assert(static_cast<int>(Kernel::Gather) == pb::GATHER - 1);

constexpr Unit kCopies = at_least(1.0, 1.0, 100.0, "how often the cache is allocated");
constexpr Unit kRoundTrip = at_least(0.0, 1e-6, 1e6, "1e-6 seconds");

template <class E>
std::optional<E> read_optional_enum(const Cursor& at, const std::string& field) {
  const int number = read_enum_number(at, field, false);
  return number == 0 ? std::nullopt : std::optional(static_cast<E>(number - 1));
}

/// True for YYYY-MM and YYYY-MM-DD.
bool is_month_or_day(const std::string& text) {
  constexpr std::string_view kShape = "dddd-dd-dd";
  if (text.size() != 7 && text.size() != 10) return false;
  return std::equal(text.begin(), text.end(), kShape.begin(), [](char c, char shape) {
    return shape == '-' ? c == '-' : c >= '0' && c <= '9';
  });
}

using CoverageKey = std::tuple<std::optional<Kernel>, std::optional<ModelFamily>, bool>;

void read_coverage(Reading& reading, const Cursor& version_at, StackVersion& version) {
  std::set<CoverageKey> seen;
  read_named(version_at, "coverage", "coverage", [&](const Cursor& at) {
    CoverageRule out;
    out.kernel = read_optional_enum<Kernel>(at, "kernel");
    out.family = read_optional_enum<ModelFamily>(at, "family");
    out.is_of_research = as<pb::KernelCoverage>(at).research();
    out.share = read_required<double>(reading, at, "share", kShare);
    if (!seen.emplace(out.kernel, out.family, out.is_of_research).second) {
      at.error("name", "a second coverage of the same kernels and models", "keep one of them");
    }
    version.coverage.push_back(out);
  });
}

CacheCopies read_copies(Reading& reading, const Cursor& at) {
  const auto figure = read_figure<double>(reading, at, "hybrid_cache_copies", kCopies);
  if (!figure) return {};
  const Input& input = reading.world.inputs[figure->input->value];
  return {input.low.value_or(figure->value), input.high.value_or(figure->value)};
}

void read_version(Reading& reading, const Cursor& at) {
  const auto& in = as<pb::StackVersion>(at);
  StackVersion out;
  out.name = in.name();
  out.stack = reading.stacks.resolve(at, "stack", in.stack()).value_or(StackId{});
  check_texts(reading, at);
  out.released = in.released().text();
  if (!in.has_released()) {
    at.error("released", "released is missing", "say when it came out: YYYY-MM or YYYY-MM-DD");
  } else if (!is_month_or_day(out.released)) {
    at.child("released")
        .error("text", concat(in_quotes(out.released), " is no month and no day"),
               "write YYYY-MM or YYYY-MM-DD");
  }
  read_coverage(reading, at, out);
  out.hybrid_cache = read_copies(reading, at);
  reading.world.stack_versions.push_back(std::move(out));
}

std::optional<HostPath> read_host(Reading& reading, const Cursor& at) {
  const auto link = read_figure<BytesPerSecond>(reading, at, "host_link_gb_s", kGbPerSecond);
  const auto compute = read_figure<FlopsPerSecond>(reading, at, "host_tflops", kTflops);
  const auto round_trip = read_figure<Seconds>(reading, at, "host_round_trip_us", kRoundTrip);
  if (!link && !compute && !round_trip) return std::nullopt;
  for (const auto& [field, is_given] : {std::pair("host_link_gb_s", link.has_value()),
                                        std::pair("host_tflops", compute.has_value()),
                                        std::pair("host_round_trip_us", round_trip.has_value())}) {
    if (!is_given) report_missing_figure(at, field);
  }
  return HostPath{link.value_or(Sourced<BytesPerSecond>{}),
                  compute.value_or(Sourced<FlopsPerSecond>{}),
                  round_trip.value_or(Sourced<Seconds>{})};
}

using FallbackKey = std::pair<DeviceKind, std::optional<Kernel>>;

void read_fallback(Reading& reading, const Cursor& at, std::set<FallbackKey>& seen) {
  const auto& in = as<pb::Fallback>(at);
  FallbackRule out;
  out.name = in.name();
  const auto kind = read_enum<DeviceKind>(at, "kind");
  out.kernel = read_optional_enum<Kernel>(at, "kernel");
  out.fallback.host = read_host(reading, at);
  if (!out.fallback.host) {
    out.fallback.rate_share = read_required<double>(reading, at, "rate_share", kFraction);
  } else if (in.has_rate_share()) {
    at.error("rate_share", "on the host no rate of the device counts",
             "leave out rate_share, or the figures of the host");
  }
  if (!kind) return;
  out.device = *kind;
  if (!seen.emplace(out.device, out.kernel).second) {
    at.error("kind", "a second fallback of the same kernels and kind of device",
             "keep one of them");
  }
  reading.world.fallbacks.push_back(std::move(out));
}

// What lacks a kernel takes something instead, on every kind of device that runs the stack.
void check_fallbacks(const Reading& reading, const Cursor& at, const StackVersion& version) {
  const World& world = reading.world;
  std::set<DeviceKind> kinds;
  for (std::size_t d = 0; d < world.devices.size(); ++d) {
    if (reading.stack_of_device[d] == version.stack) kinds.insert(world.devices[d].kind);
  }
  const auto rules = at.children("coverage");
  for (std::size_t i = 0; i < rules.size() && i < version.coverage.size(); ++i) {
    const bool is_lacking = std::any_of(kinds.begin(), kinds.end(), [&](DeviceKind kind) {
      return lacks_fallback(version.coverage[i], kind, world.fallbacks);
    });
    if (!is_lacking) continue;
    rules[i].error("share",
                   concat("no fallback says what the rest takes on a device of stack ",
                          in_quotes(reading.stacks.in_order()[version.stack.value])),
                   "add fallbacks of its kind, one without kernel for all");
  }
}

}  // namespace

void read_kernels(Reading& reading) {
  for (const Cursor& at : reading.root.children("stack_versions")) read_version(reading, at);
  std::set<FallbackKey> seen;
  for (const Cursor& at : reading.root.children("fallbacks")) read_fallback(reading, at, seen);
  const auto versions = reading.root.children("stack_versions");
  for (std::size_t i = 0; i < versions.size() && i < reading.world.stack_versions.size(); ++i) {
    check_fallbacks(reading, versions[i], reading.world.stack_versions[i]);
  }
}

}  // namespace chokepoint
