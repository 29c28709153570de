#include "tools/zoom/zoom_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
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
                  "segments of {}: {}. {}",
                  run.asked.site, run.asked.days, run.asked.days == 1 ? "" : "s",
                  format_date(run.asked.from), run.world.name, differences,
                  agree ? "Both ways agree within 5 %."
                        : "They do not agree within 5 %: what both leave out is said below."),
      kTextWidth, 0);
}

std::string left_out(const ZoomedRun& run) {
  std::string text;
  for (const PlayedShare& share : run.played.shares) {
    const PlayedGroup& played = share.played;
    if (played.replicas_played == share.group.replicas && played.time_share >= 1) continue;
    if (played.replicas_played == 0) continue;
    text += fmt::format("Of {} on {}, {} of {} replicas were played, for {:.3g} % of the time.\n",
                        run.study.services[share.group.service.value].name,
                        run.study.pools[share.group.pool.value].name, played.replicas_played,
                        format_value(static_cast<double>(share.group.replicas)),
                        kPercent * played.time_share);
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
  Table table(
      "zoom_services",
      {Column("service", Type::Text, "service"), Column("pool", Type::Text, "pool"),
       Column("replicas", Type::Count, "replicas"),
       Column("devices_of_one", Type::Count, "of devices"),
       Column("requests_played", Type::Count, "requests"),
       Column("refused_pct", Type::Real, "refused, %"), Column("busy_pct", Type::Real, "busy, %"),
       Column("ttft_p50_s", Type::Real, "TTFT p50, s"),
       Column("ttft_p99_s", Type::Real, "TTFT p99, s"),
       Column("tpot_p50_ms", Type::Real, "TPOT p50, ms"),
       Column("tpot_p99_ms", Type::Real, "TPOT p99, ms")});
  for (const PlayedShare& share : run.played.shares) {
    const PlayedGroup& played = share.played;
    table.add_row({run.study.services[share.group.service.value].name,
                   run.study.pools[share.group.pool.value].name, share.group.replicas,
                   share.group.plan.devices(), played.requests, kPercent * played.refused_share,
                   kPercent * played.busy_share, played.ttft_p50.value,
                   played.ttft_p99.value, kMilliseconds * played.tpot_p50.value,
                   kMilliseconds * played.tpot_p99.value});
  }
  return table;
}

Table zoomed_jobs_table(const ZoomedRun& run) {
  Table table("zoom_jobs", {Column("job", Type::Text, "job"), Column("pool", Type::Text, "pool"),
                            Column("nodes", Type::Count, "nodes"),
                            Column("left_bn", Type::Real, "left, 1e9"),
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
  for (const Table& table : {zoomed_services_table(run), zoomed_jobs_table(run)}) {
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
