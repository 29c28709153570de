#include "tools/policy/list.hpp"

#include <algorithm>
#include <tuple>

#include "tools/policy/words.hpp"
#include "tools/print/text_table.hpp"

namespace chokepoint {
namespace {

template <class Measure>
ListRow row_of(const Measure& measure, Country government, bool is_exception,
               const ListChoice& choice) {
  ListRow row;
  row.name = measure.name;
  row.title = measure.title;
  row.is_exception = is_exception;
  row.government = government;
  row.standing = measure.standing;
  row.from = measure.validity.effective;
  row.until = measure.validity.ended;
  row.verdict = measure.verdict;
  row.enabled = measure.enabled;
  if (choice.date) row.state = state_on(measure.enabled, measure.validity, *choice.date);
  return row;
}

// Without a day, only what is off needs a mark.
std::string mark(const ListRow& row) {
  if (row.state) return in_words(*row.state);
  return row.enabled ? "" : "off";
}

}  // namespace

std::vector<ListRow> policy_list(const PolicyBook& book, const ListChoice& choice) {
  const Regime& regime = book.world.regime;
  std::vector<ListRow> rows;
  rows.reserve(regime.rules.size() + regime.exceptions.size());
  for (const Rule& rule : regime.rules) {
    rows.push_back(row_of(rule, rule.government, false, choice));
  }
  for (const Exception& exception : regime.exceptions) {
    rows.push_back(row_of(exception, book.government_of(exception), true, choice));
  }
  rows.erase(std::remove_if(rows.begin(), rows.end(),
                            [&](const ListRow& row) {
                              return choice.government && row.government != *choice.government;
                            }),
             rows.end());
  std::stable_sort(rows.begin(), rows.end(), [](const ListRow& a, const ListRow& b) {
    return std::tie(a.government, a.from) < std::tie(b.government, b.from);
  });
  return rows;
}

std::string list_text(const std::vector<ListRow>& rows) {
  TextTable table({{"name", Align::Left, 0},
                   {"kind", Align::Left, 0},
                   {"of", Align::Left, 0},
                   {"standing", Align::Left, 0},
                   {"from", Align::Left, 0},
                   {"until", Align::Left, 0},
                   {"state", Align::Left, 0},
                   {"verdict", Align::Left, 0},
                   {"title", Align::Left, 0}});
  for (const ListRow& row : rows) {
    table.add_row({row.name, row.is_exception ? "exception" : "rule", row.government.text(),
                   in_words(row.standing), format_date(row.from),
                   row.until ? format_date(*row.until) : "-", mark(row), in_short(row.verdict),
                   row.title});
  }
  return table.text(kAnyWidth);
}

std::string list_json(const std::vector<ListRow>& rows) {
  JsonValue list = JsonValue::list();
  for (const ListRow& row : rows) {
    JsonValue json = JsonValue::object();
    json.add("name", row.name).add("kind", row.is_exception ? "exception" : "rule");
    json.add("title", row.title).add("government", row.government.text());
    json.add("standing", in_words(row.standing)).add("from", format_date(row.from));
    json.add("until", row.until ? JsonValue(format_date(*row.until)) : JsonValue());
    json.add("verdict", schema_name(row.verdict)).add("enabled", row.enabled);
    json.add("state", row.state ? JsonValue(in_words(*row.state)) : JsonValue());
    list.push(std::move(json));
  }
  JsonValue json = JsonValue::object();
  return json.add("schema", "chokepoint.policy.list/1").add("entries", list).text() + "\n";
}

}  // namespace chokepoint
