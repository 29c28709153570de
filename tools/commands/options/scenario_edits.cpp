#include "tools/commands/options/scenario_edits.hpp"

namespace chokepoint {

std::vector<Assignment> scenario_edits(const std::vector<std::string>& sets,
                                       std::optional<std::uint64_t> seed, const std::string& as_of,
                                       const std::string& until) {
  std::vector<Assignment> edits;
  edits.reserve(sets.size());
  for (const auto& set : sets) edits.push_back(parse_assignment(set).value());
  if (seed) edits.push_back({"seed", std::to_string(*seed), "--seed"});
  if (!as_of.empty()) edits.push_back({"as_of", '"' + as_of + '"', "--as-of"});
  if (!until.empty()) edits.push_back({"end", '"' + until + '"', "--until"});
  return edits;
}

}  // namespace chokepoint
