#pragma once

#include <iosfwd>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/text/shared_name.hpp"

namespace chokepoint {

/// A place in an input file. Lines and columns count from 1; 0 means "the whole file".
struct SourceLocation {
  SharedName file;  ///< As it is shown to the user; the flag for an argument, such as "--set".
  int line = 0;
  int column = 0;
  auto operator<=>(const SourceLocation&) const = default;
};

struct Diagnostic {
  enum class Severity { Error, Warning };

  Severity severity = Severity::Error;
  SourceLocation where;
  std::string message;  ///< What is wrong, with the offending value. Lowercase, no full stop.
  std::string help;     ///< What to do about it; may be empty.
};

/// Everything wrong with the inputs of one run, over all files and all phases of reading them.
/// Loading collects; it does not stop at the first, and keeps no more than the first kMostErrors.
class Diagnostics {
public:
  static constexpr std::size_t kMostErrors = 100;

  /// Adds what is found, unless it is an error too many.
  void add(Diagnostic diagnostic);
  /// Adds all that others found, with the lines of their places.
  void add_all(const Diagnostics& others);
  /// Adds an error.
  void error(SourceLocation where, std::string message, std::string help = "");
  /// Remembers the text of a file, so that its lines can be shown.
  void remember(const std::string& file, std::string text) { texts_[file] = std::move(text); }
  /// Remembers the line of one place, of a file that is too long to be remembered.
  void remember_line(const SourceLocation& where, std::string line);

  /// Errors that were added, those that were not kept included.
  std::size_t errors() const { return errors_; }
  bool has_errors() const { return errors_ > 0; }
  /// True where more errors were found than are kept: looking for others helps nobody.
  bool is_full() const { return errors_ > kMostErrors; }
  /// What was kept, in the order of its discovery.
  const std::vector<Diagnostic>& items() const { return items_; }
  /// The line of a place in a remembered file, or one that was remembered alone, without its end;
  /// empty where there is none.
  std::string_view line_at(const SourceLocation& where) const;

private:
  std::vector<Diagnostic> items_;
  std::size_t errors_ = 0;
  std::map<std::string, std::string> texts_;
  std::map<SourceLocation, std::string> lines_;  ///< By place; the column is 0.
};

/// Prints every diagnostic in the compiler style that editors parse, each with its line and a
/// caret, by file and place, then one line that counts them: "FILE: 2 errors; nothing was run".
/// What comes from files is shown as printable() makes it, and long texts by their ends.
void print(std::ostream& out, const Diagnostics& diagnostics, const std::string& subject);

}  // namespace chokepoint
