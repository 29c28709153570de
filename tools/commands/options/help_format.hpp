#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace chokepoint {

/// What --help prints: as CLI11 has it, with what is said of options and verbs broken into lines of
/// a terminal's width.
class HelpFormat : public CLI::Formatter {
public:
  std::string make_option(const CLI::Option* option, bool is_positional) const override;
  std::string make_subcommand(const CLI::App* verb) const override;

private:
  std::string row(const std::string& name, const std::string& said) const;
};

}  // namespace chokepoint
