#pragma once

#include <initializer_list>
#include <optional>
#include <string>

#include "models/sourced.hpp"
#include "sim/scenario/reading/reading.hpp"
#include "sim/scenario/reading/unit.hpp"

namespace chokepoint {

/// The figure in the Sourced field `field` of `at` in base units, checked and listed among the
/// world's inputs. Nothing where it is not written, or after a report.
std::optional<Sourced<double>> read_base_figure(Reading& reading, const Cursor& at,
                                                const std::string& field, const Unit& unit);

/// As above, as a quantity.
template <class Q>
std::optional<Sourced<Q>> read_figure(Reading& reading, const Cursor& at, const std::string& field,
                                      const Unit& unit) {
  const auto figure = read_base_figure(reading, at, field, unit);
  return figure ? std::optional(Sourced<Q>{Q{figure->value}, figure->input}) : std::nullopt;
}

/// As above; `fallback`, of no source, where it is not written or after a report.
inline Sourced<double> read_figure_or(Reading& reading, const Cursor& at, const std::string& field,
                                      const Unit& unit, double fallback) {
  const Sourced<double> unset{fallback, {}};
  return read_base_figure(reading, at, field, unit).value_or(unset);
}

/// Reports a figure that is not written.
void report_missing_figure(const Cursor& at, const std::string& field);

/// As read_figure(); reports a figure that is not written, and then is zero.
template <class Q>
Sourced<Q> read_required(Reading& reading, const Cursor& at, const std::string& field,
                         const Unit& unit) {
  const auto figure = read_figure<Q>(reading, at, field, unit);
  if (!figure) report_missing_figure(at, field);
  return figure.value_or(Sourced<Q>{});
}

/// A figure that the world does not hold, with the unit of its field.
struct ListedFigure {
  const char* field;
  Unit unit;
};

/// Checks and lists figures that no model uses yet, so that sweeps and readers find them.
void list_figures(Reading& reading, const Cursor& at, std::initializer_list<ListedFigure> figures);

/// Checks every SourcedText field of `at`, single or repeated: text, source and confidence.
void check_texts(const Reading& reading, const Cursor& at);

/// Checks the `source` and `confidence` fields of `at`.
void check_provenance(const Reading& reading, const Cursor& at, const std::string& source);

}  // namespace chokepoint
