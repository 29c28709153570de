#include "tools/estimate/serving_catalog.hpp"

#include <stdexcept>
#include <utility>

#include "sim/files/regular_file.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

std::optional<ServingCatalog> load_serving_catalog(const std::filesystem::path& root,
                                                   const std::string& overlay,
                                                   std::ostream& complaints) {
  const auto base = root / "scenarios" / "catalog" / "serving.textproto";
  Diagnostics found;
  const auto composed =
      overlay.empty() ? compose(base, {}, false, found) : compose_over(base, overlay, found);
  auto world = composed ? read_catalog(*composed, found) : std::nullopt;
  if (!found.items().empty()) print(complaints, found, overlay.empty() ? base.string() : overlay);
  if (!world) return std::nullopt;
  const auto settings = root / "scenarios" / "measured" / "run_settings.csv";
  FileBytes bytes = read_whole_file(settings);
  if (!bytes.complaint.empty())
    throw std::runtime_error(settings.string() + ": " + bytes.complaint);
  return ServingCatalog{std::move(*world), read_presumed_settings(bytes.content)};
}

}  // namespace chokepoint
