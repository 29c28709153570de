#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <utility>

#include "sim/trace/naming.hpp"
#include "tools/page/ecosystem/ecosystem_page.hpp"
#include "tools/page/words.hpp"

namespace chokepoint {

namespace {

constexpr std::size_t kMostDevices = 14;

/// In the order of StageKind; the last where no stage is named.
struct Scarcity {
  const char* word;
  const char* hue;
};
constexpr std::array kScarcities = {Scarcity{"Machines", "fifth"},  Scarcity{"Logic dies", "run"},
                                    Scarcity{"Logic dies", "run"},  Scarcity{"Memory", "second"},
                                    Scarcity{"Packaging", "third"}, Scarcity{"Cards", "fourth"},
                                    Scarcity{"Other", "quiet"}};

const Scarcity& scarcity_of(const World& world, const SupplyBottleneck& shortage) {
  if (!shortage.stage) return kScarcities.back();
  return kScarcities[static_cast<std::size_t>(world.supply.stages[shortage.stage->value].kind)];
}

struct Span {
  Date from, to;
  const Scarcity* scarcity;
  std::string stage;
};

struct Lane {
  DeviceId device;
  double weight = 0.0;  ///< H100e that were made in the months in which it was short.
  std::vector<Span> spans;
};

/// By device; months in a row for the same reason are one span.
std::map<DeviceId, Lane> lanes_of(const EcosystemRun& run) {
  const World& world = *run.world;
  std::map<DeviceId, Lane> lanes;
  for (const SupplyBottleneck& shortage : run.history->shortages) {
    const Date month = first_of_month(world.calendar().date_at(shortage.time));
    Lane& lane = lanes[shortage.device];
    lane.device = shortage.device;
    lane.weight += shortage.units * world.worth[shortage.device.value].h100e_peak;
    const Scarcity& scarcity = scarcity_of(world, shortage);
    const std::string stage(view_of(world, shortage.stage));
    if (!lane.spans.empty() && lane.spans.back().to == month && lane.spans.back().stage == stage) {
      lane.spans.back().to = add_months(month, 1);
    } else {
      lane.spans.push_back({month, add_months(month, 1), &scarcity, stage});
    }
  }
  return lanes;
}

/// Devices of domestic vendors alone, if there are any: what others make is not for here.
std::vector<Lane> shown_lanes(const EcosystemRun& run) {
  std::vector<Lane> lanes;
  for (auto& [device, lane] : lanes_of(run)) {
    if (exporter_of(*run.world, device) == kHomeCountry) lanes.push_back(std::move(lane));
  }
  std::ranges::stable_sort(lanes, std::greater(), &Lane::weight);
  if (lanes.size() > kMostDevices) lanes.resize(kMostDevices);
  std::ranges::stable_sort(lanes, std::less(),
                           [](const Lane& lane) { return lane.spans.front().from; });
  return lanes;
}

/// What held back longest in the last year, and in how many of the shown devices' months.
std::string shortage_title(const std::vector<Lane>& lanes, int year) {
  std::map<std::string, double> months;
  double all = 0.0;
  for (const Lane& lane : lanes) {
    for (const Span& span : lane.spans) {
      for (Date month = span.from; month < span.to; month = add_months(month, 1)) {
        if (year_of(month) != year) continue;
        months[span.scarcity->word] += 1.0;
        all += 1.0;
      }
    }
  }
  if (all == 0.0) return fmt::format("Nothing held back the makers of domestic chips in {}", year);
  const auto most = std::ranges::max_element(months, {}, [](const auto& of) { return of.second; });
  return fmt::format(
      "{} {} domestic chips most often in {}: {} of the months in which one was "
      "short",
      most->first, most->first.back() == 's' ? "hold back" : "holds back", year,
      percent_in_words(most->second / all));
}

}  // namespace

std::vector<PageFigure> shortage_figures(const RunPair& pair) {
  const auto lanes = shown_lanes(pair.run);
  const auto years = whole_years(pair.run);
  if (lanes.empty() || years.empty()) return {};
  Table table("what_binds", {Column("lane", Type::Text, "Device"), Column("from", Type::Day),
                             Column("to", Type::Day), Column("kind", Type::Text, "Short of"),
                             Column("stage", Type::Text, "Stage")});
  std::vector<DrawnColumn> drawn;
  for (const Lane& lane : lanes) {
    for (const Span& span : lane.spans) {
      table.add_row({name_of(pair.world(), lane.device), span.from, span.to, span.scarcity->word,
                     span.stage});
      const bool is_known = std::ranges::any_of(
          drawn, [&](const DrawnColumn& known) { return known.column == span.scarcity->word; });
      if (is_known) continue;
      drawn.push_back(
          {span.scarcity->word, span.scarcity->word, span.scarcity->hue, false, "", ""});
    }
  }
  PageFigure figure{"what_binds",
                    Form::Spans,
                    shortage_title(lanes, years.back()),
                    fmt::format("Months in which more of a domestic device was wanted than could "
                                "be made, and the stage in the minimum cut whose next unit would "
                                "have helped most; the {} devices of which most compute was made. "
                                "White: not short, or not made.",
                                lanes.size()),
                    pair.run.name + "/tables/bottlenecks.csv",
                    std::move(table),
                    std::move(drawn)};
  figure.has_events = true;
  return {std::move(figure)};
}

}  // namespace chokepoint
