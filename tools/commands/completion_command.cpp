#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/commands/commands.hpp"

namespace chokepoint {
namespace {

/// What may follow a verb: a verb below it, or a flag of it or of a verb around it.
struct Candidate {
  std::string word;
  std::string description;
  bool takes_value = false;
};

/// A verb as it is typed, "chokepoint trace cat", and what may follow it.
struct Verb {
  std::string spelled;
  std::vector<Candidate> verbs, flags;
};

/// The first line of a description, without what shells or their descriptions give a meaning to.
std::string plain(const std::string& description) {
  std::string text = description.substr(0, description.find('\n'));
  std::erase_if(
      text, [](char c) { return std::string_view("'\"\\`$").find(c) != std::string_view::npos; });
  return text;
}

void add_flags(const CLI::App& app, std::vector<Candidate>& flags) {
  for (const auto* option : app.get_options()) {
    const bool takes_value = option->get_items_expected_max() > 0;
    const std::string description = plain(option->get_description());
    for (const auto& name : option->get_lnames()) {
      flags.push_back({"--" + name, description, takes_value});
    }
    for (const auto& name : option->get_snames()) {
      flags.push_back({"-" + name, description, takes_value});
    }
  }
}

/// `app` and every verb below it, in the order in which help lists them.
void list_verbs(const CLI::App& app, const std::string& around, std::vector<Verb>& verbs) {
  Verb verb{around.empty() ? app.get_name() : around + " " + app.get_name(), {}, {}};
  for (const CLI::App* at = &app; at != nullptr; at = at->get_parent()) add_flags(*at, verb.flags);
  const auto below = app.get_subcommands({});
  for (const auto* next : below) {
    verb.verbs.push_back({next->get_name(), plain(next->get_description()), false});
  }
  const std::string spelled = verb.spelled;
  verbs.push_back(std::move(verb));
  for (const auto* next : below) list_verbs(*next, spelled, verbs);
}

/// Every verb but the program itself, as alternatives of a shell's `case`.
std::string alternatives(const std::vector<Verb>& verbs, const std::string& between) {
  std::string text;
  for (const auto& verb : verbs) {
    if (verb.spelled.find(' ') == std::string::npos) continue;
    text += (text.empty() ? "'" : between + "'") + verb.spelled + "'";
  }
  return text;
}

// Walks the words of `array` from `first` to before `end`, and leaves in `at` the verb that they
// spell; the branches by verb follow.
std::string find_verb(const std::vector<Verb>& verbs, const std::string& array, const char* first,
                      const char* end) {
  const std::string word = "${" + array + "[i]}";
  return fmt::format(
      "  for ((i = {}; i < {}; i++)); do\n"
      "    case \"$at {}\" in\n"
      "      {}) at=\"$at {}\" ;;\n"
      "    esac\n"
      "  done\n"
      "  case \"$at\" in\n",
      first, end, word, alternatives(verbs, "|"), word);
}

std::string bash_script(const std::vector<Verb>& verbs) {
  std::string text =
      "_chokepoint() {\n"
      "  local at=chokepoint words= i\n" +
      find_verb(verbs, "COMP_WORDS", "1", "COMP_CWORD");
  for (const auto& verb : verbs) {
    text += "    '" + verb.spelled + "') words='";
    for (const auto& candidate : verb.verbs) text += candidate.word + " ";
    for (const auto& flag : verb.flags) text += flag.word + " ";
    text.back() = '\'';
    text += " ;;\n";
  }
  return text +
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n"
         "}\n"
         "complete -o default -F _chokepoint chokepoint\n";
}

std::string zsh_script(const std::vector<Verb>& verbs) {
  std::string text =
      "#compdef chokepoint\n"
      "_chokepoint() {\n"
      "  local at=chokepoint i\n"
      "  local -a words_of_verb\n" +
      find_verb(verbs, "words", "2", "CURRENT");
  for (const auto& verb : verbs) {
    text += "    '" + verb.spelled + "') words_of_verb=(\n";
    for (const auto* candidates : {&verb.verbs, &verb.flags}) {
      for (const auto& candidate : *candidates) {
        text += "      '" + candidate.word + ":" + candidate.description + "'\n";
      }
    }
    text += "    ) ;;\n";
  }
  return text +
         "  esac\n"
         "  _describe chokepoint words_of_verb\n"
         "  _files\n"
         "}\n"
         "if [ \"$funcstack[1]\" = _chokepoint ]; then _chokepoint; "
         "else compdef _chokepoint chokepoint; fi\n";
}

std::string fish_script(const std::vector<Verb>& verbs) {
  std::string text =
      "function __chokepoint_is_at\n"
      "  set -l at chokepoint\n"
      "  for word in (commandline -opc)[2..-1]\n"
      "    switch \"$at $word\"\n"
      "      case " +
      alternatives(verbs, " ") +
      "\n"
      "        set at \"$at $word\"\n"
      "    end\n"
      "  end\n"
      "  test \"$at\" = \"$argv\"\n"
      "end\n";
  for (const auto& verb : verbs) {
    const std::string at = "complete -c chokepoint -n '__chokepoint_is_at " + verb.spelled + "' ";
    for (const auto& next : verb.verbs) {
      text += at + "-a " + next.word + " -d '" + next.description + "'\n";
    }
    for (const auto& flag : verb.flags) {
      const bool is_long = flag.word.rfind("--", 0) == 0;
      text += at + (is_long ? "-l " + flag.word.substr(2) : "-s " + flag.word.substr(1)) +
              (flag.takes_value ? " -r" : "") + " -d '" + flag.description + "'\n";
    }
  }
  return text;
}

std::string script(const std::string& shell, const CLI::App& program) {
  std::vector<Verb> verbs;
  list_verbs(program, "", verbs);
  if (shell == "bash") return bash_script(verbs);
  return shell == "zsh" ? zsh_script(verbs) : fish_script(verbs);
}

}  // namespace

void add_completion_command(CLI::App& app, Outcome&) {
  const auto shell = std::make_shared<std::string>();
  auto* command = app.add_subcommand("completion", "Print what completes commands in a shell");
  command->add_option("SHELL", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->footer("As in: source <(chokepoint completion bash)");
  command->callback([shell, &app] { std::cout << script(*shell, app); });
}

}  // namespace chokepoint
