#pragma once

#include <span>
#include <string>

#include "models/performance/serving_search.hpp"
#include "tools/estimate/serving_question.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// The first `most` plans of a search side by side, each with why it is behind the first.
Table search_table(const ServingSubject& subject, std::span<const RankedPlan> plans,
                   std::size_t most);

}  // namespace chokepoint
