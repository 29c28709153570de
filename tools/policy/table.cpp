#include "tools/policy/table.hpp"

#include "tools/policy/argument.hpp"
#include "tools/policy/words.hpp"
#include "tools/print/csv_table.hpp"
#include "tools/print/number_format.hpp"
#include "tools/print/text_table.hpp"

namespace chokepoint {
namespace {

std::string date_cell(const TableRow& row, const std::string& unknown) {
  return row.subject.released ? format_date(*row.subject.released) : unknown;
}

std::string rule_name(const Ruling& ruling, const World& world) {
  return ruling.rule ? world.regime.rules[ruling.rule->value].name : "";
}

std::string exception_name(const Ruling& ruling, const World& world) {
  return ruling.exception ? world.regime.exceptions[ruling.exception->value].name : "";
}

std::string ground(const TableRow& row, const World& world) {
  std::string text = rule_name(row.overall, world);
  if (text.empty()) return "-";
  if (!row.clause.empty()) text += " " + row.clause;
  const std::string exception = exception_name(row.overall, world);
  return exception.empty() ? text : text + ", " + exception;
}

std::string verdict_cell(const Ruling& ruling) {
  const std::string word = in_short(ruling.verdict);
  const bool says_share = ruling.admitted_share > 0.0 && ruling.admitted_share < 1.0;
  return says_share ? word + " " + share_text(ruling.admitted_share) : word;
}

}  // namespace

std::vector<TableRow> policy_table(const PolicyBook& book, const Way& way, Date date) {
  const Regime& regime = book.world.regime;
  std::vector<TableRow> rows;
  for (const Subject& subject : subjects(book.world)) {
    const Category wanted = way.category.value_or(Category::Chip);
    const bool is_chip = subject.item.category == Category::Chip;
    const bool is_asked_for =
        subject.item.category == wanted ||
        (is_chip && (wanted == Category::RemoteAccess || wanted == Category::Foundry));
    if (!is_asked_for) continue;
    const Shipment shipment = shipment_of(subject, way, book.world);
    TableRow row;
    row.subject = subject;
    row.us = regime.judge(Country("US"), shipment, date);
    row.cn = regime.judge(Country("CN"), shipment, date);
    row.overall = strictest(judge(regime, shipment, date));
    if (row.overall.rule) {
      row.clause = clause_of(regime.rules[row.overall.rule->value].item, shipment.item);
    }
    row.not_released_yet = subject.released && date < *subject.released;
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string table_text(const std::vector<TableRow>& rows, const World& world) {
  TextTable table({{"name", Align::Left, 0},
                   {"first sold", Align::Left, 0},
                   {"TPP\n", Align::Right, 0},
                   {"density\nTPP/mm2", Align::Right, 0},
                   {"memory\nGB/s", Align::Right, 0},
                   {"I/O\nGB/s", Align::Right, 0},
                   {"US says", Align::Left, 0},
                   {"CN says", Align::Left, 0},
                   {"note", Align::Left, 0},
                   {"strictest rule and clause", Align::Left, 0}});
  for (const TableRow& row : rows) {
    std::vector<std::string> cells = {row.subject.name, date_cell(row, "-")};
    for (const Attribute attribute : kOfEveryChip) {
      const auto value = in_unit(attribute, row.subject.item);
      cells.push_back(value ? digits_beside(*value, -1.0) : "-");
    }
    cells.push_back(verdict_cell(row.us));
    cells.push_back(verdict_cell(row.cn));
    cells.emplace_back(row.not_released_yet ? "not released" : "");
    cells.push_back(ground(row, world));
    table.add_row(std::move(cells));
  }
  return table.text(kAnyWidth);
}

std::string table_csv(const std::vector<TableRow>& rows, const World& world) {
  CsvTable table({"name", "display", "first_sold", "tpp", "performance_density",
                  "memory_bandwidth_gb_s", "io_bandwidth_gb_s", "us_verdict", "us_admitted_share",
                  "cn_verdict", "cn_admitted_share", "verdict", "rule", "clause", "exception",
                  "not_released_yet"});
  for (const TableRow& row : rows) {
    std::vector<std::string> cells = {row.subject.name, row.subject.display, date_cell(row, "")};
    for (const Attribute attribute : kOfEveryChip) {
      const auto value = in_unit(attribute, row.subject.item);
      cells.push_back(value ? format_exact(*value) : "");
    }
    for (const Ruling* ruling : {&row.us, &row.cn}) {
      cells.push_back(schema_name(ruling->verdict));
      cells.push_back(format_exact(ruling->admitted_share));
    }
    cells.push_back(schema_name(row.overall.verdict));
    cells.push_back(rule_name(row.overall, world));
    cells.push_back(row.clause);
    cells.push_back(exception_name(row.overall, world));
    cells.emplace_back(row.not_released_yet ? "true" : "false");
    table.add_row(cells);
  }
  return table.text();
}

std::string table_json(const std::vector<TableRow>& rows, const World& world, Date date) {
  JsonValue list = JsonValue::list();
  for (const TableRow& row : rows) {
    JsonValue json = JsonValue::object();
    json.add("name", row.subject.name).add("display", row.subject.display);
    json.add("first_sold",
             row.subject.released ? JsonValue(format_date(*row.subject.released)) : JsonValue());
    for (const Attribute attribute : kOfEveryChip) {
      json.add(row_of(attribute).field, in_unit(attribute, row.subject.item));
    }
    json.add("us_verdict", schema_name(row.us.verdict));
    json.add("us_admitted_share", row.us.admitted_share);
    json.add("cn_verdict", schema_name(row.cn.verdict));
    json.add("cn_admitted_share", row.cn.admitted_share);
    json.add("verdict", schema_name(row.overall.verdict));
    json.add("rule", row.overall.rule ? JsonValue(rule_name(row.overall, world)) : JsonValue());
    json.add("clause", row.clause.empty() ? JsonValue() : JsonValue(row.clause));
    json.add("exception",
             row.overall.exception ? JsonValue(exception_name(row.overall, world)) : JsonValue());
    json.add("not_released_yet", row.not_released_yet);
    list.push(std::move(json));
  }
  JsonValue json = JsonValue::object();
  json.add("schema", "chokepoint.policy.table/1").add("date", format_date(date));
  return json.add("rows", list).text() + "\n";
}

}  // namespace chokepoint
