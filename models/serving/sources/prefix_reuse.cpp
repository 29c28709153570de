#include "models/serving/sources/prefix_reuse.hpp"

#include <unordered_set>

namespace chokepoint {

PrefixReuse unbounded_prefix_reuse(RequestSource& source) {
  PrefixReuse reuse;
  std::unordered_set<std::uint64_t> names;
  while (const auto request = source.next()) {
    bool is_known = true;
    reuse.blocks += request->blocks.size();
    for (const std::uint64_t name : request->blocks) {
      is_known = is_known && names.count(name) > 0;
      if (is_known) ++reuse.known;
    }
    names.insert(request->blocks.begin(), request->blocks.end());
  }
  return reuse;
}

}  // namespace chokepoint
