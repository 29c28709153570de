#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "tools/console/interruption.hpp"
#include "tools/export/export_table.hpp"
#include "tools/print/growing_file.hpp"

namespace chokepoint {

/// A value as a CSV cell: quoted where RFC 4180 asks for it; a text that a spreadsheet would take
/// for a formula (it begins with = + - @, a tab or a return) has an apostrophe in front; nothing
/// where a value is not told or is no number.
void append_csv_cell(const ExportValue& value, std::string& line);

/// Rows of an export as CSV files of a folder, "counter.csv", one for each table that has rows:
/// UTF-8, LF, one line of names with units. Files that a signal interrupts go with the program.
class CsvExport : public ExportTarget {
public:
  /// `folder` must be there. Throws std::runtime_error, naming the file, where one cannot be made
  /// or written; so do the others.
  CsvExport(std::filesystem::path folder, const std::vector<ExportTable>& tables);

  void add(std::size_t table, std::span<const ExportValue> row) override;
  /// Ends all files.
  void close();

private:
  struct Open {
    RemovedOnSignal goes;
    GrowingFile file;
    explicit Open(const std::filesystem::path& path) : goes(path), file(path) {}
  };

  std::filesystem::path folder_;
  const std::vector<ExportTable>& tables_;
  std::vector<std::unique_ptr<Open>> files_;  ///< By table; null: without rows yet.
  std::string line_;
};

}  // namespace chokepoint
