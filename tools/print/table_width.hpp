#pragma once

#include <cstddef>

namespace chokepoint {

/// Columns of the narrowest terminal, in which tables stay whole.
inline constexpr std::size_t kTableColumns = 80;

}  // namespace chokepoint
