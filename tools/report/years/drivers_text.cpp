#include "tools/report/years/drivers_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tools/print/number_format.hpp"
#include "tools/print/table_width.hpp"
#include "tools/print/wrap.hpp"
#include "tools/report/answer/amounts.hpp"
#include "tools/report/answer/answer.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kNextNamed = 2, kLongestPath = 44;

bool is_driver(const Driver& driver) {
  return driver.chance <= kDriverChance;
}

std::string figure_called(const DrivenDifference& driven) {
  return fmt::format("{}{}{} in {}", driven.of.indicator, driven.of.subject.empty() ? "" : " ",
                     driven.of.subject, driven.of.year);
}

std::string index_words(const Driver& driver) {
  return fmt::format("{:.0f} % (+- {:.0f})", 100.0 * std::max(0.0, driver.first_order),
                     100.0 * driver.standard_error);
}

std::string first_sentence(const DrivenDifference& driven) {
  const Drivers& drivers = driven.drivers;
  const Driver& first = drivers.ranked.front();
  const std::string what =
      fmt::format("{}, {} less {}", figure_called(driven), driven.other, driven.base);
  if (!is_driver(first)) {
    return fmt::format(
        "No input stands out of {} by what it does to {}: over {} pairs of draws the strongest, "
        "{}, "
        "explains {}, and chance alone does as much {:.0f} times of 100.",
        format_value(double(drivers.inputs)), what, drivers.draws, first.path, index_words(first),
        100.0 * first.chance);
  }
  return fmt::format(
      "{} drives it most: it explains {} of how {} scatters over {} pairs of draws; chance does as "
      "much {:.1f} times of 100.",
      first.path, index_words(first), what, drivers.draws, 100.0 * first.chance);
}

std::string second_sentence(const DrivenDifference& driven) {
  const Driver& first = driven.drivers.ranked.front();
  std::string text = fmt::format("A standard deviation more of it {} {}",
                                 first.per_deviation < 0.0 ? "takes" : "adds",
                                 size_of_change(first.per_deviation, driven.of.unit));
  std::string next;
  std::size_t named = 0;
  for (const Driver& driver : driven.drivers.ranked) {
    if (&driver == &first || !is_driver(driver) || named == kNextNamed) continue;
    next += fmt::format("{}{} {}", named++ == 0 ? "" : ", ", driver.path, index_words(driver));
  }
  return text + (next.empty() ? "; no other input stands out." : fmt::format("; then {}.", next));
}

std::string third_sentence(const DrivenDifference& driven) {
  const Drivers& drivers = driven.drivers;
  return fmt::format(
      "These are first-order indices of independent draws: what stands out explains {:.0f} % "
      "together, the rest is {} inputs too weak to tell apart and what inputs do jointly.",
      100.0 * std::min(1.0, drivers.explained), format_value(double(drivers.inputs)));
}

std::string share_with_sign(double share) {
  return fmt::format("{:.0f}", 100.0 * share);
}

std::string cut_path(const std::string& path) {
  return path.size() <= kLongestPath ? path
                                     : path.substr(0, kLongestPath / 2 - 1) + ".." +
                                           path.substr(path.size() - (kLongestPath / 2 - 1));
}

Table table_of_drivers(const DrivenDifference& driven, bool is_for_people) {
  Table table("drivers", {Column("input", Type::Text),
                          Column("first_order_share", Type::Real, "%", share_with_sign),
                          Column("standard_error_share", Type::Real, "+-", share_with_sign),
                          Column("per_deviation", Type::Real, "per\ndeviation"),
                          Column("chance", Type::Real, "", format_fixed<3>),
                          for_files(Column("written", Type::Text))});
  for (const Driver& driver : driven.drivers.ranked) {
    const auto written = driven.written.find(driver.path);
    table.add_row({is_for_people ? cut_path(driver.path) : driver.path, driver.first_order,
                   driver.standard_error,
                   is_for_people ? Cell((driver.per_deviation < 0.0 ? "-" : "+") +
                                        size_of_change(driver.per_deviation, driven.of.unit))
                                 : Cell(driver.per_deviation),
                   driver.chance, written == driven.written.end() ? Cell() : written->second});
  }
  return table;
}

std::string written_text(const DrivenDifference& driven) {
  std::string text;
  for (const Driver& driver : driven.drivers.ranked) {
    const auto written = driven.written.find(driver.path);
    if (!is_driver(driver) || written == driven.written.end()) continue;
    text += paragraph(fmt::format("{} = {}", driver.path, written->second), kTableColumns, 2, 2);
  }
  return text.empty() ? "" : "\nAs written\n" + text;
}

}  // namespace

std::string drivers_text(const DrivenDifference& driven) {
  std::string text = first_sentence(driven) + "\n";
  text += is_driver(driven.drivers.ranked.front())
              ? second_sentence(driven) + "\n" + third_sentence(driven) + "\n"
              : "More draws tell more: run both with more of --draws.\n";
  const auto& band = driven.differs.band;
  text += fmt::format("\n{}: {} less {} is {}{}{}\n\n", figure_called(driven), driven.other,
                      driven.base, driven.differs.change < 0.0 ? "-" : "",
                      size_of_change(driven.differs.change, driven.of.unit),
                      band ? " " + band_of_changes(*band, driven.of.unit) : "");
  return text + to_text(table_of_drivers(driven, true)) + written_text(driven);
}

Table drivers_table(const DrivenDifference& driven) {
  return table_of_drivers(driven, false);
}

JsonValue drivers_json(const DrivenDifference& driven) {
  const auto& band = driven.differs.band;
  return JsonValue::object()
      .add("schema", "chokepoint.drivers/1")
      .add("run", driven.other)
      .add("baseline", driven.base)
      .add("indicator", driven.of.indicator)
      .add("subject", driven.of.subject)
      .add("unit", driven.of.unit)
      .add("year", double(driven.of.year))
      .add("difference", driven.differs.change)
      .add("low", band ? JsonValue(band->low) : JsonValue())
      .add("high", band ? JsonValue(band->high) : JsonValue())
      .add("certainty", name_of(driven.differs.certainty))
      .add("pairs", double(driven.drivers.draws))
      .add("inputs", double(driven.drivers.inputs))
      .add("standard_deviation", driven.drivers.deviation)
      .add("explained_share", driven.drivers.explained)
      .add("drivers", to_json(drivers_table(driven)));
}

}  // namespace chokepoint
