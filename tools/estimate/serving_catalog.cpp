#include "tools/estimate/serving_catalog.hpp"

#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

std::optional<World> load_serving_catalog(const std::filesystem::path& root,
                                          const std::string& overlay, std::ostream& complaints) {
  const auto base = root / "scenarios" / "catalog" / "serving.textproto";
  Diagnostics found;
  const auto composed =
      overlay.empty() ? compose(base, {}, false, found) : compose_over(base, overlay, found);
  auto world = composed ? read_catalog(*composed, found) : std::nullopt;
  if (!found.items().empty()) print(complaints, found, overlay.empty() ? base.string() : overlay);
  return world;
}

}  // namespace chokepoint
