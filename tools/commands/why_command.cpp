#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "sim/scenario/text/phrases.hpp"
#include "sim/study/causes/indicator_question.hpp"
#include "tools/commands/commands.hpp"
#include "tools/console/stored_run.hpp"
#include "tools/report/recorded_run.hpp"
#include "tools/report/why.hpp"
#include "tools/report/yearly_table.hpp"

namespace chokepoint {
namespace {

constexpr const char* kKindsQuestion = "kinds";

struct WhyOptions {
  std::string directory;
  std::string question;
  bool json = false;
};

std::string is_question(const std::string& text) {
  const std::size_t at = text.rfind('@');
  if (at != std::string::npos && parse_date(text.substr(at + 1))) {
    return in_quotes(text) + " asks about a day; causes are told of months and years: ask for " +
           in_quotes(text.substr(0, at + std::string("@2025-06").size()));
  }
  return parse_indicator_question(text)
             ? ""
             : in_quotes(text) + " is not WHAT@DATE, such as nv_h20_96@2025-06 or " +
                   "'domestic_share units@2025'";
}

/// The figures of the years of a run; none where it has no table of them.
Figures yearly_figures_of(const StoredRun& run) {
  const auto table = read_yearly_csv(run.table("yearly.csv"));
  return table && !table->empty() ? table->front() : Figures{};
}

/// Why kinds of devices share out as they do in a year.
int answer_of_kinds(const StoredRun& run, const World& world, const Period& period, bool is_json) {
  if (!period.is_year) {
    return refuse("kinds are told of years, not of months",
                  "ask for kinds@" + period.text.substr(0, 4));
  }
  const int year = year_of(period.from);
  const Figures yearly = yearly_figures_of(run);
  const auto text = kinds_text(world, yearly, year);
  if (!text) {
    return refuse(
        "no mainland buyer wished for anything in " + period.text,
        "ask for a year of the run, such as kinds@" + format_month(world.first_day()).substr(0, 4));
  }
  std::cout << (is_json ? kinds_json(world, yearly, year)->text() + "\n" : *text);
  return 0;
}

/// Of a device, or of all; nothing where the run knows no such device. Names hold no spaces.
std::optional<int> answer_of_device(const StoredRun& run, const IndicatorQuestion& question,
                                    bool is_json) {
  if (question.what.find(' ') != std::string::npos) return std::nullopt;
  const RecordedRun recorded = read_run(run.trace());
  const Question asked{question.what, question.period.text};
  const auto text = reasons_text(recorded.account, asked);
  if (!text) return std::nullopt;
  if (const auto none = no_answer_outside(*recorded.world, question.period)) {
    return refuse(none->error, none->help);
  }
  std::cout << (is_json ? reasons_json(recorded.account, asked)->text() + "\n" : *text);
  return 0;
}

int answer_why(const WhyOptions& options) {
  const IndicatorQuestion question = parse_indicator_question(options.question).value();
  const StoredRun run(options.directory);
  if (const auto code = answer_of_device(run, question, options.json)) return *code;
  const World world = world_of_run(run.trace());
  if (world.buyers.empty()) {
    return refuse("nothing is known of '" + question.what + "' in " + question.period.text,
                  "name a device that somebody wanted in the run, or 'all', and a month or year");
  }
  if (question.what == kKindsQuestion) {
    return answer_of_kinds(run, world, question.period, options.json);
  }
  const auto found = indicator_reasons(run.trace(), yearly_figures_of(run), world, question);
  if (const auto* none = std::get_if<NoAnswer>(&found)) {
    return refuse(none->error, none->help);
  }
  const auto& reasons = std::get<IndicatorReasons>(found);
  std::cout << (options.json ? indicator_reasons_json(reasons, world).text() + "\n"
                             : indicator_reasons_text(reasons, world));
  return 0;
}

}  // namespace

void add_why_command(CLI::App& app, Outcome& outcome) {
  const auto options = std::make_shared<WhyOptions>();
  auto* command = app.add_subcommand(
      "why", "Which rule, quota, shortage or lack of power bound at a date, from the trace");
  command->add_option("DIR", options->directory, "Folder of a run")->required();
  command
      ->add_option("WHAT@DATE", options->question,
                   "A device or 'all', and a month or year: nv_h20_96@2025-06. Or an indicator of "
                   "tables/yearly.csv and what it is of, and a month or year: "
                   "'delivered mainland/nvidia@2025'. Or 'kinds' and a year: why NPUs, PPUs, DSAs "
                   "and GPUs share out as they do, by work")
      ->required()
      ->check(is_question);
  command->add_flag("--json", options->json, "Print JSON");
  command->callback([options, &outcome] { outcome.exit_code = answer_why(*options); });
}

}  // namespace chokepoint
