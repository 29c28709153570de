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

std::string share_words(double share, double error) {
  return fmt::format("{:.0f} % (+- {:.0f})", 100.0 * std::max(0.0, share), 100.0 * error);
}

std::string index_words(const Driver& driver) {
  return share_words(driver.first_order, driver.standard_error);
}

std::string difference_called(const DrivenDifference& driven) {
  return fmt::format("{}, {} less {}", figure_called(driven), driven.other, driven.base);
}

std::string first_sentence(const DrivenDifference& driven, const Drivers& drivers) {
  const Driver& first = drivers.ranked.front();
  const std::string what = difference_called(driven);
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

std::string second_sentence(const DrivenDifference& driven, const Drivers& drivers) {
  const Driver& first = drivers.ranked.front();
  std::string text = fmt::format("A standard deviation more of it {} {}",
                                 first.per_deviation < 0.0 ? "takes" : "adds",
                                 size_of_change(first.per_deviation, driven.of.unit));
  std::string next;
  std::size_t named = 0;
  for (const Driver& driver : drivers.ranked) {
    if (&driver == &first || !is_driver(driver) || named == kNextNamed) continue;
    next += fmt::format("{}{} {}", named++ == 0 ? "" : ", ", driver.path, index_words(driver));
  }
  return text + (next.empty() ? "; no other input stands out." : fmt::format("; then {}.", next));
}

std::string third_sentence(const Drivers& drivers) {
  return fmt::format(
      "These are first-order indices of independent draws: what stands out explains {:.0f} % "
      "together, the rest is {} inputs too weak to tell apart and what inputs do jointly.",
      100.0 * std::min(1.0, drivers.explained), format_value(double(drivers.inputs)));
}

std::string share_with_sign(double share) {
  return fmt::format("{:.0f}", std::round(100.0 * share) + 0.0);  // Never "-0".
}

std::string cut_path(const std::string& path) {
  return path.size() <= kLongestPath ? path
                                     : path.substr(0, kLongestPath / 2 - 1) + ".." +
                                           path.substr(path.size() - (kLongestPath / 2 - 1));
}

// What the scenario says of an input.
Cell written_of(const DrivenDifference& driven, const std::string& path) {
  const auto written = driven.written.find(path);
  return written == driven.written.end() ? Cell() : Cell(written->second);
}

Table table_of(const DrivenDifference& driven, const Drivers& drivers, bool is_for_people) {
  Table table("drivers", {Column("input", Type::Text),
                          Column("first_order_share", Type::Real, "%", share_with_sign),
                          Column("standard_error_share", Type::Real, "+-", share_with_sign),
                          Column("per_deviation", Type::Real, "per\ndeviation"),
                          Column("chance", Type::Real, "", format_fixed<3>),
                          for_files(Column("written", Type::Text))});
  for (const Driver& driver : drivers.ranked) {
    table.add_row({is_for_people ? cut_path(driver.path) : driver.path, driver.first_order,
                   driver.standard_error,
                   is_for_people ? Cell((driver.per_deviation < 0.0 ? "-" : "+") +
                                        size_of_change(driver.per_deviation, driven.of.unit))
                                 : Cell(driver.per_deviation),
                   driver.chance, written_of(driven, driver.path)});
  }
  return table;
}

Table table_of(const DrivenDifference& driven, const SobolIndices& indices, bool is_for_people) {
  Table table("drivers", {Column("input", Type::Text),
                          Column("first_order_share", Type::Real, "alone\n%", share_with_sign),
                          Column("standard_error_share", Type::Real, "+-", share_with_sign),
                          Column("total_share", Type::Real, "with others\n%", share_with_sign),
                          Column("total_standard_error_share", Type::Real, "+-", share_with_sign),
                          for_files(Column("written", Type::Text))});
  for (const SobolIndex& index : indices.ranked) {
    table.add_row({is_for_people ? cut_path(index.path) : index.path, index.alone,
                   index.alone_error, index.in_all, index.in_all_error,
                   written_of(driven, index.path)});
  }
  return table;
}

std::string written_text(const DrivenDifference& driven, const std::vector<std::string>& paths) {
  std::string text;
  for (const std::string& path : paths) {
    const auto written = driven.written.find(path);
    if (written == driven.written.end()) continue;
    text += paragraph(fmt::format("{} = {}", path, written->second), kTableColumns, 2, 2);
  }
  return text.empty() ? "" : "\nAs written\n" + text;
}

std::string difference_text(const DrivenDifference& driven) {
  const auto& band = driven.differs.band;
  return fmt::format("\n{}: {} less {} is {}{}{}\n\n", figure_called(driven), driven.other,
                     driven.base, driven.differs.change < 0.0 ? "-" : "",
                     size_of_change(driven.differs.change, driven.of.unit),
                     band ? " " + band_of_changes(*band, driven.of.unit) : "");
}

// What both kinds of draws have in common.
JsonValue difference_json(const DrivenDifference& driven) {
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
      .add("certainty", name_of(driven.differs.certainty));
}

// "a 30 % (+- 4) alone and 41 % (+- 5) with others".
std::string both_indices(const SobolIndex& index) {
  return fmt::format("{} alone and {} with others", share_words(index.alone, index.alone_error),
                     share_words(index.in_all, index.in_all_error));
}

std::string design_sentences(const DrivenDifference& driven, const SobolIndices& indices) {
  std::string named, others;
  double alone = 0.0;
  for (const SobolIndex& index : indices.ranked) {
    alone += index.alone;
    if (index.path == kOtherInputs) {
      others = fmt::format("All inputs that are not named explain {}.\n", both_indices(index));
    } else if (named.empty()) {
      named = fmt::format(
          "Of the inputs named {} drives it most: it explains {}, of how {} scatters over {} rows "
          "of "
          "a Saltelli design.\n",
          index.path, both_indices(index), difference_called(driven), indices.rows);
    }
  }
  return named + others +
         fmt::format(
             "All alone explain {:.0f} % together; the rest is what inputs do jointly, which "
             "counts "
             "for each of them in what they explain with others.\n",
             100.0 * std::clamp(alone, 0.0, 1.0));
}

}  // namespace

std::string drivers_text(const DrivenDifference& driven, const Drivers& drivers) {
  std::string text = first_sentence(driven, drivers) + "\n";
  text += is_driver(drivers.ranked.front())
              ? second_sentence(driven, drivers) + "\n" + third_sentence(drivers) + "\n"
              : "More draws tell more: run both with more of --draws.\n";
  std::vector<std::string> paths;
  for (const Driver& driver : drivers.ranked) {
    if (is_driver(driver)) paths.push_back(driver.path);
  }
  return text + difference_text(driven) + to_text(table_of(driven, drivers, true)) +
         written_text(driven, paths);
}

std::string drivers_text(const DrivenDifference& driven, const SobolIndices& indices) {
  std::vector<std::string> paths;
  for (const SobolIndex& index : indices.ranked) paths.push_back(index.path);
  return design_sentences(driven, indices) + difference_text(driven) +
         to_text(table_of(driven, indices, true)) + written_text(driven, paths);
}

Table drivers_table(const DrivenDifference& driven, const Drivers& drivers) {
  return table_of(driven, drivers, false);
}

Table drivers_table(const DrivenDifference& driven, const SobolIndices& indices) {
  return table_of(driven, indices, false);
}

JsonValue drivers_json(const DrivenDifference& driven, const Drivers& drivers) {
  return difference_json(driven)
      .add("pairs", double(drivers.draws))
      .add("inputs", double(drivers.inputs))
      .add("standard_deviation", drivers.deviation)
      .add("explained_share", drivers.explained)
      .add("drivers", to_json(drivers_table(driven, drivers)));
}

JsonValue drivers_json(const DrivenDifference& driven, const SobolIndices& indices) {
  return difference_json(driven)
      .add("rows", double(indices.rows))
      .add("standard_deviation", indices.deviation)
      .add("drivers", to_json(drivers_table(driven, indices)));
}

}  // namespace chokepoint
