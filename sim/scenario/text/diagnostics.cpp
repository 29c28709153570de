#include "sim/scenario/text/diagnostics.hpp"

#include <algorithm>
#include <ostream>
#include <string_view>
#include <tuple>
#include <utility>

#include "sim/scenario/text/characters.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kWidest = 120;   // Columns of a source line that are shown.
constexpr std::size_t kBefore = 60;    // Of those, at most so many before the caret.
constexpr std::size_t kLongest = 600;  // Bytes of a message, a help or a file's name.

std::string shown(std::string_view text) {
  return printable(shortened(text, kLongest));
}

std::string_view line_of(std::string_view text, int line) {
  for (int i = 1; i < line; ++i) {
    const auto end = text.find('\n');
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + 1);
  }
  auto content = text.substr(0, text.find('\n'));
  if (!content.empty() && content.back() == '\r') content.remove_suffix(1);
  return content;
}

struct Excerpt {
  std::string line;
  std::size_t caret = 0;  ///< Bytes of `line` before the caret.
};

// The part of a line around byte `at` that fits a terminal, cut between characters.
Excerpt excerpt(std::string_view line, std::size_t at) {
  at = std::min(at, line.size());
  if (line.size() <= kWidest) return {printable(line), printable(line.substr(0, at)).size()};

  std::size_t begin = at > kBefore ? at - kBefore : 0;
  begin = std::min(begin, line.size() - kWidest);
  std::size_t end = begin + kWidest;
  while (begin > 0 && is_continuation(line[begin])) --begin;
  while (end < line.size() && is_continuation(line[end])) ++end;

  const std::string head = begin > 0 ? "..." : "";
  const std::string tail = end < line.size() ? "..." : "";
  return {head + printable(line.substr(begin, end - begin)) + tail,
          head.size() + printable(line.substr(begin, at - begin)).size()};
}

// What stands under `line` up to the caret: as wide as the line, with its tabs.
std::string caret_indent(const Excerpt& shown) {
  std::string indent;
  for (std::size_t i = 0; i < shown.caret; ++i) {
    if (!is_continuation(shown.line[i])) indent += shown.line[i] == '\t' ? '\t' : ' ';
  }
  return indent;
}

void print_one(std::ostream& out, const Diagnostic& diagnostic, std::string_view line) {
  const SourceLocation& where = diagnostic.where;
  out << shown(where.file.str());
  if (where.line > 0) out << ':' << where.line;
  if (where.line > 0 && where.column > 0) out << ':' << where.column;
  out << (diagnostic.severity == Diagnostic::Severity::Error ? ": error: " : ": warning: ")
      << shown(diagnostic.message) << '\n';

  if (!line.empty() && where.column > 0) {
    const Excerpt part = excerpt(line, static_cast<std::size_t>(where.column) - 1);
    out << "    " << part.line << "\n    " << caret_indent(part) << "^\n";
  }
  if (!diagnostic.help.empty()) out << "  help: " << shown(diagnostic.help) << '\n';
}

std::string counted(std::ptrdiff_t count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

// By file and place; of those at one place, in the order of their discovery.
std::vector<Diagnostic> in_order(std::vector<Diagnostic> items) {
  std::ranges::stable_sort(items, {}, &Diagnostic::where);
  std::vector<Diagnostic> once;
  for (auto& item : items) {
    const auto elsewhere = std::find_if(once.rbegin(), once.rend(), [&](const Diagnostic& before) {
      return before.where != item.where;
    });
    const bool repeated = std::any_of(once.rbegin(), elsewhere, [&](const Diagnostic& before) {
      return std::tie(before.severity, before.message, before.help) ==
             std::tie(item.severity, item.message, item.help);
    });
    if (!repeated) once.push_back(std::move(item));
  }
  return once;
}

}  // namespace

void Diagnostics::add(Diagnostic diagnostic) {
  const bool is_error = diagnostic.severity == Diagnostic::Severity::Error;
  if (is_error && ++errors_ > kMostErrors) return;
  items_.push_back(std::move(diagnostic));
}

void Diagnostics::add_all(const Diagnostics& others) {
  for (const Diagnostic& one : others.items()) {
    if (const auto line = others.line_at(one.where); !line.empty()) {
      remember_line(one.where, std::string(line));
    }
    add(one);
  }
}

void Diagnostics::error(SourceLocation where, std::string message, std::string help) {
  add({Diagnostic::Severity::Error, where, std::move(message), std::move(help)});
}

void Diagnostics::remember_line(const SourceLocation& where, std::string line) {
  lines_[{where.file, where.line, 0}] = std::move(line);
}

std::string_view Diagnostics::line_at(const SourceLocation& where) const {
  if (where.line <= 0) return {};
  const auto alone = lines_.find({where.file, where.line, 0});
  if (alone != lines_.end()) return alone->second;
  const auto entry = texts_.find(where.file);
  return entry == texts_.end() ? std::string_view{} : line_of(entry->second, where.line);
}

void print(std::ostream& out, const Diagnostics& diagnostics, const std::string& subject) {
  const auto items = in_order(diagnostics.items());
  for (const auto& item : items) print_one(out, item, diagnostics.line_at(item.where));

  const auto errors = std::ranges::count_if(
      items, [](const Diagnostic& d) { return d.severity == Diagnostic::Severity::Error; });
  const auto warnings = static_cast<std::ptrdiff_t>(items.size()) - errors;
  if (items.empty()) return;
  out << shown(subject) << ": ";
  if (diagnostics.is_full()) {
    out << "more than " << Diagnostics::kMostErrors << " errors; these were found first";
  } else if (errors > 0) {
    out << counted(errors, "error");
  }
  if (errors > 0 && warnings > 0) out << ", ";
  if (warnings > 0) out << counted(warnings, "warning");
  out << (errors > 0 ? "; nothing was run\n" : "\n");
}

}  // namespace chokepoint
