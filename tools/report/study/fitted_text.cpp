#include "tools/report/study/study_text.hpp"

#include <fmt/format.h>

#include "sim/scenario/text/path.hpp"

namespace chokepoint {

namespace {

/// Messages around a figure, as text before and behind it.
struct Block {
  std::string open, indent, close;
};

Block block_of(const std::vector<PathSegment>& segments) {
  Block block;
  for (const PathSegment& segment : segments) {
    block.open += block.indent + segment.field + " {\n";
    block.close.insert(0, block.indent + "}\n");
    block.indent += "  ";
    if (segment.key) block.open += block.indent + "name: \"" + *segment.key + "\"\n";
  }
  return block;
}

}  // namespace

std::string fitted_text(const Composed& composed, const FitMethod& method, const Fit& fit) {
  std::string text, opened, closing;
  for (std::size_t i = 0; i < method.paths.size(); ++i) {
    const auto& prior =
        dynamic_cast<const pb::Sourced&>(*find_message(composed.scenario, method.paths[i]));
    auto segments = parse_path(method.paths[i]).value();
    const std::string field = segments.back().field;
    segments.pop_back();
    const Block around = block_of(segments);
    if (around.open != opened) text += closing + around.open;
    opened = around.open;
    closing = around.close;
    text += fmt::format(
        "{0}{1} {{\n"
        "{0}  value: {2:.4g} low: {3:.4g} high: {4:.4g} source: \"fitted\" confidence: ESTIMATED\n"
        "{0}  note: \"{5:+.2f} standard deviations from the prior, {6:.4g}\"\n"
        "{0}}}\n",
        around.indent, field, fit.values[i], prior.low(), prior.high(), fit.z[i], prior.value());
  }
  return text + closing;
}

}  // namespace chokepoint
