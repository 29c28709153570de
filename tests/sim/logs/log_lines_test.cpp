#include "sim/logs/log_lines.hpp"

#include <catch2/catch.hpp>

#include "tests/sim/logs/log_file.hpp"

namespace chokepoint {
namespace {

std::vector<std::string> lines_in(const std::string& text) {
  const LogFolder folder;
  LogLines lines(folder.file("log", text));
  std::vector<std::string> all;
  while (const auto line = lines.next()) {
    all.emplace_back(line->text);
    CHECK(line->number == all.size());
  }
  CHECK(lines.complaint().empty());
  return all;
}

TEST_CASE("log lines: end in LF, in CR LF, or with the log", "[logs]") {
  using Lines = std::vector<std::string>;
  CHECK(lines_in("").empty());
  CHECK(lines_in("a") == Lines{"a"});
  CHECK(lines_in("a\n") == Lines{"a"});
  CHECK(lines_in("a\r\n\nb\rc") == Lines{"a", "", "b\rc"});
  CHECK(lines_in("\xef\xbb\xbf"
                 "a\nb") == Lines{"a", "b"});
}

TEST_CASE("log lines: of any length stay whole", "[logs]") {
  std::string text;
  std::vector<std::string> expected;
  for (std::size_t size = 1; size < 3'000'000; size = size * 3 + 1) {
    expected.emplace_back(size, static_cast<char>('a' + expected.size()));
    text += expected.back() + "\n";
  }
  CHECK(lines_in(text) == expected);
}

TEST_CASE("log lines: looking at the head takes nothing away", "[logs]") {
  const LogFolder folder;
  LogLines lines(folder.file("log", "ab\ncd\n"));
  CHECK(lines.head(4) == "ab\nc");
  CHECK(lines.head(100) == "ab\ncd\n");
  CHECK(lines.next()->text == "ab");
}

TEST_CASE("log lines: a line can go on", "[logs]") {
  const LogFolder folder;
  LogLines lines(folder.file("log", "a\nb\nc\n" + std::string(400'000, 'x')));
  auto line = lines.next();
  CHECK(lines.extend(*line));
  CHECK(line->text == "a\nb");
  line = lines.next();
  CHECK(line->text == "c");
  CHECK(line->number == 3);
  CHECK(lines.extend(*line));
  CHECK(line->text.size() == 400'002);
  CHECK_FALSE(lines.extend(*line));
  CHECK(line->text == "c\n" + std::string(400'000, 'x'));
  CHECK_FALSE(lines.next());
}

TEST_CASE("log lines: one without an end is refused", "[logs]") {
  const LogFolder folder;
  LogLines lines(folder.file("log", "a\n" + std::string(LogLines::kLongestLine + 1'000'000, 'x')));
  CHECK(lines.next());
  CHECK_FALSE(lines.next());
  CHECK(lines.complaint() == "has a line of more than 8 MiB");
  CHECK(lines.number() == 2);
}

}  // namespace
}  // namespace chokepoint
