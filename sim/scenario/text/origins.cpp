#include "sim/scenario/text/origins.hpp"

#include <utility>

#include "sim/scenario/text/path.hpp"

namespace chokepoint {

struct Origins::Listing {
  std::function<ByPath()> list;  ///< Empty once it was asked.
  ByPath by_path;
};

Origins::Origins(ByPath by_path)
    : listing_(std::make_shared<Listing>(Listing{{}, std::move(by_path)})) {}

Origins::Origins(std::function<ByPath()> list)
    : listing_(std::make_shared<Listing>(Listing{std::move(list), {}})) {}

const Origins::ByPath& Origins::by_path() const {
  if (listing_->list) listing_->by_path = std::exchange(listing_->list, {})();
  return listing_->by_path;
}

SourceLocation origin_of(const Origins& origins, std::string path) {
  const auto& by_path = origins.by_path();
  auto origin = by_path.find(path);
  while (origin == by_path.end() && !path.empty()) {
    path = parent_path(path);
    origin = by_path.find(path);
  }
  return origin == by_path.end() ? SourceLocation{} : origin->second;
}

}  // namespace chokepoint
