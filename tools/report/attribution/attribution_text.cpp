#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "tools/print/table.hpp"
#include "tools/report/attribution/attribution_report.hpp"
#include "tools/report/attribution/causes.hpp"

namespace chokepoint {

namespace {

constexpr const char* kHowToReadParts =
    "A part is a Shapley value: how much the figure changes when the lever is applied, on average "
    "over orders in which all levers are applied one after another to the baseline, until it is "
    "the "
    "run. Parts add up to the difference, with what is left as the remainder. The error is the "
    "standard error of the average, 0 where all orders count; the share is of the difference, and "
    "parts of the other sign have a negative one.";

constexpr const char* kHowToReadBindings =
    "Off in both runs: how much of the difference would vanish if that one rule, quota or shortage "
    "did not bind. These overlap and do not add up: where either of two things is enough neither "
    "accounts for anything, where both are needed each accounts for all.";

std::string unit_text(const Headline& headline) {
  const auto word = scale_of(headline.unit).word;
  if (word.empty()) return headline.unit;
  return headline.unit == "USD" ? "USD bn" : fmt::format("{} {}", word, headline.unit);
}

/// "value_share" of "mainland/nvidia" in lines, so that columns are narrow.
std::string narrow_header(const Headline& headline) {
  std::string text = headline.indicator;
  text.append("\n").append(headline.subject);
  if (text.ends_with("/*")) text.resize(text.size() - 2);
  std::ranges::replace_if(
      text, [](char c) { return c == '_' || c == '/'; }, '\n');
  return text + "\n" + unit_text(headline);
}

/// Of the columns of a headline.
using Texts = std::vector<std::string>;

/// A table with a row per cause, and for each headline a column or, `with_error`, three.
class CauseTable {
public:
  CauseTable(const ComparedYear& pair, bool with_error)
      : pair_(pair), with_error_(with_error), table_("attribution", columns(pair, with_error)) {}

  /// `texts(i)` of headline `i`; columns without a text stay empty.
  template <class TextsOf>
  void add_row(const std::string& name, const TextsOf& texts) {
    std::vector<Cell> cells = {name};
    for (std::size_t i = 0; i < pair_.headlines.size(); ++i) {
      Texts of_headline = texts(i);
      of_headline.resize(with_error_ ? 3 : 1);
      for (std::string& text : of_headline) cells.emplace_back(std::move(text));
    }
    table_.add_row(std::move(cells));
  }
  void add_heading(const std::string& name) {
    add_row(name, [](std::size_t) { return Texts{}; });
  }
  void add_cause(const Cause& cause);
  /// Value and share of what has no error of its own.
  void add_rest(const std::string& name, const std::vector<double>& values);

  std::string text() const { return to_text(table_); }

private:
  static std::vector<Column> columns(const ComparedYear& pair, bool with_error);
  std::string share_text(double part, const Headline& headline) const {
    const auto share = share_of(part, difference_in(pair_, headline));
    return share ? fmt::format("{:.0f}", std::round(100.0 * *share) + 0.0) : "-";
  }

  const ComparedYear& pair_;
  bool with_error_;
  Table table_;
};

std::vector<Column> CauseTable::columns(const ComparedYear& pair, bool with_error) {
  std::vector<Column> columns = {"what_accounts_for_it"};
  std::size_t group = 1;
  for (const Headline& headline : pair.headlines) {
    const std::string name = headline.indicator + " " + headline.subject;
    columns.emplace_back(name, Type::Real, narrow_header(headline), nullptr, group);
    if (with_error) {
      columns.emplace_back(name + " error", Type::Real, "error\n" + unit_text(headline), nullptr,
                           group);
      columns.emplace_back(name + " share", Type::Real, "share\n%", nullptr, group);
    }
    ++group;
  }
  return columns;
}

void CauseTable::add_cause(const Cause& cause) {
  add_row("  " + cause.name, [&](std::size_t i) {
    const Headline& headline = pair_.headlines[i];
    const auto [value, error] = cause.parts[i];
    return Texts{format_scaled(value, headline.unit, true),
                 format_scaled(error, headline.unit, false), share_text(value, headline)};
  });
}

void CauseTable::add_rest(const std::string& name, const std::vector<double>& values) {
  add_row(name, [&](std::size_t i) {
    const Headline& headline = pair_.headlines[i];
    return Texts{format_scaled(values[i], headline.unit, true), "",
                 share_text(values[i], headline)};
  });
}

void add_runs_and_difference(CauseTable& table, const ComparedYear& pair) {
  for (const std::size_t run : {std::size_t{0}, pair.run}) {
    table.add_row(pair.all.names[run], [&](std::size_t i) {
      const Headline& headline = pair.headlines[i];
      return Texts{format_scaled(value_of(headline, pair.all.itself[run]), headline.unit, false)};
    });
  }
  std::vector<double> differences;
  for (const Headline& headline : pair.headlines) {
    differences.push_back(difference_in(pair, headline));
  }
  table.add_rest("difference", differences);
}

std::vector<double> sum_of(const std::vector<Cause>& causes, std::size_t from, std::size_t parts) {
  std::vector<double> sum(parts);
  for (std::size_t i = from; i < causes.size(); ++i) {
    for (std::size_t part = 0; part < parts; ++part) sum[part] += causes[i].parts[part].value;
  }
  return sum;
}

std::string orders_text(const LeverOrders& orders) {
  const auto levers = fmt::format("{} lever{}", orders.levers, orders.levers == 1 ? "" : "s");
  const std::size_t sets = sets_of(orders).size();
  if (orders.sampled.empty()) return fmt::format("all orders of {}, {} sets of them", levers, sets);
  return fmt::format("{} orders of {}, half of them the other half reversed, {} sets of them",
                     orders.sampled.size(), levers, sets);
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string line_of(const std::string& text) {
  return wrap(text, kTableColumns, 0) + "\n";
}

/// What of levers no row says.
std::string levers_notes(const std::vector<Lever>& levers, const LeverCauses& causes,
                         const std::vector<Cause>& telling) {
  std::string text;
  std::vector<std::string> silent;
  for (const Cause& cause : causes.levers) {
    const bool is_telling =
        std::ranges::any_of(telling, [&](const Cause& other) { return other.name == cause.name; });
    if (!is_telling) silent.push_back(cause.name);
  }
  if (!silent.empty()) text += line_of("Nothing goes with " + listed(silent) + ".");
  for (const Lever& lever : levers) {
    if (lever.inseparable.empty()) continue;
    text += line_of(listed(lever.inseparable) +
                    " are one lever: some of them without the others contradict themselves.");
  }
  const bool is_left = std::ranges::any_of(causes.remainder, [](double v) { return v != 0.0; });
  if (is_left) {
    text += line_of("The remainder comes of lists in another order, which no change names.");
  }
  return text;
}

std::string levers_text(const ComparedYear& pair, std::size_t rows) {
  const LeverRuns& between = pair.all.between[pair.run];
  if (between.levers.empty()) return "Nothing is changed between both.\n";
  const LeverCauses causes = lever_causes(pair);
  const auto telling = telling_causes(pair, causes.levers);
  CauseTable table(pair, true);
  add_runs_and_difference(table, pair);
  table.add_heading("changes, which add up");
  const std::size_t shown = std::min(rows, telling.size());
  for (std::size_t i = 0; i < shown; ++i) table.add_cause(telling[i]);
  if (telling.size() > shown) {
    table.add_rest(fmt::format("  {} more", telling.size() - shown),
                   sum_of(telling, shown, pair.headlines.size()));
  }
  table.add_rest("  remainder", causes.remainder);
  return table.text() + levers_notes(between.levers, causes, telling);
}

std::string bindings_text(const ComparedYear& pair, std::size_t rows) {
  if (pair.all.bindings.empty()) return "";
  const auto causes = binding_causes(pair);
  const auto telling = telling_causes(pair, causes);
  CauseTable table(pair, false);
  table.add_heading("rules, quotas and shortages, each off alone");
  const std::size_t shown = std::min(rows, telling.size());
  for (std::size_t i = 0; i < shown; ++i) table.add_cause(telling[i]);
  if (telling.size() > shown) table.add_heading(fmt::format("  {} more", telling.size() - shown));
  const std::size_t silent = causes.size() - telling.size();
  if (silent > 0) table.add_heading(fmt::format("  {} account for nothing", silent));
  std::string text = "\n" + table.text();
  for (const Trial& trial : pair.all.bindings) {
    if (trial.is_readable) continue;
    text +=
        fmt::format("{} cannot be off: what is left contradicts itself\n", switch_name(trial.off));
  }
  return text;
}

std::string pair_text(const ComparedYear& pair, int year, std::size_t rows) {
  return fmt::format("{} less {}, {}; {}\n{}{}", pair.all.names[pair.run], pair.all.names[0], year,
                     orders_text(pair.all.between[pair.run].orders), levers_text(pair, rows),
                     bindings_text(pair, rows));
}

}  // namespace

std::string attribution_text(const Attribution& attribution, const AttributionView& view) {
  std::string text;
  for (std::size_t run = 1; run < attribution.itself.size(); ++run) {
    for (const int year : view.years) {
      text +=
          fmt::format("{}\n", pair_text(compared_year(attribution, run, year), year, view.rows));
    }
  }
  text += line_of(kHowToReadParts);
  if (attribution.bindings.empty()) return text;
  text += "\n" + line_of(kHowToReadBindings);
  if (attribution.untried > 0) {
    text += fmt::format("{} rules, quotas and shortages that held back less were not tried\n",
                        attribution.untried);
  }
  return text;
}

}  // namespace chokepoint
