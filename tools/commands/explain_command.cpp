#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"
#include "tools/commands/commands.hpp"
#include "tools/report/glossary/glossary.hpp"

namespace chokepoint {
namespace {

struct ExplainOptions {
  std::string indicator;
  bool json = false, markdown = false;
};

int list_indicators(bool json) {
  const auto names = indicator_names();
  if (json) {
    std::cout << JsonValue::object()
                     .add("schema", "chokepoint.explain.list/1")
                     .add("indicators", JsonValue::list(names))
                     .text()
              << "\n";
    return 0;
  }
  for (const std::string& name : names) std::cout << name << "\n";
  return 0;
}

int explain_indicator(const ExplainOptions& options) {
  if (options.markdown) {
    std::cout << glossary_markdown();
    return 0;
  }
  if (options.indicator.empty()) return list_indicators(options.json);
  const GlossaryEntry* entry = glossary_entry(options.indicator);
  const std::string name = options.indicator.substr(0, options.indicator.find(' '));
  if (entry == nullptr) {
    return refuse("there is no indicator " + in_quotes(name),
                  did_you_mean(name, indicator_names(), "'chokepoint explain' lists them"));
  }
  std::cout << (options.json ? entry_json(name, *entry).text() + "\n" : entry_text(name, *entry));
  return 0;
}

}  // namespace

void add_explain_command(CLI::App& app, Outcome& outcome) {
  const auto options = std::make_shared<ExplainOptions>();
  auto* command = app.add_subcommand(
      "explain", "What an indicator is: definition, unit, formula, and what it is not");
  command->add_option("INDICATOR", options->indicator,
                      "Such as installed_training; without one all are listed");
  auto* json = command->add_flag("--json", options->json, "Print JSON");
  command->add_flag("--markdown", options->markdown, "All of them, as the glossary has them")
      ->excludes(json);
  command->callback([options, &outcome] { outcome.exit_code = explain_indicator(*options); });
}

}  // namespace chokepoint
