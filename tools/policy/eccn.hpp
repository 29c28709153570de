#pragma once

#include <string>

#include "tools/policy/check.hpp"

namespace chokepoint {

/// The Export Control Classification Number that goes on the invoice of what `check` judges: as its
/// vendor gives it, else by the paragraph of 3A090 that its figures meet on that day. Empty of what
/// is no chip, comes from no vendor of the United States, or is judged before 3A090 stands.
std::string eccn_text(const PolicyCheck& check, const PolicyBook& book);

}  // namespace chokepoint
