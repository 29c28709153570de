#include "tools/report/study_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <functional>

#include "sim/indicators/headlines.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kWidthOfTable = 150;
constexpr double kTelling = 0.01;  // Below it, two runs are as good as alike in a year.
constexpr std::array kSwitchKinds = {"change", "rule", "quota", "shortage"};

constexpr const char* kHowToRead =
    "A part is the difference as it is less the difference with that one thing off: a change "
    "undone in the run that has it, a rule, quota or shortage off in both runs. One of the other "
    "sign hides some of the difference. Causes interact, so parts need not add up: where either "
    "of two is enough neither accounts for anything, where both are needed each accounts for "
    "all. What all parts leave, or count more than once, is the remainder.";

/// Two runs in a year, by headline.
struct Pair {
  const Attribution& all;
  std::size_t run;
  std::vector<Headline> headlines;
};

Pair pair_of(const Attribution& all, std::size_t run, int year) {
  return {all, run, headlines(all.itself[0], all.itself[run], year)};
}

Measured measured(const Headline& headline) {
  return [&headline](const Figures& figures) { return value_of(headline, figures); };
}

double part_of(const Pair& pair, const Trial& trial, const Headline& headline) {
  return accounted_for(pair.all, trial, pair.run, measured(headline));
}

/// Mean over headlines of a part, each in parts of the greater value of both runs.
double size_of(const Pair& pair, const Trial& trial) {
  double sum = 0.0;
  for (const Headline& headline : pair.headlines) {
    const double greater = std::max(std::abs(value_of(headline, pair.all.itself[0])),
                                    std::abs(value_of(headline, pair.all.itself[pair.run])));
    if (greater > 0.0) sum += std::abs(part_of(pair, trial, headline)) / greater;
  }
  return sum / static_cast<double>(pair.headlines.size());
}

/// Those that account for something, the greatest first.
std::vector<const Trial*> telling_trials(const Pair& pair, const std::vector<Trial>& trials) {
  std::vector<std::pair<double, const Trial*>> sized;
  for (const Trial& trial : trials) {
    const double size = size_of(pair, trial);
    if (size > 0.0) sized.emplace_back(size, &trial);
  }
  std::ranges::stable_sort(sized, std::greater{}, [](const auto& each) { return each.first; });
  std::vector<const Trial*> telling;
  telling.reserve(sized.size());
  for (const auto& [size, trial] : sized) telling.push_back(trial);
  return telling;
}

/// "value_share" of "mainland/nvidia" in lines, so that columns are narrow.
std::string narrow_header(const Headline& headline) {
  std::string text = headline.indicator;
  text.append("\n").append(headline.subject);
  if (text.ends_with("/*")) text.resize(text.size() - 2);
  std::ranges::replace_if(
      text, [](char c) { return c == '_' || c == '/'; }, '\n');
  const auto word = scale_of(headline.unit).word;
  if (word.empty()) return text + "\n" + headline.unit;
  return text + (headline.unit == "USD" ? "\nUSD bn" : fmt::format("\n{} {}", word, headline.unit));
}

Table table_of(const Pair& pair) {
  std::vector<Column> columns = {"what_accounts_for_it"};
  std::size_t group = 1;
  for (const Headline& headline : pair.headlines) {
    columns.emplace_back(headline.indicator + " " + headline.subject, Type::Real,
                         narrow_header(headline), nullptr, group++);
  }
  return {"attribution", std::move(columns)};
}

template <class Value>
void add_attribution_row(Table& table, const Pair& pair, const std::string& name,
                         const Value& value) {
  std::vector<Cell> cells = {name};
  for (const Headline& headline : pair.headlines) cells.emplace_back(value(headline));
  table.add_row(std::move(cells));
}

void add_runs_and_difference(Table& table, const Pair& pair) {
  for (const std::size_t run : {std::size_t{0}, pair.run}) {
    add_attribution_row(table, pair, pair.all.names[run], [&](const Headline& headline) {
      return format_scaled(value_of(headline, pair.all.itself[run]), headline.unit, false);
    });
  }
  add_attribution_row(table, pair, "difference", [&](const Headline& headline) {
    return format_scaled(difference_of(pair.all, pair.run, measured(headline)), headline.unit,
                         true);
  });
}

void add_trials(Table& table, const Pair& pair, const std::vector<Trial>& trials,
                const std::string& heading, std::size_t most) {
  const auto telling = telling_trials(pair, trials);
  if (trials.empty()) return;
  const auto nothing = [](const Headline&) { return std::string(); };
  add_attribution_row(table, pair, heading, nothing);
  for (std::size_t i = 0; i < std::min(most, telling.size()); ++i) {
    add_attribution_row(
        table, pair, "  " + switch_name(telling[i]->off), [&](const Headline& headline) {
          return format_scaled(part_of(pair, *telling[i], headline), headline.unit, true);
        });
  }
  if (telling.size() > most) {
    add_attribution_row(table, pair, fmt::format("  {} more", telling.size() - most), nothing);
  }
  const std::size_t silent = trials.size() - telling.size();
  if (silent > 0) {
    add_attribution_row(table, pair, fmt::format("  {} account for nothing", silent), nothing);
  }
  add_attribution_row(table, pair, "  remainder", [&](const Headline& headline) {
    double rest = difference_of(pair.all, pair.run, measured(headline));
    for (const Trial& trial : trials) rest -= part_of(pair, trial, headline);
    return format_scaled(rest, headline.unit, true);
  });
}

std::string unreadable_text(const std::vector<Trial>& changes) {
  std::string text;
  for (const Trial& trial : changes) {
    if (!trial.is_readable) {
      text +=
          fmt::format("{} cannot be undone by itself: others need it\n", switch_name(trial.off));
    }
  }
  return text;
}

std::string pair_text(const Pair& pair, int year, std::size_t rows) {
  Table table = table_of(pair);
  add_runs_and_difference(table, pair);
  add_trials(table, pair, pair.all.changes[pair.run], "changes, undone in turn", rows);
  add_trials(table, pair, pair.all.bindings, "rules and shortages, off in turn", rows);
  return fmt::format("{} less {}, {}\n{}{}", pair.all.names[pair.run], pair.all.names[0], year,
                     to_text(table, kWidthOfTable), unreadable_text(pair.all.changes[pair.run]));
}

/// A row for every run but the baseline, year, switch and headline.
Table parts_table(const Attribution& attribution, const std::vector<int>& years) {
  Table table("attribution",
              {"run", "baseline", Column("year", Type::Count), "indicator", "subject", "unit",
               Column("baseline_value", Type::Real), Column("value", Type::Real),
               Column("difference", Type::Real), "kind", "switch", "government", "held_back_usd",
               Column("accounted", Type::Real)});
  const auto add = [&](const Pair& pair, const Trial& trial) {
    for (const Headline& headline : pair.headlines) {
      table.add_row(
          {attribution.names[pair.run], attribution.names[0], headline.year, headline.indicator,
           headline.subject, headline.unit, value_of(headline, attribution.itself[0]),
           value_of(headline, attribution.itself[pair.run]),
           difference_of(attribution, pair.run, measured(headline)),
           kSwitchKinds[static_cast<std::size_t>(trial.off.kind)], trial.off.name,
           trial.off.government, trial.off.held_back_usd, part_of(pair, trial, headline)});
    }
  };
  for (std::size_t run = 1; run < attribution.itself.size(); ++run) {
    for (const int year : years) {
      const Pair pair = pair_of(attribution, run, year);
      for (const auto* trials : {&attribution.changes[run], &attribution.bindings}) {
        for (const Trial& trial : *trials) {
          if (trial.is_readable) add(pair, trial);
        }
      }
    }
  }
  return table;
}

}  // namespace

std::string switch_name(const Switch& off) {
  switch (off.kind) {
    case Switch::Kind::Change:
      if (off.paths.size() < 2) return off.name;
      return fmt::format("{} ({} changes)", off.name, off.paths.size());
    case Switch::Kind::Rule:
      return fmt::format("{} {}", off.government, off.name);
    case Switch::Kind::Quota:
      return fmt::format("quota {}", off.name);
    case Switch::Kind::Shortage:
      return fmt::format("shortage of {}", off.name);
  }
  return off.name;
}

std::string attribution_text(const Attribution& attribution, const AttributionView& view) {
  std::string text;
  for (std::size_t run = 1; run < attribution.itself.size(); ++run) {
    for (const int year : view.years) {
      text += fmt::format("{}\n", pair_text(pair_of(attribution, run, year), year, view.rows));
    }
  }
  if (attribution.untried > 0) {
    text += fmt::format("{} rules, quotas and shortages that held back less were not tried\n",
                        attribution.untried);
  }
  return text + wrap(kHowToRead, kWidthOfTable, 0) + "\n";
}

std::string attribution_csv(const Attribution& attribution, const std::vector<int>& years) {
  return to_csv(parts_table(attribution, years));
}

std::string attribution_json(const Attribution& attribution, const std::vector<int>& years) {
  const Table parts =
      parts_table(attribution, years).without({"baseline", "baseline_value", "value"});
  JsonValue all = JsonValue::object();
  all.add("schema", "chokepoint.attribution/1").add("baseline", attribution.names[0]);
  all.add("untried", static_cast<double>(attribution.untried)).add("parts", to_json(parts));
  return all.text() + "\n";
}

int telling_year(const Attribution& attribution, int last_published) {
  const auto years = years_of(attribution.itself[0]);
  assert(!years.empty());
  const auto greatest = [&](int until) {
    std::pair<double, int> found = {0.0, years.back()};
    for (const int year : years) {
      double differs = 0.0;
      for (std::size_t run = 1; run < attribution.itself.size(); ++run) {
        differs += distance(attribution.itself[0], attribution.itself[run], year);
      }
      if (year <= until && differs > found.first) found = {differs, year};
    }
    return found;
  };
  const auto published = greatest(last_published);
  return published.first >= kTelling ? published.second : greatest(years.back()).second;
}

}  // namespace chokepoint
