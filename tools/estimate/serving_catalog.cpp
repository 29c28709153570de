#include "tools/estimate/serving_catalog.hpp"

#include <utility>

#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/scenario/text/diagnostics.hpp"
#include "sim/scenario/text/read_file.hpp"

namespace chokepoint {

std::optional<ServingCatalog> load_serving_catalog(const std::filesystem::path& root,
                                                   const std::string& overlay,
                                                   std::ostream& complaints) {
  const auto base = root / "scenarios" / "catalog" / "serving.textproto";
  Diagnostics found;
  const auto composed =
      overlay.empty() ? compose(base, {}, false, found) : compose_over(base, overlay, found);
  auto catalog = composed ? serving_catalog_of(*composed, root, found) : std::nullopt;
  if (!found.items().empty()) print(complaints, found, overlay.empty() ? base.string() : overlay);
  return catalog;
}

std::optional<ServingCatalog> serving_catalog_of(const Composed& composed,
                                                 const std::filesystem::path& root,
                                                 Diagnostics& found) {
  auto world = read_catalog(composed, found);
  const auto settings = (root / "scenarios" / "measured" / "run_settings.csv").string();
  const auto table = read_file(settings, settings, {settings, 1, 1}, found);
  if (!world || !table) return std::nullopt;
  return ServingCatalog{std::move(*world), read_presumed_settings(*table)};
}

}  // namespace chokepoint
