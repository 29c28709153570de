#include "tools/zoom/zoom_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

namespace chokepoint {
namespace {

constexpr double kBillion = 1e9, kJoulesPerMwh = 3.6e9, kMilliseconds = 1e3, kPercent = 100;
constexpr double kAgree = 5;  // Percent within which both ways are said to agree.

struct BothWays {
  const char* figure;
  double segments, zoomed;

  std::optional<double> difference_pct() const {
    if (segments == 0) return zoomed == 0 ? std::optional(0.0) : std::nullopt;
    return kPercent * (zoomed / segments - 1);
  }
};

std::vector<BothWays> figures_of(const ZoomedRun& run) {
  Tokens served, trained;
  for (const WatchedService& service : run.seen.services) served += service.served.served;
  for (const WatchedJob& job : run.seen.jobs) trained += job.trained;
  return {{"tokens served, 1e9", served.value / kBillion, run.played.served.value / kBillion},
          {"tokens trained, 1e9", trained.value / kBillion, run.played.trained.value / kBillion},
          {"energy, MWh", run.seen.energy.value / kJoulesPerMwh,
           run.played.energy.value / kJoulesPerMwh}};
}

std::string difference_words(const BothWays& both) {
  const auto difference = both.difference_pct();
  const std::string name(both.figure, std::string_view(both.figure).find(','));
  if (both.segments == 0 && both.zoomed == 0) return "no " + name;
  return name + " " + (difference ? format_percent(*difference) + " %" : "none by segments");
}

constexpr std::size_t kMostTold = 8;  // Pools, for people.

// The shares that a person is told of, those that serve most first.
std::vector<const PlayedShare*> shares_told(const ZoomedRun& run) {
  std::vector<const PlayedShare*> shares;
  for (const PlayedShare& share : run.played.shares) shares.push_back(&share);
  std::ranges::stable_sort(shares, std::greater<>(),
                           [](const PlayedShare* share) { return share->played.served; });
  if (shares.size() > kMostTold) shares.resize(kMostTold);
  return shares;
}

// Shares of which something was played.
std::vector<const PlayedShare*> played_shares(const ZoomedRun& run) {
  std::vector<const PlayedShare*> shares;
  for (const PlayedShare& share : run.played.shares) {
    if (share.played.requests > 0) shares.push_back(&share);
  }
  return shares;
}

// The least and the greatest that `value` says of shares, as text; empty of none.
std::string spread(const std::vector<const PlayedShare*>& shares,
                   const std::function<double(const PlayedShare&)>& value) {
  if (shares.empty()) return "";
  double least = value(*shares.front()), most = least;
  for (const PlayedShare* share : shares) {
    least = std::min(least, value(*share));
    most = std::max(most, value(*share));
  }
  const std::string low = format_rough(least), high = format_rough(most);
  return low == high ? low : low + " to " + high;
}

// Segments keep to the target between tokens of answers alone.
std::string late(const ZoomedRun& run) {
  const auto target = [&](const PlayedShare& share) {
    const InferenceService& service = run.study.services[share.group.service.value];
    return service.request.tpot_target.value.value;
  };
  auto shares = played_shares(run);
  std::erase_if(shares, [&](const PlayedShare* share) {
    return share->played.tpot_p50.value <= target(*share);
  });
  if (shares.empty()) return "";
  return fmt::format(
      " Half of the requests have {} ms between tokens and wait {} s for the first, where {} ms "
      "are "
      "the target: replicas run full batches, and prompts are read between tokens, which segments "
      "do not count.",
      spread(shares, [](const PlayedShare& s) { return kMilliseconds * s.played.tpot_p50.value; }),
      spread(shares, [](const PlayedShare& s) { return s.played.ttft_p50.value; }),
      spread(shares, [&](const PlayedShare& s) { return kMilliseconds * target(s); }));
}

std::string answer(const ZoomedRun& run) {
  std::string differences;
  bool agree = true;
  for (const BothWays& both : figures_of(run)) {
    differences += (differences.empty() ? "" : ", ") + difference_words(both);
    const auto difference = both.difference_pct();
    agree = agree && difference && std::abs(*difference) <= kAgree;
  }
  return paragraph(
      fmt::format("{} for {} day{} from {} on, node by node and request by request, beside the "
                  "segments of {}: {}. {} within 5 %.{}",
                  run.asked.site, run.asked.days, run.asked.days == 1 ? "" : "s",
                  format_date(run.asked.from), run.world.name, differences,
                  agree ? "Both ways agree" : "They do not agree", late(run)),
      kTextWidth, 0);
}

std::string left_out(const ZoomedRun& run) {
  std::string text;
  if (run.world.interrupted_jobs) {
    text += "Failures stop jobs of the long run, and none here: more is trained in the zoom.\n";
  }
  auto shares = played_shares(run);
  std::erase_if(shares, [](const PlayedShare* share) {
    return share->played.replicas_played == share->group.replicas && share->played.time_share >= 1;
  });
  if (!shares.empty()) {
    text += fmt::format(
        "Played were {} replicas of a pool for {} % of the time; the others count as these.\n",
        spread(shares,
               [](const PlayedShare& s) { return static_cast<double>(s.played.replicas_played); }),
        spread(shares, [](const PlayedShare& s) { return kPercent * s.played.time_share; }));
  }
  if (shares_told(run).size() < run.played.shares.size()) {
    text += fmt::format("{} more pools serve: zoom_services.csv has all of them.\n",
                        run.played.shares.size() - shares_told(run).size());
  }
  const NodeCount before = run.seen.powered_nodes(), after = run.seen.powered_at_end;
  if (before != after) {
    text += fmt::format(
        "Nodes with power went from {} to {} in these days of the long run; the study keeps {}.\n",
        format_value(static_cast<double>(before)), format_value(static_cast<double>(after)),
        format_value(static_cast<double>(before)));
  }
  return text;
}

Table services_table(const ZoomedRun& run, const std::vector<const PlayedShare*>& shares) {
  Table table(
      "zoom_services",
      {for_files(Column("service", Type::Text)), for_files(Column("pool", Type::Text)),
       for_people(Column("where", Type::Text, "service on pool")),
       Column("replicas", Type::Count, "replicas"),
       Column("devices_of_one", Type::Count, "devices of one"),
       Column("asked_bn", Type::Real, "asked, 1e9"), Column("served_bn", Type::Real, "served, 1e9"),
       Column("busy_pct", Type::Real, "busy, %"), Column("refused_pct", Type::Real, "refused, %"),
       for_files(Column("replicas_played", Type::Count)),
       for_files(Column("time_played_pct", Type::Real)),
       Column("requests_played", Type::Count, "requests played"),
       Column("ttft_p50_s", Type::Real, "TTFT p50, s"),
       Column("ttft_p99_s", Type::Real, "TTFT p99, s"),
       Column("tpot_p50_ms", Type::Real, "TPOT p50, ms"),
       Column("tpot_p99_ms", Type::Real, "TPOT p99, ms")});
  const std::size_t before_pool = run.asked.site.size() + 1;
  for (const PlayedShare* share : shares) {
    const PlayedGroup& played = share->played;
    const std::string& service = run.study.services[share->group.service.value].name;
    const std::string& pool = run.study.pools[share->group.pool.value].name;
    table.add_row({service, pool, service + " " + pool.substr(before_pool), share->group.replicas,
                   share->group.plan.devices(), share->demand.value / kBillion,
                   played.served.value / kBillion, kPercent * played.busy_share,
                   kPercent * played.refused_share, played.replicas_played,
                   kPercent * played.time_share, played.requests, played.ttft_p50.value,
                   played.ttft_p99.value, kMilliseconds * played.tpot_p50.value,
                   kMilliseconds * played.tpot_p99.value});
  }
  return table;
}

}  // namespace

Table zoom_table(const ZoomedRun& run) {
  Table table("zoom", {Column("figure", Type::Text, "figure"),
                       Column("by_segments", Type::Real, "by segments"),
                       Column("zoomed", Type::Real, "zoomed"),
                       Column("difference_pct", Type::Real, "difference, %", format_percent)});
  for (const BothWays& both : figures_of(run)) {
    table.add_row({both.figure, both.segments, both.zoomed, both.difference_pct()});
  }
  return table;
}

Table zoomed_services_table(const ZoomedRun& run) {
  std::vector<const PlayedShare*> all;
  for (const PlayedShare& share : run.played.shares) all.push_back(&share);
  return services_table(run, all);
}

Table zoomed_jobs_table(const ZoomedRun& run) {
  Table table("zoom_jobs",
              {Column("job", Type::Text, "job"), Column("pool", Type::Text, "pool"),
               Column("nodes", Type::Count, "nodes"), Column("left_bn", Type::Real, "left, 1e9"),
               Column("by_segments_bn", Type::Real, "by segments, 1e9"),
               Column("zoomed_bn", Type::Real, "zoomed, 1e9")});
  for (const WatchedJob& job : run.seen.jobs) {
    const std::string& name = run.world.training_jobs[job.job.value].name;
    const auto stay = std::ranges::find_if(run.played.stays, [&](const GangStay& one) {
      return run.study.training_jobs[one.job.value].name == name;
    });
    const bool trains = stay != run.played.stays.end();
    table.add_row({name, trains ? Cell(run.study.pools[stay->pool.value].name) : Cell(),
                   trains ? Cell(stay->nodes.size()) : Cell(), job.left.value / kBillion,
                   job.trained.value / kBillion, trains ? stay->trained.value / kBillion : 0.0});
  }
  return table;
}

std::string zoom_text(const ZoomedRun& run) {
  std::string text = answer(run) + "\n" + to_text(zoom_table(run));
  for (const Table& table : {services_table(run, shares_told(run)), zoomed_jobs_table(run)}) {
    if (!table.is_empty()) text += "\n" + to_text(table);
  }
  const std::string rest = left_out(run);
  return rest.empty() ? text : text + "\n" + rest;
}

JsonValue zoom_json(const ZoomedRun& run) {
  return JsonValue::object()
      .add("schema", "chokepoint.run.zoom/1")
      .add("scenario", run.world.name)
      .add("site", run.asked.site)
      .add("from", format_date(run.asked.from))
      .add("days", static_cast<double>(run.asked.days))
      .add("figures", to_json(zoom_table(run)))
      .add("services", to_json(zoomed_services_table(run)))
      .add("jobs", to_json(zoomed_jobs_table(run)));
}

}  // namespace chokepoint
