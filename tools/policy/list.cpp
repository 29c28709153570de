#include "tools/policy/tables.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "tools/policy/words.hpp"

namespace chokepoint {
namespace {

struct ListRow {
  Country government;
  Date from;
  std::vector<Cell> cells;
};

template <class Measure>
ListRow row_of(const Measure& measure, Country government, const char* kind,
               const ListChoice& choice) {
  const auto& [from, until] = std::tie(measure.validity.effective, measure.validity.ended);
  Cell state, mark = measure.enabled ? "" : "off";  // Without a day, only what is off needs one.
  if (choice.date) state = in_words(state_on(measure.enabled, measure.validity, *choice.date));
  if (choice.date) mark = state;
  return {government,
          from,
          {measure.name, kind, measure.title, government.text(), in_words(measure.standing), from,
           until, mark, schema_name(measure.verdict), in_short(measure.verdict), measure.title,
           measure.enabled, state}};
}

}  // namespace

Table policy_list(const PolicyBook& book, const ListChoice& choice) {
  std::vector<ListRow> rows;
  const auto add = [&](const auto& measure, Country government, const char* kind) {
    if (choice.government && government != *choice.government) return;
    rows.push_back(row_of(measure, government, kind, choice));
  };
  const Regime& regime = book.world.regime;
  for (const Rule& rule : regime.rules) add(rule, rule.government, "rule");
  for (const Exception& exception : regime.exceptions) {
    add(exception, book.government_of(exception), "exception");
  }
  std::ranges::stable_sort(rows, [](const ListRow& a, const ListRow& b) {
    return std::tie(a.government, a.from) < std::tie(b.government, b.from);
  });
  Table table("policy_list",
              {"name", "kind", for_files("title"), Column("government", "of"), "standing",
               Column("from", Type::Day), Column("until", Type::Day), for_people("state"),
               for_files("verdict"), for_people("verdict"), for_people("title"),
               for_files(Column("enabled", Type::YesNo)), for_files("state")});
  for (ListRow& row : rows) table.add_row(std::move(row.cells));
  return table;
}

}  // namespace chokepoint
