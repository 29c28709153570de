#include "tools/page/memo.hpp"

#include <fmt/format.h>

#include <variant>

namespace chokepoint {

namespace {

constexpr std::string_view kSpecial = "\\`*_[]<>#|~&";
constexpr std::string_view kSpecialAtStart = "+-=";  // Of lists and headings.

std::string cell_text(const Cell& value) {
  if (const auto* number = std::get_if<double>(&value)) return format_magnitude(*number);
  if (const auto* text = std::get_if<std::string>(&value)) return markdown_escaped(*text);
  if (const auto* yes = std::get_if<bool>(&value)) return *yes ? "yes" : "no";
  if (const auto* day = std::get_if<Date>(&value)) return format_date(*day);
  return "";
}

std::string listing_text(const Table& table) {
  std::string head = "|", rule = "|", body;
  for (const Column& column : table.columns()) {
    head += " " + markdown_escaped(column.heading.empty() ? column.name : column.heading) + " |";
    const bool is_number = column.type == Type::Real || column.type == Type::Count;
    rule += is_number ? " ---: |" : " --- |";
  }
  for (const auto& row : table.rows()) {
    body += "|";
    for (const Cell& value : row) body += " " + cell_text(value) + " |";
    body += "\n";
  }
  return head + "\n" + rule + "\n" + body;
}

std::string figure_text(const PageFigure& figure, const std::string& pictures) {
  std::string text =
      "\n## " + markdown_escaped(figure.title) + "\n\n" + markdown_escaped(figure.caption) + "\n\n";
  if (figure.form == Form::Listing) {
    text += listing_text(figure.data);
  } else {
    text += fmt::format("![{}]({}/{}.svg)\n", markdown_escaped(figure.title), pictures, figure.id);
  }
  return text + fmt::format("\nData: {}/{}.csv. Source: {}\n", pictures, figure.id,
                            markdown_escaped(figure.source));
}

std::string list_text(const std::string& heading, const std::vector<std::string>& items) {
  if (items.empty()) return "";
  std::string text = "\n## " + heading + "\n\n";
  for (const std::string& item : items) text += "- " + markdown_escaped(item) + "\n";
  return text;
}

std::string events_text(const std::vector<NumberedEvent>& events) {
  if (events.empty()) return "";
  std::string text =
      "\n## Policy events\n\n| | In force | Event | What it does here |\n| ---: | --- | --- | --- "
      "|\n";
  for (const NumberedEvent& event : events) {
    text += fmt::format("| {} | {} | {} | {} |\n", event.number, event.date,
                        markdown_escaped(event.name), markdown_escaped(event.effect));
  }
  return text;
}

}  // namespace

std::string markdown_escaped(std::string_view text) {
  std::string escaped;
  for (const char character : text) {
    if (character == '\n' || character == '\r' || character == '\t') {
      escaped += ' ';
      continue;
    }
    const bool is_special =
        kSpecial.find(character) != std::string_view::npos ||
        (escaped.empty() && kSpecialAtStart.find(character) != std::string_view::npos);
    if (is_special) escaped += '\\';
    escaped += character;
  }
  return escaped;
}

std::string memo_text(const Page& page, const std::string& pictures) {
  std::string text = "# " + markdown_escaped(page.headline) + "\n";
  for (const std::string& sentence : page.answer) text += "\n" + markdown_escaped(sentence) + "\n";
  text += "\n" + markdown_escaped(page.question) + "\n\n";
  for (const PageFact& fact : page.about) {
    text += fmt::format("- {}: {}\n", markdown_escaped(fact.label), markdown_escaped(fact.value));
  }
  for (const std::string& change : page.changes) {
    text += "- differs from its base: " + markdown_escaped(change) + "\n";
  }
  if (!page.keys.empty()) text += "\n";
  for (const KeyFigure& key : page.keys) {
    text += fmt::format("- **{}** {} ({})\n", markdown_escaped(key.value),
                        markdown_escaped(key.label), markdown_escaped(key.note));
  }
  text += events_text(page.events);
  for (const PageFigure& figure : page.figures) text += figure_text(figure, pictures);
  text += list_text("What to keep in mind", page.caveats);
  text += list_text("Where the inputs come from", page.sources);
  text += "\n## Make it again\n\n";
  for (const std::string& command : page.commands) text += "    " + command + "\n";
  return text;
}

}  // namespace chokepoint
