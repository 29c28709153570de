#include "tools/console/program.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <memory>
#include <sstream>
#include <system_error>

#include "models/calendar.hpp"
#include "sim/scenario/text/characters.hpp"
#include "sim/scenario/text/moment_complaint.hpp"
#include "sim/scenario/text/phrases.hpp"

namespace chokepoint {
namespace {

std::string shown(const std::string& line) {
  constexpr std::size_t kLongest = 600;
  return printable(shortened(line, kLongest));
}

std::string years_complaint(const std::string& text, const Date& day) {
  return is_in_years(day) ? "" : in_quotes(text) + " is outside the years 2000 to 2100";
}

}  // namespace

void open_standard_streams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) < 0) open("/dev/null", O_RDONLY);  // Takes the lowest free number.
  }
}

void prefer_large_pages() {
  constexpr std::size_t kLarge = 2U << 20U, kAtFirst = 4 * kLarge;
  mallopt(M_MMAP_THRESHOLD, static_cast<int>(2 * kAtFirst));  // So that it is taken from the heap,
  mallopt(M_TRIM_THRESHOLD, static_cast<int>(8 * kAtFirst));  // and stays there.
  void* first = std::malloc(kAtFirst);
  void* large = first;
  std::size_t space = kAtFirst;
  if (std::align(kLarge, kLarge, large, space) != nullptr) madvise(large, space, MADV_HUGEPAGE);
  std::free(first);
}

void complain(const std::string& message, const std::string& help, const std::string& program) {
  constexpr int kMostLines = 20;
  std::istringstream lines(message);
  std::string line;
  std::getline(lines, line);
  std::cerr << program << ": error: " << shown(line) << "\n";
  for (int i = 1; i < kMostLines && std::getline(lines, line); ++i)
    std::cerr << shown(line) << "\n";
  if (!help.empty()) std::cerr << "  help: " << shown(help) << "\n";
}

std::string number_complaint(const std::string& text, std::uint64_t least, std::uint64_t most) {
  std::uint64_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(text.data(), end, value);
  const bool is_number =
      failed == std::errc() && stop == end && (text.size() == 1 || text[0] != '0');
  if (is_number && value >= least && value <= most) return "";
  const bool is_unbounded = most == std::numeric_limits<std::uint64_t>::max();
  return fmt::format("{} is not a whole number from {} to {}", in_quotes(text), least,
                     is_unbounded ? "2^64 - 1" : std::to_string(most));
}

std::string day_complaint(const std::string& text) {
  const auto day = parse_date(text);
  return day ? years_complaint(text, *day) : in_quotes(text) + " is not a day, YYYY-MM-DD";
}

std::string moment_text_complaint(const std::string& text) {
  const auto complaint = moment_complaint(text);
  if (complaint) return in_quotes(text) + " is " + complaint->wrong + "; " + complaint->help;
  return years_complaint(text, std::chrono::floor<std::chrono::days>(*parse_moment(text)));
}

std::string origin_complaint(const std::string& start, const std::string& origin, int months) {
  const auto begins = parse_moment(start);
  const Date ends = add_months(parse_date(origin).value(), months);
  if (begins && Moment(ends) <= *begins) {
    return fmt::format(
        "from {} nothing can be forecast: {} months later the scenario has not begun", origin,
        months);
  }
  return is_in_years(ends) ? ""
                           : fmt::format("the {} months from {} end after 2100", months, origin);
}

}  // namespace chokepoint
