#pragma once

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

#include <string>
#include <vector>

#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

/// The tokens of one text, one after the other, and the reports about them.
class TextTokens : private google::protobuf::io::ErrorCollector {
public:
  using Tokenizer = google::protobuf::io::Tokenizer;

  /// All must outlive the tokens. `file` names the text in reports.
  TextTokens(const std::string& text, const std::string& file, Diagnostics& found);

  Tokenizer::TokenType type() const { return is_stopped_ ? Tokenizer::TYPE_END : token_.type; }
  const std::string& text() const { return token_.text; }
  /// True behind the last token, once more errors were found than are kept, and after stop().
  bool at_end() const { return type() == Tokenizer::TYPE_END; }
  bool is_symbol(char symbol) const;
  /// True for any of "{ < [" and of "} > ]".
  bool opens() const;
  bool closes() const;
  /// True where the token stands on a later line than the one before it.
  bool begins_line() const;
  /// Where the token stands.
  SourceLocation here() const;

  void next();
  /// Passes all that is left, unread; what follows from that is not reported.
  void stop() { is_stopped_ = true; }
  /// Passes the token if it is `symbol`.
  bool accept(char symbol);
  /// Passes everything from the opening bracket that is the token to the one that closes it.
  void skip_block();

  /// Reports an error, unless the tokens of its line were malformed already.
  void error(const SourceLocation& where, std::string message, std::string help = "");

private:
  void AddError(int line, int column, const std::string& message) override;
  SourceLocation location(int line, int column) const;

  const std::string& text_;
  SharedName file_;
  Diagnostics& found_;
  google::protobuf::io::ArrayInputStream input_;
  Tokenizer tokenizer_;
  const Tokenizer::Token& token_ = tokenizer_.current();
  const Tokenizer::Token& previous_ = tokenizer_.previous();
  std::vector<std::size_t> line_begins_;  ///< Offsets of lines; empty where no tab is in the text.
  bool is_stopped_ = false;
  int malformed_line_ = 0;  ///< Last line whose tokens were malformed.

  /// A byte of a line with tabs, and the column that the tokenizer counts there.
  struct Reached {
    int line = -1;
    int column = 0;
    std::size_t at = 0;
  };
  mutable Reached reached_;  ///< The last place asked for: from there on a line is counted once.
};

}  // namespace chokepoint
