#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "tools/commands.hpp"
#include "tools/report/fold.hpp"
#include "tools/report/reasons_text.hpp"

namespace chokepoint {
namespace {

struct WhyOptions {
  std::string directory;
  std::string question;
};

std::string is_question(const std::string& text) {
  return parse_question(text) ? ""
                              : "'" + text + "' is not INDICATOR@DATE, such as nv_h20_96@2025-06";
}

}  // namespace

void add_why_command(CLI::App& app, Outcome& outcome) {
  const auto options = std::make_shared<WhyOptions>();
  auto* command = app.add_subcommand(
      "why", "Which rule, gate or shortage held deliveries back in a month, from the trace");
  command->add_option("DIR", options->directory, "Folder of a run")->required();
  command
      ->add_option("INDICATOR@DATE", options->question,
                   "A device or 'all', and a month: nv_h20_96@2025-06")
      ->required()
      ->check(is_question);
  command->callback([options, &outcome] {
    const RunAccount run = read_run(options->directory);
    const Question question = parse_question(options->question).value();
    const auto text = reasons_text(run, question);
    if (!text) {
      std::cerr << "chokepoint: error: nothing is known of '" << question.subject
                << "'\n  help: name a device that somebody wanted in the run, or 'all'\n";
      outcome.exit_code = kUsage;
      return;
    }
    std::cout << *text;
  });
}

}  // namespace chokepoint
