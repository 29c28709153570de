#pragma once

#include <cstddef>
#include <string>

namespace chokepoint {

/// Lines of a label and a text, for a terminal, the texts below each other and wrapped.
class LabeledLines {
public:
  /// Says nothing where `text` is empty.
  void add(const std::string& label, const std::string& text);
  /// A block of lines, each already ended and indented by text_indent().
  void add_block(const std::string& label, const std::string& block);

  const std::string& text() const { return text_; }
  static std::size_t text_indent();

private:
  std::string text_;
};

}  // namespace chokepoint
