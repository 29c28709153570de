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
  auto world = composed ? read_catalog(*composed, found) : std::nullopt;
  const auto settings = (root / "scenarios" / "measured" / "run_settings.csv").string();
  const auto table = read_file(settings, settings, {settings, 1, 1}, found);
  if (!found.items().empty()) print(complaints, found, overlay.empty() ? base.string() : overlay);
  if (!world || !table) return std::nullopt;
  return ServingCatalog{std::move(*world), read_presumed_settings(*table)};
}

}  // namespace chokepoint
