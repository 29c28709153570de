#include "tools/estimate/counted_kinds.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>
#include <tuple>
#include <utility>

#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

constexpr std::int64_t kMostDevices = 1'048'576;
constexpr const char* kFleetForm = "write it like nv_h20_96:64,hw_ascend_910c:32";

/// The entry of a kind, which is made where there is none.
CountedKind& entry_of(std::vector<CountedKind>& fleet, const CountedKind& kind) {
  const auto known = std::ranges::find_if(fleet, [&](const CountedKind& other) {
    return std::tie(other.device, other.node, other.pue) ==
           std::tie(kind.device, kind.node, kind.pue);
  });
  return known != fleet.end() ? *known : fleet.emplace_back(kind);
}

/// What is wrong with an entry that begins at byte `at`; counts it in where nothing is.
void read_entry(std::string_view entry, std::size_t at, const std::string& option,
                std::vector<CountedKind>& fleet, Diagnostics& found) {
  const auto complain = [&](std::size_t offset, std::string message) {
    found.error({option, 1, static_cast<int>(at + offset) + 1}, std::move(message), kFleetForm);
  };
  const auto colon = entry.find(':');
  if (entry.empty()) return complain(0, "nothing stands here");
  if (colon == std::string_view::npos) {
    return complain(0, concat(in_quotes(entry), " does not say how many devices"));
  }
  const std::string_view digits = entry.substr(colon + 1);
  std::int64_t count = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size() || count < 1 ||
      count > kMostDevices) {
    return complain(colon + 1, concat(in_quotes(digits), " is no number from 1 to 1048576"));
  }
  CountedKind& kind = entry_of(fleet, {std::string(entry.substr(0, colon))});
  if (kind.count > 0) return complain(0, concat(in_quotes(kind.device), " is there twice"));
  kind.count = count;
}

}  // namespace

std::optional<std::vector<CountedKind>> read_fleet(const std::string& text, Diagnostics& found,
                                                   const std::string& option) {
  const std::size_t before = found.errors();
  found.remember(option, text);
  std::vector<CountedKind> fleet;
  for (std::size_t at = 0; at <= text.size();) {
    const auto comma = std::min(text.find(',', at), text.size());
    read_entry(std::string_view(text).substr(at, comma - at), at, option, fleet, found);
    at = comma + 1;
  }
  return found.errors() > before ? std::nullopt : std::optional(std::move(fleet));
}

std::optional<std::vector<CountedKind>> fleet_in(const std::filesystem::path& file,
                                                 Diagnostics& found) {
  const auto composed = compose(file, {}, false, found);
  const auto world = composed ? read_catalog(*composed, found) : std::nullopt;
  if (!world) return std::nullopt;
  std::vector<CountedKind> fleet;
  for (const ChipStock& stock : world->stocks) {
    const Pool& pool = world->pools[stock.pool.value];
    const CountedKind kind{world->devices[pool.device.value].name, 0,
                           world->nodes[pool.node.value].name,
                           world->sites[pool.site.value].pue.value};
    entry_of(fleet, kind).count += std::llround(stock.units.value);
  }
  std::erase_if(fleet, [](const CountedKind& kind) { return kind.count < 1; });
  if (!fleet.empty()) return fleet;
  found.error({file.string(), 0, 0}, "holds no devices in place", "give its pools stocks");
  return std::nullopt;
}

}  // namespace chokepoint
