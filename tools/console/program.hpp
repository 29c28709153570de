#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

namespace chokepoint {

/// A failure that says what to do about it.
class HelpedFailure : public std::runtime_error {
public:
  HelpedFailure(const std::string& message, std::string help)
      : std::runtime_error(message), help_(std::move(help)) {}

  /// One line, without "help: ".
  const std::string& help() const { return help_; }

private:
  std::string help_;
};

/// Opens those of the standard streams that are closed. One would give its number to the next file,
/// which would then be printed into.
void open_standard_streams();

/// Lets the first megabytes that the program allocates lie on large pages, where the system has
/// them. What reads a catalogue allocates small pieces, and finding a page for each four kilobytes
/// of them would take a third of its time.
void prefer_large_pages();

/// Prints "chokepoint: error: ..." with its help on stderr. A long line is cut in its middle. Of a
/// text of several lines, as a worker sends them, the first is the message and the others follow.
void complain(const std::string& message, const std::string& help,
              const std::string& program = "chokepoint");

/// What is wrong with `text` as a number for an option, written in decimal digits alone: no sign,
/// no other base, no leading zero. Empty where nothing is.
std::string number_complaint(const std::string& text, std::uint64_t least, std::uint64_t most);

/// What is wrong with `text` as a day that scenarios can have, YYYY-MM-DD in the years 2000 to
/// 2100.
std::string day_complaint(const std::string& text);

/// The same as a day or a moment.
std::string moment_text_complaint(const std::string& text);

/// What is wrong with `origin` as the last known day of a scenario that begins at `start` and is
/// run for `months` from there: it would end before it begins, or where scenarios cannot. Empty
/// where nothing is, and where `start` is no moment. Requires: `origin` is a day.
std::string origin_complaint(const std::string& start, const std::string& origin, int months);

}  // namespace chokepoint
