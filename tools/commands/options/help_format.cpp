#include "tools/commands/options/help_format.hpp"

#include "tools/print/wrap.hpp"

namespace chokepoint {

std::string HelpFormat::make_option(const CLI::Option* option, bool is_positional) const {
  return row(make_option_name(option, is_positional) + make_option_opts(option),
             make_option_desc(option));
}

std::string HelpFormat::make_subcommand(const CLI::App* verb) const {
  return row(verb->get_name(), verb->get_description());
}

std::string HelpFormat::row(const std::string& name, const std::string& said) const {
  const std::size_t column = get_column_width();
  const std::string begin = "  " + name;
  if (said.empty()) return begin + "\n";
  const std::string below = paragraph(said, kTextWidth, column);
  if (begin.size() >= column) return begin + "\n" + below;
  return begin + std::string(column - begin.size(), ' ') + below.substr(column);
}

}  // namespace chokepoint
