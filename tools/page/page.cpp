#include "tools/page/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdlib>
#include <variant>

namespace chokepoint {

namespace {

constexpr std::array kFormNames = {"areas", "lines", "bars", "spans", "flows", "cells", "listing"};
constexpr std::array kTypeNames = {"text", "number", "number", "day", "month", "yes"};

/// With six significant digits.
JsonValue rounded(double value) {
  return JsonValue(std::strtod(fmt::format("{:.6g}", value).c_str(), nullptr));
}

JsonValue json_of(const Cell& cell, Type type) {
  const auto* number = std::get_if<double>(&cell);
  return number != nullptr ? rounded(*number) : to_json(cell, type);
}

JsonValue json_of(const Table& table) {
  JsonValue columns = JsonValue::list(), rows = JsonValue::list();
  for (const Column& column : table.columns()) {
    columns.push(JsonValue::object()
                     .add("name", column.name)
                     .add("heading", column.heading)
                     .add("type", kTypeNames[static_cast<std::size_t>(column.type)]));
  }
  for (const auto& row : table.rows()) {
    JsonValue cells = JsonValue::list();
    for (std::size_t i = 0; i < row.size(); ++i) {
      cells.push(json_of(row[i], table.columns()[i].type));
    }
    rows.push(std::move(cells));
  }
  return JsonValue::object().add("columns", std::move(columns)).add("rows", std::move(rows));
}

JsonValue json_of(const DrawnColumn& drawn) {
  return JsonValue::object()
      .add("column", drawn.column)
      .add("label", drawn.label)
      .add("hue", drawn.hue)
      .add("dashed", drawn.is_dashed)
      .add("low", drawn.low)
      .add("high", drawn.high);
}

JsonValue json_of(const PageFigure& figure) {
  JsonValue drawn = JsonValue::list();
  for (const DrawnColumn& column : figure.drawn) drawn.push(json_of(column));
  return JsonValue::object()
      .add("id", figure.id)
      .add("form", kFormNames[static_cast<std::size_t>(figure.form)])
      .add("title", figure.title)
      .add("caption", figure.caption)
      .add("source", figure.source)
      .add("unit", figure.unit)
      .add("along", figure.along)
      .add("events", figure.has_events)
      .add("half", figure.is_half)
      .add("steps", figure.is_steps)
      .add("logarithmic", figure.is_logarithmic)
      .add("peaks", figure.tells_peaks)
      .add("least", figure.least)
      .add("most", figure.most)
      .add("drawn", std::move(drawn))
      .add("data", json_of(figure.data));
}

JsonValue json_of(const KeyFigure& key) {
  return JsonValue::object().add("value", key.value).add("label", key.label).add("note", key.note);
}

JsonValue json_of(const NumberedEvent& event) {
  return JsonValue::object()
      .add("number", event.number * 1.0)
      .add("date", event.date)
      .add("name", event.name)
      .add("effect", event.effect);
}

JsonValue json_of(const PageFact& fact) {
  return JsonValue::object().add("label", fact.label).add("value", fact.value);
}

template <class Elements>
JsonValue list_of(const Elements& elements) {
  JsonValue list = JsonValue::list();
  for (const auto& element : elements) list.push(json_of(element));
  return list;
}

}  // namespace

std::vector<std::string> made_again(const std::vector<std::string>& runs,
                                    const std::string& report) {
  std::vector<std::string> commands;
  for (const std::string& run : runs) {
    const std::string said =
        run.empty() ? "# a run of an older version, which did not record its call" : run;
    if (std::ranges::count(commands, said) == 0) commands.push_back(said);
  }
  commands.push_back("chokepoint " + report);
  return commands;
}

std::string page_json(const Page& page) {
  const std::string text = JsonValue::object()
                               .add("schema", "chokepoint.page/1")
                               .add("kicker", page.kicker)
                               .add("headline", page.headline)
                               .add("answer", JsonValue::list(page.answer))
                               .add("changes", JsonValue::list(page.changes))
                               .add("question", page.question)
                               .add("about", list_of(page.about))
                               .add("keys", list_of(page.keys))
                               .add("events", list_of(page.events))
                               .add("hues", JsonValue::list(page.hues))
                               .add("figures", list_of(page.figures))
                               .add("caveats", JsonValue::list(page.caveats))
                               .add("sources", JsonValue::list(page.sources))
                               .add("commands", JsonValue::list(page.commands))
                               .line();
  std::string escaped;
  escaped.reserve(text.size());
  for (const char character : text) {
    if (character == '<') {
      escaped += "\\u003c";  // "</script>" would end the data.
    } else {
      escaped += character;
    }
  }
  return escaped;
}

std::string filled_template(std::string_view form, const std::string& json) {
  const std::size_t at = form.find(kPageMarker);
  assert(at != std::string_view::npos);
  std::string filled(form.substr(0, at));
  filled += json;
  filled += form.substr(at + kPageMarker.size());
  return filled;
}

}  // namespace chokepoint
