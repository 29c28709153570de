#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "sim/trace/naming.hpp"
#include "tools/page/ecosystem/ecosystem_page.hpp"
#include "tools/page/words.hpp"

namespace chokepoint {

namespace {

constexpr double kTrillion = 1e12;

std::string hue_of(std::uint32_t service, std::uint32_t mainland) {
  if (service == mainland) return "run";
  return service < mainland || service == mainland + 1 ? "second" : "third";
}

/// The service that holds most pools in the mainland; nothing where none does.
std::optional<std::uint32_t> mainland_service(const World& world) {
  std::optional<std::uint32_t> most;
  std::ptrdiff_t pools = 0;
  for (std::uint32_t i = 0; i < world.services.size(); ++i) {
    const auto there = std::ranges::count_if(world.services[i].shares, [&](const PoolShare& share) {
      return country_of(world, share.pool) == kHomeCountry;
    });
    if (there <= pools) continue;
    pools = there;
    most = i;
  }
  return most;
}

const DayTrack* track_of(const EcosystemRun* run, Counter counter, std::uint32_t service) {
  if (run == nullptr) return nullptr;
  const auto found = run->history->services.find({counter, service});
  return found == run->history->services.end() ? nullptr : &found->second;
}

/// Trillion tokens a day between this sample and the one before; nothing at the first.
std::map<Date, double> rate_of(const DayTrack& since_start) {
  std::map<Date, double> rates;
  for (auto at = since_start.begin(); at != since_start.end(); ++at) {
    if (at == since_start.begin()) continue;
    const auto before = std::prev(at);
    const double days = static_cast<double>((at->first - before->first).count());
    rates[at->first] = (at->second - before->second) / kTrillion / days;
  }
  return rates;
}

std::string served_title(const std::map<Date, double>& served,
                         const std::map<Date, double>& unmet) {
  const auto [day, last] = *served.rbegin();
  const double demand = last + unmet.rbegin()->second;
  const double share = demand > 0.0 ? last / demand : 0.0;
  return fmt::format("The mainland serves {} of the tokens that are asked for in {}",
                     percent_in_words(share), format_month(day));
}

std::optional<PageFigure> served_figure(const RunPair& pair, std::uint32_t service) {
  const DayTrack* served_since = track_of(&pair.run, Counter::TokensServed, service);
  const DayTrack* unmet_since = track_of(&pair.run, Counter::TokensUnmet, service);
  if (served_since == nullptr || unmet_since == nullptr || served_since->size() < 2) {
    return std::nullopt;
  }
  const DayTrack* base_since = track_of(pair.base, Counter::TokensServed, service);
  const auto served = rate_of(*served_since), unmet = rate_of(*unmet_since);
  const auto base = base_since != nullptr ? rate_of(*base_since) : std::map<Date, double>{};
  std::vector<Column> columns = {Column("day", Type::Day, "Day"),
                                 Column("served_trillion_tokens_per_day", Type::Real, "Served"),
                                 Column("demand_trillion_tokens_per_day", Type::Real, "Demand")};
  std::vector<DrawnColumn> drawn = {
      {"demand_trillion_tokens_per_day", "Demand", "quiet", false, "", ""},
      {"served_trillion_tokens_per_day", "Served", "run", false, "", ""}};
  if (!base.empty()) {
    columns.emplace_back("baseline_served_trillion_tokens_per_day", Type::Real, "Served, baseline");
    drawn.push_back(
        {"baseline_served_trillion_tokens_per_day", "Baseline", "baseline", true, "", ""});
  }
  Table table("tokens", std::move(columns));
  double all = 0.0;
  for (const auto& [day, rate] : served) {
    const auto missing = unmet.find(day);
    const double demand = rate + (missing == unmet.end() ? 0.0 : missing->second);
    all += demand;
    std::vector<Cell> row = {day, rate, demand};
    if (!base.empty()) {
      const auto there = base.find(day);
      row.push_back(there == base.end() ? Cell() : Cell(there->second));
    }
    table.add_row(std::move(row));
  }
  if (all <= 0.0) return std::nullopt;
  PageFigure figure{"tokens",
                    Form::Lines,
                    served_title(served, unmet),
                    fmt::format("Trillion tokens a day of the service \"{}\" since the sample "
                                "before: what was asked for and what the chips that it holds "
                                "could serve.",
                                pair.world().services[service].name),
                    pair.run.name + "/tables/services.csv",
                    std::move(table),
                    std::move(drawn),
                    "trillion tokens a day"};
  figure.has_events = true;
  figure.is_half = true;
  return figure;
}

std::optional<PageFigure> cost_figure(const RunPair& pair, std::uint32_t mainland) {
  std::vector<Column> columns = {Column("day", Type::Day, "Day")};
  std::vector<DrawnColumn> drawn;
  std::vector<const DayTrack*> tracks;
  const auto add = [&](const DayTrack* track, const std::string& name, const std::string& label,
                       const std::string& hue, bool is_dashed) {
    if (track == nullptr) return;
    const std::string column = name + "_usd_per_million_tokens";
    columns.emplace_back(column, Type::Real, label);
    drawn.push_back({column, label, hue, is_dashed, "", ""});
    tracks.push_back(track);
  };
  for (std::uint32_t i = 0; i < pair.world().services.size(); ++i) {
    const std::string& name = pair.world().services[i].name;
    add(track_of(&pair.run, Counter::TokenCost, i), name, name, hue_of(i, mainland), false);
  }
  add(track_of(pair.base, Counter::TokenCost, mainland), "baseline",
      pair.world().services[mainland].name + ", baseline", "baseline", true);
  if (tracks.empty()) return std::nullopt;
  std::map<Date, std::vector<Cell>> rows;
  for (std::size_t i = 0; i < tracks.size(); ++i) {
    for (const auto& [day, value] : *tracks[i]) {
      auto& row = rows.try_emplace(day, tracks.size()).first->second;
      if (value > 0.0) row[i] = value;
    }
  }
  Table table("token_cost", std::move(columns));
  for (auto& [day, row] : rows) {
    row.insert(row.begin(), Cell(day));
    table.add_row(std::move(row));
  }
  PageFigure figure{"token_cost",
                    Form::Lines,
                    "What a million tokens costs at full load",
                    "US dollars per million tokens, by service, devices and power at the prices "
                    "of the day; logarithmic.",
                    pair.run.name + "/trace.pftrace, counter token_cost",
                    std::move(table),
                    std::move(drawn),
                    "USD per million tokens"};
  figure.has_events = true;
  figure.is_half = true;
  figure.is_logarithmic = true;
  return figure;
}

}  // namespace

std::vector<PageFigure> token_figures(const RunPair& pair) {
  const auto mainland = mainland_service(pair.world());
  if (!mainland) return {};
  std::vector<PageFigure> figures;
  if (auto served = served_figure(pair, *mainland)) figures.push_back(std::move(*served));
  if (auto cost = cost_figure(pair, *mainland)) figures.push_back(std::move(*cost));
  return figures;
}

}  // namespace chokepoint
