// Fits the coefficients of training to measured rows, and says how well they predict. Called by
// tools/fit.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "sim/files/regular_file.hpp"
#include "sim/measure/training_fit.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"

namespace chokepoint {
namespace {

struct Loaded {
  World world;
  std::vector<std::string> stacks;
  std::vector<TrainingStack> versions;
  std::vector<PresumedCell> presumed;
  std::vector<TrainingCase> cases;
};

std::optional<Loaded> load(const std::filesystem::path& scenarios) {
  const auto file = scenarios / "catalog" / "catalog.textproto";
  Diagnostics found;
  const auto composed = compose(file, {}, false, found);
  auto world = composed ? read_catalog(*composed, found) : std::nullopt;
  if (!found.items().empty()) print(std::cerr, found, file.string());
  if (!world) return std::nullopt;
  Loaded made{std::move(*world), {}, {}, {}, {}};
  for (const auto& stack : made.world.stacks) made.stacks.push_back(stack.name);
  made.versions = read_training_stacks(content_of(scenarios / "catalog" / "training_stacks.csv"));
  made.presumed =
      read_presumed_cells(content_of(scenarios / "measured" / "training_settings.csv"));
  const TrainingCatalog catalog{made.world.devices, made.world.transformers, made.stacks,
                                made.world.nodes,   made.versions,           made.presumed};
  made.cases = training_cases(
      read_measured_table(content_of(scenarios / "measured" / "training.csv")), catalog);
  return made;
}

void line(const std::string& what, const ErrorSummary& e, double bias = 0) {
  std::printf("%-34s n=%3d median %5.1f%% p90 %5.1f%% bias %+.1f%%\n", what.c_str(), e.count,
              e.median * 100, e.p90 * 100, std::expm1(bias) * 100);
}

template <class Key>
void by(const std::vector<PredictedTraining>& all, const Key& key, const char* what) {
  std::vector<std::string> keys;
  for (const auto& one : all) keys.push_back(key(*one.known));
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  for (const auto& each : keys) {
    const auto is_in = [&](const TrainingCase& one) { return key(one) == each; };
    line("  " + std::string(what) + " " + each, training_errors(all, is_in),
         training_bias(all, is_in));
  }
}

void report(const std::string& title, const std::vector<PredictedTraining>& all, bool detail) {
  const auto any = [](const TrainingCase&) { return true; };
  const auto stack = [](const TrainingCase& one) { return one.version; };
  const auto device = [](const TrainingCase& one) { return one.device_name; };
  const auto group = [](const TrainingCase& one) { return one.group; };
  std::printf("== %s\n", title.c_str());
  line("all", training_errors(all, any), training_bias(all, any));
  line("moe", training_errors(all, [](auto& o) { return o.model.experts > 0; }));
  line("910B", training_errors(all, [](auto& o) { return o.device_name == "hw_ascend_910b2"; }));
  line("but Blackwell", training_errors(all, [](auto& o) { return !o.device->peaks.fp4; }));
  line("macro device", macro_errors(all, device));
  line("macro group", macro_errors(all, group));
  if (!detail) return;
  by(all, device, "device");
  by(all, stack, "stack");
  by(all, group, "group");
}

}  // namespace
}  // namespace chokepoint

int main(int argc, char** argv) {
  using namespace chokepoint;
  std::vector<std::string> words(argv + 1, argv + argc);
  auto loaded = load(words.at(0));
  if (!loaded) return 3;
  std::vector<const TrainingCase*> fitted_to;
  for (const auto& one : loaded->cases) {
    if (!one.is_known() && one.left_out.empty()) std::printf("%s: %s\n", one.id.c_str(), one.reason.c_str());
    if (is_fitted_to(one)) fitted_to.push_back(&one);
  }
  TrainingFitting how;
  how.with_spread = true;
  const auto fitted = fit_training(fitted_to, how);
  std::printf("cost %g after %d, %d, %zu figures\n", fitted.cost, fitted.iterations, fitted.has_converged, fitted.figures.all().size());
  auto all = predict_training(fitted_to, fitted.figures);
  report("in sample", all, true);
  std::cout << training_figures_csv(fitted.figures, "training.csv");
  std::sort(all.begin(), all.end(), [](auto& a, auto& b) { return std::abs(a.log_error()) > std::abs(b.log_error()); });
  for (std::size_t i = 0; i < 45 && i < all.size(); ++i) {
    const auto& k = *all[i].known;
    const TrainingSystem system = k.system(fitted.figures);
    const auto t = TrainingEstimator(system).step(k.plan);
    std::printf("%+.3f %s %.3f of %.3f:", all[i].log_error(), k.id.c_str(), t.total().value, k.step->value);
    for (std::size_t j = 0; j < kStepParts; ++j) if (t.parts[j].value > 0.005 * t.total().value) std::printf(" %s %.0f%%", std::string(name(static_cast<StepPart>(j))).c_str(), 100 * t.parts[j].value / t.total().value);
    std::printf("\n");
  }
  std::vector<double> mem;
  for (const auto& one : loaded->cases) {
    if (!one.is_known() || !one.memory) continue;
    const auto m = training_memory(one.system(fitted.figures), one.plan);
    mem.push_back(std::abs(m.total() / *one.memory - 1));
    std::printf("mem %+.2f %5.1f of %5.1f %s %s\n", m.total() / *one.memory - 1, m.total().value / kBytesPerGib, one.memory->value/kBytesPerGib, std::string(name(m.fit())).c_str(), one.id.c_str());
  }
  line("memory", summary_of(mem));
  if (words.size() < 2) return 0;
  how.start = fitted.figures;
  how.with_spread = false;
  report("group left out", predict_training_left_out(fitted_to, [](auto& o) { return o.group; }, how), true);
  report("stack left out", predict_training_left_out(fitted_to, [](auto& o) { return o.version; }, how), true);
  report("device left out", predict_training_left_out(fitted_to, [](auto& o) { return o.device_name; }, how), true);
  return 0;
}
