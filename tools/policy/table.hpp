#pragma once

#include <vector>

#include "tools/policy/book.hpp"
#include "tools/policy/route.hpp"
#include "tools/policy/subject.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// Columns of the attributes that rules ask for most, and their values.
std::vector<Column> attribute_columns();
std::vector<Cell> attribute_cells(const Item& item);

/// What both governments say of each thing of the category that the way asks for, of chips where it
/// asks for none. In files, verdicts are as the schema writes them.
Table policy_table(const PolicyBook& book, const ShipmentRoute& route, Date date);

}  // namespace chokepoint
