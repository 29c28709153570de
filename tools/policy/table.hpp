#pragma once

#include <string>
#include <vector>

#include "tools/policy/book.hpp"
#include "tools/policy/route.hpp"
#include "tools/policy/subject.hpp"

namespace chokepoint {

/// What both governments of the contest say of one thing.
struct TableRow {
  Subject subject;
  Ruling us, cn;
  Ruling overall;      ///< The strictest of all governments.
  std::string clause;  ///< Of its rule; may be empty.
  bool not_released_yet = false;
};

/// A row per subject of the category that the way asks for, of chips where it asks for none.
std::vector<TableRow> policy_table(const PolicyBook& book, const Way& way, Date date);

/// For a terminal; units in the header.
std::string table_text(const std::vector<TableRow>& rows, const World& world);

/// Comma-separated values, numbers unrounded, verdicts as the schema writes them.
std::string table_csv(const std::vector<TableRow>& rows, const World& world);

/// As JSON with schema "chokepoint.policy.table/1".
std::string table_json(const std::vector<TableRow>& rows, const World& world, Date date);

}  // namespace chokepoint
