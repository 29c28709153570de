#include "tools/commands/options/scenario_edits.hpp"

namespace chokepoint {

std::vector<Assignment> scenario_edits(const std::vector<std::string>& sets,
                                       std::optional<std::uint64_t> seed, const std::string& as_of,
                                       const std::string& until,
                                       const std::vector<std::string>& saltelli) {
  std::vector<Assignment> edits;
  edits.reserve(sets.size());
  for (const auto& set : sets) edits.push_back(parse_assignment(set).value());
  if (seed) edits.push_back({"seed", std::to_string(*seed), "--seed"});
  if (!as_of.empty()) edits.push_back({"as_of", '"' + as_of + '"', "--as-of"});
  if (!until.empty()) edits.push_back({"end", '"' + until + '"', "--until"});
  if (!saltelli.empty()) {
    const auto quoted = [](const std::string& path) { return '"' + path + '"'; };
    std::string list = quoted(saltelli.front());
    for (std::size_t i = 1; i < saltelli.size(); ++i) list += ", " + quoted(saltelli[i]);
    edits.push_back({"saltelli_inputs", "[" + list + "]", "--saltelli"});
  }
  return edits;
}

void add_saltelli(CLI::App& command, std::vector<std::string>& saltelli) {
  command
      .add_option(
          "--saltelli", saltelli,
          "PATH of an input, or of what inputs lie in: draw so that 'compare --drivers' tells "
          "what it explains alone and with others (k + 3 draws to a row for k of them, 16 "
          "rows at least); may be repeated")
      ->allow_extra_args(false)
      ->check([](const std::string& path) {
        const bool is_plain = !path.empty() && path.find_first_of("\"\\\n") == std::string::npos;
        return is_plain ? std::string() : "this is no path";
      });
}

}  // namespace chokepoint
