#include "tools/fleet/cluster.hpp"

#include <algorithm>
#include <cmath>
#include <system_error>
#include <utility>

#include "sim/scenario/reading/cursor.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr const char* kEnding = ".textproto";
constexpr const char* kShared = "operator";  // What the others import.

fs::path folder_of(const fs::path& root) {
  return root / "scenarios" / "clusters";
}

/// The file that is meant; nothing, with a complaint, where there is none.
std::optional<fs::path> located(const std::string& argument, const fs::path& root,
                                Diagnostics& found) {
  std::error_code none;
  for (const fs::path& file :
       {fs::path(argument), folder_of(root) / argument, folder_of(root) / (argument + kEnding)}) {
    if (fs::exists(file, none) && !fs::is_directory(file, none)) return file;
  }
  const bool is_path = argument.find('/') != std::string::npos;
  const auto names = cluster_names(root);
  if (fs::is_directory(argument, none)) {
    found.error({argument, 0, 0}, "is a folder", "name a file, or one of " + listed(names));
  } else {
    found.error({argument, 0, 0}, is_path ? "no such file" : "no such cluster",
                did_you_mean(argument, names, "there are " + listed(names)));
  }
  return std::nullopt;
}

void check_chips(const Cursor& root, const World& world) {
  if (world.pools.empty()) {
    root.error("sites", "the cluster has no pool",
               "add a site with pools of nodes; 'chokepoint scenario new --cluster' writes one");
    return;
  }
  int devices = 0;
  for (std::uint32_t i = 0; i < world.pools.size(); ++i) devices += devices_of(world, PoolId{i});
  if (devices == 0) {
    root.error("sites", "the cluster has pools and no chip in any of them",
               "add stocks with units to a pool");
  }
}

/// Servers at full load must have their power: nobody models what a cap takes from requests.
void check_power(const Cursor& root, const World& world) {
  for (std::uint32_t i = 0; i < world.sites.size(); ++i) {
    const Site& site = world.sites[i];
    Watts full;
    for (std::uint32_t p = 0; p < world.pools.size(); ++p) {
      const Pool& pool = world.pools[p];
      if (pool.site != SiteId{i}) continue;
      const NodeSpec& node = world.nodes[pool.node.value];
      full +=
          node.full_power.value * (devices_of(world, PoolId{p}) / double(node.devices_per_node));
    }
    full = full * site.pue.value;
    if (full <= site.power_cap.value * (1 + 1e-9)) continue;
    root.child("sites", static_cast<int>(i))
        .error("power_cap_mw",
               concat("its servers take ", std::round(full.value) * 1e-6, " MW at full load, PUE ",
                      "included, more than power_cap_mw"),
               "raise the cap, or take fewer chips");
  }
}

}  // namespace

std::vector<std::string> cluster_names(const fs::path& root) {
  std::vector<std::string> names;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder_of(root), none)) {
    const fs::path& file = entry.path();
    if (file.extension() == kEnding && file.stem() != kShared) names.push_back(file.stem());
  }
  std::sort(names.begin(), names.end());
  return names;
}

int devices_of(const World& world, PoolId pool) {
  double units = 0;
  for (const ChipStock& stock : world.stocks) {
    if (stock.pool == pool) units += stock.units.value;
  }
  return static_cast<int>(std::min(std::floor(units + 1e-9), 1e9));
}

std::optional<Cluster> load_cluster(const std::string& argument,
                                    const std::vector<Assignment>& sets, const fs::path& root,
                                    Diagnostics& found) {
  const auto file = located(argument, root, found);
  if (!file) return std::nullopt;
  auto composed = compose(*file, sets, false, found);
  if (!composed) return std::nullopt;
  auto world = serving_catalog_of(*composed, root, found);
  if (!world) return std::nullopt;
  const Cursor at(*composed, found);
  check_chips(at, *world);
  check_power(at, *world);
  if (found.has_errors()) return std::nullopt;
  return Cluster{*file, std::move(*composed), std::move(*world)};
}

}  // namespace chokepoint
