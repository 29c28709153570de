#include "sim/scenario/text/origins.hpp"

#include "sim/scenario/text/path.hpp"

namespace chokepoint {

SourceLocation origin_of(const Origins& origins, std::string path) {
  auto origin = origins.find(path);
  while (origin == origins.end() && !path.empty()) {
    path = parent_path(path);
    origin = origins.find(path);
  }
  return origin == origins.end() ? SourceLocation{} : origin->second;
}

}  // namespace chokepoint
