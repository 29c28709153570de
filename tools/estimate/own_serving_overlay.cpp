#include <fmt/format.h>

#include <set>

#include "tools/estimate/own_serving.hpp"
#include "tools/print/json_value.hpp"
#include "tools/report/serving_engines_text.hpp"

namespace chokepoint {
namespace {

std::string coefficient_entry(const OwnCoefficient& one, const std::string& source) {
  if (one.identified == Identified::No) {
    return fmt::format(
        "  coefficients {{\n    name: \"{}\"\n    figure {{ value: {:.4g} source: \"{}\" "
        "confidence: ESTIMATED note: \"stays prior\" }}\n  }}\n",
        one.info->name, one.after, source);
  }
  return fmt::format(
      "  coefficients {{\n    name: \"{}\"\n    figure {{\n      value: {:.4g} low: {:.4g} high: "
      "{:.4g} source: \"{}\" confidence: ESTIMATED\n      note: \"{} identified; {:.4g} before\"\n"
      "    }}\n  }}\n",
      one.info->name, one.after, one.low(), one.high(), source,
      one.identified == Identified::Well ? "well" : "weakly", one.before);
}

std::string engine_entry(const OwnEngine& engine, const World& world, const std::string& source,
                         const std::string& files) {
  std::string text = fmt::format("serving_engines {{\n  name: \"{}\"\n", engine.name);
  if (engine.takes_stack) {
    text += fmt::format("  stacks: \"{}\"\n", world.stacks[engine.stack.value].name);
  }
  text +=
      fmt::format("  fitted_to: {}\n  experiments: {}\n", json_quoted(files), engine.cases.size());
  for (const OwnCoefficient& one : engine.fit.coefficients) {
    if (engine.is_new || one.identified != Identified::No) text += coefficient_entry(one, source);
  }
  return text + "}\n\n";
}

/// Errors are of devices, whichever engines ran there.
std::string errors_of_devices(std::span<const PredictedCase> errors) {
  std::set<std::string> devices;
  for (const auto& one : errors) devices.insert(one.known->experiment.device);
  std::string text;
  for (const auto& device : devices) {
    text += serving_errors_scenario_text(errors, "IN_SAMPLE", device);
  }
  return text;
}

}  // namespace

std::string own_serving_overlay(const OwnServing& own, const World& world, const std::string& base,
                                const std::string& files) {
  std::string text =
      "# Own measurements of serving, as coefficients of its engines. Written by\n"
      "# 'chokepoint fit serving': do not edit. Scenarios import it; 'estimate serving --catalog'\n"
      "# reads it. What it does not name stays as in the catalogue.\n\n";
  text += fmt::format("base: {}\n\n", json_quoted(base));
  std::vector<PredictedCase> errors;
  for (const OwnEngine& engine : own.engines) {
    if (!engine.fit.is_anything_identified()) continue;
    const std::string source = "own_" + engine.name;
    text += fmt::format(
        "sources {{\n  name: \"{}\"\n  what: \"Robust least squares on {} own run{}, from the "
        "coefficients of {}\"\n  location: {}\n  confidence: ESTIMATED\n}}\n\n",
        source, engine.cases.size(), engine.cases.size() == 1 ? "" : "s", engine.started,
        json_quoted("chokepoint fit serving " + files));
    text += engine_entry(engine, world, source, files);
    const auto& of_engine = engine.fit.parts > 0 ? engine.fit.left_out : engine.fit.predicted_after;
    errors.insert(errors.end(), of_engine.begin(), of_engine.end());
  }
  return text + errors_of_devices(errors);
}

}  // namespace chokepoint
