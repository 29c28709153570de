#include <array>
#include <string>
#include <utility>
#include <vector>

#include "tools/print/json_value.hpp"
#include "tools/print/table.hpp"
#include "tools/report/attribution/attribution_report.hpp"
#include "tools/report/attribution/causes.hpp"

namespace chokepoint {

namespace {

constexpr std::array kBindingKinds = {"rule", "quota", "shortage"};

/// What a row of parts says of its cause.
struct CauseCells {
  Cell kind, name, government, held_back_usd;
};

/// A row for every run but the baseline, year, cause and headline.
class PartsTable {
public:
  void add(const ComparedYear& pair);
  const Table& table() const { return table_; }

private:
  void add_row(const ComparedYear& pair, const Headline& headline, const CauseCells& cause,
               double part, const Cell& error);

  Table table_{"attribution",
               {"run", "baseline", Column("year", Type::Count), "indicator", "subject", "unit",
                Column("baseline_value", Type::Real), Column("value", Type::Real),
                Column("difference", Type::Real), "kind", "cause", "government", "held_back_usd",
                Column("part", Type::Real), Column("standard_error", Type::Real),
                Column("share_of_difference", Type::Real)}};
};

void PartsTable::add_row(const ComparedYear& pair, const Headline& headline,
                         const CauseCells& cause, double part, const Cell& error) {
  const Attribution& all = pair.all;
  const double difference = difference_in(pair, headline);
  table_.add_row({all.names[pair.run], all.names[0], headline.year, headline.indicator,
                  headline.subject, headline.unit, value_of(headline, all.itself[0]),
                  value_of(headline, all.itself[pair.run]), difference, cause.kind, cause.name,
                  cause.government, cause.held_back_usd, part, error, share_of(part, difference)});
}

void PartsTable::add(const ComparedYear& pair) {
  const LeverCauses levers = lever_causes(pair);
  const auto& names = pair.all.between[pair.run].levers;
  for (std::size_t lever = 0; lever < names.size(); ++lever) {
    for (std::size_t i = 0; i < pair.headlines.size(); ++i) {
      const auto [part, error] = levers.levers[lever].parts[i];
      add_row(pair, pair.headlines[i], {"change", names[lever].name, "", {}}, part, error);
    }
  }
  for (std::size_t i = 0; i < pair.headlines.size(); ++i) {
    add_row(pair, pair.headlines[i], {"remainder", "", "", {}}, levers.remainder[i], {});
  }
  const auto bindings = binding_causes(pair);
  auto binding = bindings.begin();
  for (const Trial& trial : pair.all.bindings) {
    if (!trial.is_readable) continue;
    const CauseCells cause = {kBindingKinds[static_cast<std::size_t>(trial.off.kind)],
                              trial.off.name, trial.off.government, trial.off.held_back_usd};
    for (std::size_t i = 0; i < pair.headlines.size(); ++i) {
      add_row(pair, pair.headlines[i], cause, binding->parts[i].value, {});
    }
    ++binding;
  }
}

Table parts_table(const Attribution& attribution, const std::vector<int>& years) {
  PartsTable parts;
  for (std::size_t run = 1; run < attribution.itself.size(); ++run) {
    for (const int year : years) parts.add(compared_year(attribution, run, year));
  }
  return parts.table();
}

/// What each run's levers are, and what its parts are averages over.
JsonValue levers_json(const Attribution& attribution) {
  JsonValue runs = JsonValue::list();
  for (std::size_t run = 1; run < attribution.itself.size(); ++run) {
    const LeverRuns& between = attribution.between[run];
    JsonValue levers = JsonValue::list();
    for (const Lever& lever : between.levers) {
      JsonValue one = JsonValue::object();
      one.add("cause", lever.name).add("changes", JsonValue::list(lever.paths));
      levers.push(one.add("inseparable", JsonValue::list(lever.inseparable)));
    }
    JsonValue one = JsonValue::object();
    one.add("run", attribution.names[run]).add("is_exact", between.orders.sampled.empty());
    one.add("orders", static_cast<double>(between.orders.sampled.size()));
    one.add("sets", static_cast<double>(between.figures.size()));
    runs.push(one.add("levers", std::move(levers)));
  }
  return runs;
}

}  // namespace

std::string attribution_csv(const Attribution& attribution, const std::vector<int>& years) {
  return to_csv(parts_table(attribution, years));
}

std::string attribution_json(const Attribution& attribution, const std::vector<int>& years) {
  const Table parts =
      parts_table(attribution, years).without({"baseline", "baseline_value", "value"});
  JsonValue all = JsonValue::object();
  all.add("schema", "chokepoint.attribution/2").add("baseline", attribution.names[0]);
  all.add("untried", static_cast<double>(attribution.untried));
  all.add("runs", levers_json(attribution)).add("parts", to_json(parts));
  return all.text() + "\n";
}

}  // namespace chokepoint
