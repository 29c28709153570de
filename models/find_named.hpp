#pragma once

#include <algorithm>
#include <memory>
#include <ranges>
#include <string_view>

namespace chokepoint {

/// The first element of `all` that is called `name`; null where there is none. Points into `all`.
template <std::ranges::contiguous_range Range>
const std::ranges::range_value_t<Range>* find_named(const Range& all, std::string_view name) {
  const auto found = std::ranges::find(all, name, &std::ranges::range_value_t<Range>::name);
  return found == std::ranges::end(all) ? nullptr : std::to_address(found);
}

}  // namespace chokepoint
