#include "sim/sweep/replicas.hpp"

namespace chokepoint {

void add_yearly(const Figures& figures, pb::RunFigures& found) {
  for (const auto& [key, value] : figures) {
    pb::YearlyFigure& figure = *found.add_yearly();
    figure.set_year(key.year);
    figure.set_indicator(key.indicator);
    figure.set_subject(key.subject);
    figure.set_unit(key.unit);
    figure.set_value(value);
  }
}

Figures yearly_in(const pb::RunFigures& found) {
  Figures figures;
  for (const pb::YearlyFigure& figure : found.yearly()) {
    figures.emplace_hint(
        figures.end(),
        YearlyKey{figure.indicator(), figure.subject(), figure.unit(), figure.year()},
        figure.value());
  }
  return figures;
}

}  // namespace chokepoint
