#include "sim/scenario/text/tokens.hpp"

#include <cctype>

#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {

namespace {

std::vector<std::size_t> line_begins(const std::string& text) {
  std::vector<std::size_t> begins{0};
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') begins.push_back(i + 1);
  }
  return begins;
}

// The tokenizer's complaint in our words.
std::string complaint(const std::string& message) {
  if (message.rfind("Interpreting non ascii", 0) == 0) return "this character belongs in quotes";
  if (message.rfind("String literals cannot", 0) == 0) return "the text is not closed on its line";
  if (message.rfind("Unexpected end of string", 0) == 0) return "the text is not closed";
  std::string ours = message;
  ours[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(ours[0])));
  if (ours.back() == '.') ours.pop_back();
  return ours;
}

}  // namespace

TextTokens::TextTokens(const std::string& text, const std::string& file, Diagnostics& found)
    : text_(text),
      file_(file),
      found_(found),
      input_(text.data(), static_cast<int>(text.size())),
      tokenizer_(&input_, this) {
  tokenizer_.set_comment_style(Tokenizer::SH_COMMENT_STYLE);
  if (text.find('\t') != std::string::npos) line_begins_ = line_begins(text);
  tokenizer_.Next();
}

bool TextTokens::is_symbol(char symbol) const {
  return type() == Tokenizer::TYPE_SYMBOL && text()[0] == symbol;
}

bool TextTokens::opens() const {
  return is_symbol('{') || is_symbol('<') || is_symbol('[');
}

bool TextTokens::closes() const {
  return is_symbol('}') || is_symbol('>') || is_symbol(']');
}

bool TextTokens::begins_line() const {
  return token_.line > previous_.line;
}

SourceLocation TextTokens::here() const {
  return location(token_.line, token_.column);
}

void TextTokens::next() {
  if (found_.is_full()) stop();
  if (!is_stopped_) tokenizer_.Next();
}

bool TextTokens::accept(char symbol) {
  if (!is_symbol(symbol)) return false;
  next();
  return true;
}

void TextTokens::skip_block() {
  int open = 0;
  do {
    open += opens() ? 1 : closes() ? -1 : 0;
    next();
  } while (open > 0 && !at_end());
}

void TextTokens::error(const SourceLocation& where, std::string message, std::string help) {
  if (is_stopped_ || where.line == malformed_line_) return;
  found_.error(where, std::move(message), std::move(help));
}

void TextTokens::AddError(int line, int column, const std::string& message) {
  const auto where = location(line, column);
  error(where, complaint(message));
  malformed_line_ = where.line;
}

// The tokenizer counts from 0 and lets a tab reach the next multiple of 8; we count bytes from 1.
SourceLocation TextTokens::location(int line, int column) const {
  if (line_begins_.empty()) return {file_, line + 1, column + 1};
  const std::size_t begin = line_begins_[static_cast<std::size_t>(line)];
  if (reached_.line != line || reached_.column > column) reached_ = {line, 0, begin};
  auto& [same_line, reached, at] = reached_;
  for (; reached < column && at < text_.size(); ++at) {
    reached += text_[at] == '\t' ? 8 - reached % 8 : 1;
  }
  return {file_, line + 1, static_cast<int>(at - begin) + 1};
}

}  // namespace chokepoint
