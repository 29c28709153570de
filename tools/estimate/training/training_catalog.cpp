#include "tools/estimate/training/training_catalog.hpp"

#include <utility>

#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/scenario/text/diagnostics.hpp"
#include "sim/scenario/text/read_file.hpp"

namespace chokepoint {
namespace {

std::optional<std::string> table(const std::filesystem::path& file, Diagnostics& found) {
  return read_file(file.string(), file.string(), {file.string(), 1, 1}, found);
}

}  // namespace

std::optional<TrainingWorld> load_unfitted_training_world(const std::filesystem::path& root,
                                                          std::ostream& complaints) {
  const auto folder = root / "scenarios" / "catalog";
  const auto base = folder / "training.textproto";
  Diagnostics found;
  const auto composed = compose(base, {}, false, found);
  auto world = composed ? read_catalog(*composed, found) : std::nullopt;
  const auto versions = table(folder / "training_stacks.csv", found);
  const auto presumed = table(root / "scenarios" / "measured" / "training_settings.csv", found);
  if (!found.items().empty()) print(complaints, found, base.string());
  if (!world || !versions || !presumed) return std::nullopt;
  TrainingWorld made{std::move(*world),
                     {},
                     read_training_stacks(*versions),
                     read_presumed_cells(*presumed),
                     {},
                     {}};
  for (const StackSpec& stack : made.stacks) made.stack_names.push_back(stack.name);
  return made;
}

std::optional<TrainingWorld> load_training_world(const std::filesystem::path& root,
                                                 std::ostream& complaints) {
  auto made = load_unfitted_training_world(root, complaints);
  if (!made) return std::nullopt;
  const auto folder = root / "scenarios" / "catalog";
  Diagnostics found;
  const auto figures = table(folder / "training_coefficients.csv", found);
  const auto errors = table(folder / "training_errors.csv", found);
  if (!found.items().empty()) print(complaints, found, folder.string());
  if (!figures || !errors) return std::nullopt;
  made->figures = read_training_figures(*figures);
  made->errors = read_training_errors(*errors);
  return made;
}

}  // namespace chokepoint
