#include "tools/report/glossary/glossary.hpp"

#include <algorithm>

#include "models/software/maturity.hpp"
#include "tools/print/table_width.hpp"
#include "tools/print/wrap.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kLabelWidth = 10;

bool is_by_work(const GlossaryEntry& entry) {
  return entry.name.ends_with('_');
}

/// Of one that is told by work, its name with every kind of work; else its name.
std::vector<std::string> names_of_entry(const GlossaryEntry& entry) {
  if (!is_by_work(entry)) return {std::string(entry.name)};
  std::vector<std::string> names;
  for (const auto* work : kWorkNames) names.push_back(std::string(entry.name) + work);
  return names;
}

std::vector<const GlossaryEntry*> all_entries() {
  std::vector<const GlossaryEntry*> all;
  for (const auto entries : {market_entries(), replay_entries()}) {
    for (const GlossaryEntry& entry : entries) all.push_back(&entry);
  }
  return all;
}

std::string labeled(const char* label, std::string_view text) {
  if (text.empty()) return "";
  std::string line(label);
  line.resize(kLabelWidth, ' ');
  return "  " + line + wrap(std::string(text), kTableColumns - kLabelWidth - 2, kLabelWidth + 2) +
         "\n";
}

/// A cell of Markdown: the bar would end it.
std::string markdown_cell(std::string_view text) {
  std::string cell;
  for (const char c : text) cell += c == '|' ? std::string("\\|") : std::string(1, c);
  return cell.empty() ? " " : " " + cell + " ";
}

std::string markdown_table(std::span<const GlossaryEntry> entries) {
  std::string text =
      "| indicator | unit | of | what it is | formula | what it is not |\n"
      "| --- | --- | --- | --- | --- | --- |\n";
  for (const GlossaryEntry& entry : entries) {
    const std::string name =
        is_by_work(entry) ? std::string(entry.name) + "WORK" : std::string(entry.name);
    text += "| `" + name + "` |" + markdown_cell(entry.unit) + "|" + markdown_cell(entry.of) + "|" +
            markdown_cell(entry.meaning) + "|" + markdown_cell(entry.formula) + "|" +
            markdown_cell(entry.is_not) + "|\n";
  }
  return text;
}

}  // namespace

std::vector<std::string> indicator_names() {
  std::vector<std::string> names;
  for (const GlossaryEntry* entry : all_entries()) {
    for (auto& name : names_of_entry(*entry)) names.push_back(std::move(name));
  }
  return names;
}

const GlossaryEntry* glossary_entry(const std::string& indicator) {
  const std::string name = indicator.substr(0, indicator.find(' '));
  for (const GlossaryEntry* entry : all_entries()) {
    if (std::ranges::count(names_of_entry(*entry), name) > 0) return entry;
  }
  return nullptr;
}

std::string entry_text(const std::string& name, const GlossaryEntry& entry) {
  std::string text = name + ", " + std::string(entry.unit) + "\n" +
                     paragraph(std::string(entry.meaning), kTableColumns, 2);
  return text + labeled("of", entry.of) + labeled("formula", entry.formula) +
         labeled("it is", entry.is_not);
}

JsonValue entry_json(const std::string& name, const GlossaryEntry& entry) {
  const auto text = [](std::string_view of) {
    return of.empty() ? JsonValue() : JsonValue(std::string(of));
  };
  return JsonValue::object()
      .add("schema", "chokepoint.explain/1")
      .add("indicator", name)
      .add("unit", text(entry.unit))
      .add("of", text(entry.of))
      .add("meaning", text(entry.meaning))
      .add("formula", text(entry.formula))
      .add("is_not", text(entry.is_not));
}

std::string glossary_markdown() {
  return "# Glossary of indicators\n\n"
         "Written by `chokepoint explain --markdown` from the tables beside it; a test compares "
         "them.\n`chokepoint explain NAME` shows one. WORK is `training`, `prefill` or "
         "`decode`.\n\n"
         "## Years and whole runs of scenarios\n\n" +
         markdown_table(market_entries()) +
         "\n## Replays of requests and of jobs, and training runs\n\n" +
         markdown_table(replay_entries());
}

}  // namespace chokepoint
