#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace chokepoint::validation {

/// One row of a table, by the names of its columns.
using Row = std::map<std::string, std::string>;

/// The rows of a comma-separated file whose cells hold no quotes. Fails the test where it has none,
/// or where a row has not the header's number of cells.
std::vector<Row> rows_of(const std::filesystem::path& file);

/// A file of this folder.
std::filesystem::path beside_tests(const std::string& name);

/// The number in a cell; nothing where it is empty. Fails the test where it is no number.
std::optional<double> number_in(const Row& row, const std::string& column);

}  // namespace chokepoint::validation
