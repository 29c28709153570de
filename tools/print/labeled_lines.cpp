#include "tools/print/labeled_lines.hpp"

#include <algorithm>

#include "tools/print/wrap.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kLabel = 13;

std::string margin_of(const std::string& label) {
  return std::string(kIndent, ' ') + label +
         std::string(std::max(kLabel, label.size() + 1) - label.size(), ' ');
}

}  // namespace

void LabeledLines::add(const std::string& label, const std::string& text) {
  if (text.empty()) return;
  add_block(label, paragraph(text, kTextWidth, text_indent()));
}

void LabeledLines::add_block(const std::string& label, const std::string& block) {
  if (block.empty()) return;
  text_ += margin_of(label) + block.substr(std::min(text_indent(), block.size()));
}

std::size_t LabeledLines::text_indent() {
  return kIndent + kLabel;
}

}  // namespace chokepoint
