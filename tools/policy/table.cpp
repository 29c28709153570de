#include "tools/policy/tables.hpp"

#include <iterator>
#include <string>
#include <utility>

#include "tools/policy/reasons.hpp"
#include "tools/policy/words.hpp"

namespace chokepoint {
namespace {

/// The strictest rule, its clause and exception.
Cell ground(const Cell& rule, const std::string& clause, const Cell& exception) {
  if (rule == Cell()) return {};
  std::string text = std::get<std::string>(rule);
  if (!clause.empty()) text += " " + clause;
  return exception == Cell() ? text : text + ", " + std::get<std::string>(exception);
}

std::string digits_of(double value) {
  return digits_beside(value, -1.0);
}

template <class T>
void append(std::vector<T> more, std::vector<T>& to) {
  std::move(more.begin(), more.end(), std::back_inserter(to));
}

std::vector<Column> columns() {
  std::vector<Column> columns = {"name", for_files("display"), Column("first_sold", Type::Day)};
  append(attribute_columns(), columns);
  append<Column>({for_people("US_says"), for_files("us_verdict"), for_files("us_admitted_share"),
                  for_people("CN_says"), for_files("cn_verdict"), for_files("cn_admitted_share"),
                  for_people("note"), for_people("strictest_rule_and_clause"), for_files("verdict"),
                  for_files("rule"), for_files("clause"), for_files("exception"),
                  for_files(Column("not_released_yet", Type::YesNo))},
                 columns);
  return columns;
}

std::vector<Cell> cells_of(const Subject& subject, const Shipment& shipment, Date date,
                           const Regime& regime) {
  std::vector<Cell> cells = {subject.name, subject.display, subject.released};
  append(attribute_cells(subject.item), cells);
  for (const char* government : {"US", "CN"}) {
    const Ruling ruling = regime.judge(Country(government), shipment, date);
    append<Cell>({in_short(ruling), schema_name(ruling.verdict), ruling.admitted_share}, cells);
  }
  const Ruling overall = strictest(judge(regime, shipment, date));
  Cell rule, exception;
  std::string clause;
  if (overall.rule) {
    rule = regime.rules[overall.rule->value].name;
    clause = clause_of(regime.rules[overall.rule->value].item, shipment.item);
  }
  if (overall.exception) exception = regime.exceptions[overall.exception->value].name;
  const bool not_released_yet = subject.released && date < *subject.released;
  append<Cell>({not_released_yet ? "not released" : "", ground(rule, clause, exception),
                schema_name(overall.verdict), rule, known(clause), exception, not_released_yet},
               cells);
  return cells;
}

}  // namespace

std::vector<Column> attribute_columns() {
  return {Column("tpp", Type::Real, "TPP", digits_of),
          Column("performance_density", "density", digits_of),
          Column("memory_bandwidth_gb_s", "memory", digits_of),
          Column("io_bandwidth_gb_s", "I/O", digits_of)};
}

std::vector<Cell> attribute_cells(const Item& item) {
  std::vector<Cell> cells;
  cells.reserve(kOfEveryChip.size());
  for (const Attribute attribute : kOfEveryChip) {
    cells.emplace_back(in_unit(attribute, item));
  }
  return cells;
}

Table policy_table(const PolicyBook& book, const ShipmentRoute& route, Date date) {
  Table table("policy_table", columns());
  const Category wanted = route.category.value_or(Category::Chip);
  for (const Subject& subject : subjects(book.world)) {
    const bool is_chip = subject.item.category == Category::Chip;
    const bool is_asked_for =
        subject.item.category == wanted ||
        (is_chip && (wanted == Category::RemoteAccess || wanted == Category::Foundry));
    if (!is_asked_for) continue;
    table.add_row(
        cells_of(subject, shipment_of(subject, route, book.world), date, book.world.regime));
  }
  return table;
}

}  // namespace chokepoint
