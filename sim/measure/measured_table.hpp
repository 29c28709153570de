#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace chokepoint {

/// One line of a table of measurements, by column name.
using MeasuredRow = std::map<std::string, std::string, std::less<>>;

/// Names of the columns, in their order: the first line of a CSV text.
std::vector<std::string> columns_of_table(std::string_view csv);

/// Rows of a CSV text whose first line names the columns. Cells may be quoted, with doubled quotes
/// inside; cells that a short line lacks are empty, those beyond the last column are dropped.
/// Source: RFC 4180.
std::vector<MeasuredRow> read_measured_table(std::string_view csv);

/// The lines of the text, from 1, on which these rows begin.
std::vector<int> lines_of_rows(std::string_view csv);

/// How many cells each of these rows has, short and long ones as they are.
std::vector<std::size_t> cells_in_rows(std::string_view csv);

/// The cell of `column`; empty where there is no such column.
std::string_view cell(const MeasuredRow& row, std::string_view column);

/// The number that a cell begins with; `otherwise` where it begins with none.
double number_in(const MeasuredRow& row, std::string_view column, double otherwise);

}  // namespace chokepoint
