#include "tools/report/study/study_text.hpp"

#include <fmt/format.h>

#include "tools/print/table.hpp"

namespace chokepoint {

namespace {

constexpr double kLeastShown = 0.001;

/// "delivered mainland/* -3.1 %", over the years.
std::string most_text(const Movement& most) {
  const std::string what = fmt::format("{} {}", most.indicator, most.subject);
  if (most.before <= 0.0) return fmt::format("{}, which was none", what);
  return fmt::format("{} {:+.1f} %", what, 100.0 * (most.after / most.before - 1.0));
}

}  // namespace

std::string sensitivities_text(const std::vector<Sensitivity>& ranked,
                               const std::map<std::string, ExplainedValue>& by_path) {
  Table table("sensitivity",
              {"figure", Column("value", Type::Real), "confidence", "source",
               Column("moved_share", "a fifth\nless moves", format_share<1>), "most_of_all"});
  std::size_t still = 0, stuck = 0;
  for (const Sensitivity& one : ranked) {
    if (!one.moves) {
      ++stuck;
    } else if (*one.moves < kLeastShown) {
      ++still;
    } else {
      const ExplainedValue& written = by_path.at(one.path);
      table.add_row({one.path, written.value, written.confidence, written.source, one.moves,
                     most_text(one.most)});
    }
  }
  std::string text = table.is_empty() ? "" : to_text(table);
  text += fmt::format("{} {} the run by less than {:.1f} %\n", still,
                      still == 1 ? "other moves" : "others move", 100.0 * kLeastShown);
  if (stuck > 0) text += fmt::format("{} cannot be a fifth less\n", stuck);
  return text;
}

}  // namespace chokepoint
