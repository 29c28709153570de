#pragma once

#include <ostream>
#include <streambuf>
#include <string>
#include <system_error>

namespace chokepoint {

/// What everything that the program prints goes through: while it stands, `stream` passes on lines
/// of text and nothing that steers a terminal. That is '?' instead, as in printable(); line ends
/// and tabs stay. What a text is cannot be told from where it is printed: scenarios, traces,
/// tables, the names of files and arguments all come from others.
class PrintableStream : private std::streambuf {
public:
  explicit PrintableStream(std::ostream& stream) : stream_(stream), below_(stream.rdbuf(this)) {}
  ~PrintableStream() override;
  PrintableStream(const PrintableStream&) = delete;
  PrintableStream& operator=(const PrintableStream&) = delete;

  /// Where what is printed goes: for those who draw on a terminal, and print nothing of others'.
  std::streambuf* below() const { return below_; }
  /// Why something could first not be passed on; none where everything was.
  std::error_code failure() const { return failure_; }

private:
  std::streamsize xsputn(const char* text, std::streamsize size) override;
  int_type overflow(int_type c) override;
  int sync() override;

  bool pass_on(const std::string& text);
  bool end_character();
  bool noted(bool passed);

  std::ostream& stream_;
  std::streambuf* below_;
  std::error_code failure_;
  std::string begun_;  ///< Of a character, the bytes that were printed.
};

}  // namespace chokepoint
