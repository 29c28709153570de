#include "tools/console/printable_stream.hpp"

#include <algorithm>
#include <cerrno>
#include <string_view>

#include "sim/scenario/text/characters.hpp"

namespace chokepoint {
namespace {

bool is_printed_as_it_is(char c) {
  return (c >= ' ' && c <= '~') || c == '\n' || c == '\t';
}

// Bytes at the end of `text` that begin a character and do not end it.
std::size_t begun_at_end(std::string_view text) {
  const auto size_by_lead = [](unsigned char lead) -> std::size_t {
    return lead >= 0xF0 && lead <= 0xF4   ? 4
           : lead >= 0xE0 && lead <= 0xEF ? 3
           : lead >= 0xC2 && lead <= 0xDF ? 2
                                          : 0;
  };
  const std::size_t most = std::min<std::size_t>(3, text.size());
  for (std::size_t back = 1; back <= most; ++back) {
    const auto byte = static_cast<unsigned char>(text[text.size() - back]);
    if (is_continuation(static_cast<char>(byte))) continue;
    return size_by_lead(byte) > back ? back : 0;
  }
  return 0;
}

}  // namespace

PrintableStream::~PrintableStream() {
  end_character();
  stream_.rdbuf(below_);
}

std::streamsize PrintableStream::xsputn(const char* text, std::streamsize size) {
  const bool is_all_plain = begun_.empty() && std::all_of(text, text + size, is_printed_as_it_is);
  if (is_all_plain) return noted(below_->sputn(text, size) == size) ? size : 0;
  std::string all = begun_ + std::string(text, static_cast<std::size_t>(size));
  begun_ = all.substr(all.size() - begun_at_end(all));
  all.resize(all.size() - begun_.size());
  std::string shown;
  shown.reserve(all.size());
  for (std::string_view left = all; !left.empty();) {
    const std::size_t end = std::min(left.find('\n'), left.size());
    shown += printable(left.substr(0, end));
    if (end < left.size()) shown += '\n';
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return pass_on(shown) ? size : 0;
}

PrintableStream::int_type PrintableStream::overflow(int_type c) {
  if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
  const char byte = traits_type::to_char_type(c);
  return xsputn(&byte, 1) == 1 ? c : traits_type::eof();
}

int PrintableStream::sync() {
  return end_character() && noted(below_->pubsync() == 0) ? 0 : -1;
}

bool PrintableStream::pass_on(const std::string& text) {
  const auto size = static_cast<std::streamsize>(text.size());
  return noted(below_->sputn(text.data(), size) == size);
}

bool PrintableStream::noted(bool passed) {
  if (!passed && !failure_) failure_ = {errno == 0 ? EIO : errno, std::generic_category()};
  return passed;
}

/// Nobody flushes in the middle of a character.
bool PrintableStream::end_character() {
  const std::string shown = printable(begun_);
  begun_.clear();
  return pass_on(shown);
}

}  // namespace chokepoint
