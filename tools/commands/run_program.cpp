#include <CLI/CLI.hpp>
#include <cctype>
#include <exception>
#include <iostream>
#include <span>
#include <string>
#include <vector>

#include "models/calendar.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/compose/shipped_names.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"
#include "tools/commands/commands.hpp"
#include "tools/commands/options/help_format.hpp"
#include "tools/console/interruption.hpp"
#include "tools/console/locate.hpp"
#include "tools/console/printable_stream.hpp"
#include "tools/console/program.hpp"

namespace chokepoint {
namespace {

const CLI::App& program_of(const CLI::App& app) {
  const CLI::App* at = &app;
  while (at->get_parent() != nullptr) at = at->get_parent();
  return *at;
}

/// The innermost verb that was given.
const CLI::App& chosen_of(const CLI::App& app) {
  const auto chosen = app.get_subcommands();
  return chosen.empty() ? app : chosen_of(*chosen.front());
}

/// "chokepoint replay run".
std::string spelled(const CLI::App& app) {
  const auto* parent = app.get_parent();
  return parent == nullptr ? app.get_name() : spelled(*parent) + " " + app.get_name();
}

std::vector<std::string> verbs_of(const CLI::App& app) {
  std::vector<std::string> verbs;
  for (const auto* verb : app.get_subcommands({})) verbs.push_back(verb->get_name());
  return verbs;
}

/// Flags of a verb and of the verbs around it.
std::vector<std::string> flags_of(const CLI::App& app) {
  std::vector<std::string> flags;
  for (const CLI::App* at = &app; at != nullptr; at = at->get_parent()) {
    for (const auto* option : at->get_options()) {
      for (const auto& name : option->get_lnames()) flags.push_back("--" + name);
      for (const auto& name : option->get_snames()) flags.push_back("-" + name);
    }
  }
  return flags;
}

/// The parser's own messages in our form: lowercase, no full stop.
std::string in_our_form(std::string message) {
  while (!message.empty() && (message.back() == '.' || message.back() == '\n')) message.pop_back();
  const bool is_word = message.size() > 1 && std::islower(static_cast<unsigned char>(message[1]));
  if (is_word) message[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(message[0])));
  return message;
}

/// Says what is wrong with the arguments and what was perhaps meant.
int report_usage(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App& chosen = chosen_of(app);
  const std::string see = "see '" + spelled(chosen) + " --help'";
  const auto unknown = app.remaining(true);
  if (unknown.empty()) {
    const bool lacks_verb = !verbs_of(chosen).empty();
    return refuse(lacks_verb ? "no command given" : in_our_form(error.what()), see);
  }
  const std::string word = unknown.front().substr(0, unknown.front().find('='));
  const bool is_flag = word.size() > 1 && word[0] == '-';
  const bool is_verb = !is_flag && !verbs_of(chosen).empty();
  const std::string meant = is_flag   ? nearest(word, flags_of(chosen))
                            : is_verb ? nearest(word, verbs_of(chosen))
                                      : "";
  return refuse((is_flag   ? "unknown flag "
                 : is_verb ? "unknown command "
                           : "unexpected argument ") +
                    in_quotes(word),
                meant.empty() ? see : "did you mean '" + meant + "'? " + see);
}

void build(CLI::App& app, Outcome& outcome, std::span<const AddCommand> commands) {
  app.name("chokepoint");
  app.set_version_flag("--version", std::string("chokepoint ") + CHOKEPOINT_VERSION);
  app.set_help_flag("-h,--help", "Print this and exit");
  app.add_option("--root", "Folder that holds scenarios/")->type_name("DIR");
  app.add_flag("-q,--quiet")->description("No progress");
  app.require_subcommand(1);
  app.fallthrough();  // Verbs inherit it: -q and --root may stand anywhere.
  for (const AddCommand add : commands) add(app, outcome);
}

int parse_and_run(int argc, char** argv, std::span<const AddCommand> commands,
                  const PrintableStream& results) {
  Outcome outcome;
  CLI::App app("What export controls do to AI datacentres, simulated");
  app.formatter(std::make_shared<HelpFormat>());  // Verbs inherit it.
  build(app, outcome, commands);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& wanted) {  // --help, --version
    outcome.exit_code = app.exit(wanted);
  } catch (const CLI::ParseError& error) {
    return report_usage(app, error);
  }
  if (!std::cout.flush()) {
    complain("cannot write to standard output: " + results.failure().message(), "");
    return kFailed;
  }
  return outcome.exit_code;
}

}  // namespace

std::filesystem::path root_of(const CLI::App& app) {
  const auto* option = program_of(app).get_option("--root");
  auto root = locate_root(option->count() > 0 ? option->as<std::string>() : "", running_program());
  let_name_shipped(root / "scenarios");
  return root;
}

std::ostream& terminal() {
  static std::ostream stream(std::cerr.rdbuf());
  return stream;
}

std::string is_day(const std::string& text) {
  return parse_date(text) ? "" : in_quotes(text) + " is not a day, YYYY-MM-DD";
}

CLI::App& replay_verb(CLI::App& app) {
  const auto there =
      app.get_subcommands([](const CLI::App* verb) { return verb->get_name() == "replay"; });
  if (!there.empty()) return *there.front();
  auto* replay = app.add_subcommand("replay", "Play back what was recorded");
  replay->require_subcommand(1);
  return *replay;
}

std::string is_assignment(const std::string& text) {
  return parse_assignment(text) ? "" : in_quotes(text) + " is not PATH=VALUE";
}

int refuse(const std::string& message, const std::string& help) {
  complain(message, help);
  return kUsage;
}

std::function<std::string(const std::string&)> is_number(std::uint64_t least, std::uint64_t most) {
  return [least, most](const std::string& text) { return number_complaint(text, least, most); };
}

bool is_quiet(const CLI::App& app) {
  return program_of(app).get_option("--quiet")->count() > 0;
}

int run_program(int argc, char** argv, std::span<const AddCommand> commands,
                void (*stop_workers)()) {
  prefer_large_pages();
  terminal();  // Before what is printed is filtered.
  const PrintableStream results(std::cout), complaints(std::cerr);
  try {
    open_standard_streams();
    catch_signals(stop_workers);
    return parse_and_run(argc, argv, commands, results);
  } catch (const HelpedFailure& error) {
    complain(error.what(), error.help());
  } catch (const std::exception& error) {
    complain(error.what(), "");
  }
  return kFailed;
}

}  // namespace chokepoint
