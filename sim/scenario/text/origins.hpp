#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

/// Where every value of a composed scenario was written, by its path. Paths name fields and, in
/// brackets, the `name` of a list's element, or its index where it has none:
/// "sites[guian].pools[h20].stocks[early].units.value". A message has an entry as well. They are
/// listed when somebody asks first: a scenario without errors is rarely asked.
class Origins {
public:
  using ByPath = std::map<std::string, SourceLocation>;

  Origins() : Origins(ByPath()) {}
  Origins(ByPath by_path);
  explicit Origins(std::function<ByPath()> list);

  const ByPath& by_path() const;

private:
  struct Listing;
  std::shared_ptr<Listing> listing_;  ///< Copies share it.
};

/// Where `path` was written, or the nearest thing around it that was.
SourceLocation origin_of(const Origins& origins, std::string path);

}  // namespace chokepoint
