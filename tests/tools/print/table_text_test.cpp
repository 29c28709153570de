#include <rapidcheck.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

std::vector<std::string> text_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST_CASE("table: one that is too wide for people breaks between groups", "[report][text]") {
  Table table("t", {{"k"},
                    {"a", Type::Real, "aaaa", nullptr, 1},
                    {"a_part", Type::Real, "%", nullptr, 1},
                    {"b", Type::Real, "bbbb", nullptr, 2},
                    {"b_part", Type::Real, "%", nullptr, 2}});
  table.add_row({"x", 1, 2, 3, 4});
  // Key, gap, four, gap, one: 10 characters; with the second group 10 + 2 + 4 + 2 + 1 = 19.
  const std::string whole =
      "k  aaaa  %  bbbb  %\n"
      "-  ----  -  ----  -\n"
      "x     1  2     3  4\n";
  const std::string broken =
      "k  aaaa  %\n"
      "-  ----  -\n"
      "x     1  2\n"
      "\n"
      "k  bbbb  %\n"
      "-  ----  -\n"
      "x     3  4\n";
  CHECK(to_text(table, 19) == whole);
  CHECK(to_text(table, 18) == broken);
  CHECK(to_text(table, 1) == broken);
}

TEST_CASE("table: long texts stand below their rows where rows are too wide", "[report][text]") {
  Table table("t", {{"plan", Type::Text}, {"time_s", Type::Real}, {"why_behind", Type::Text}});
  table.add_row({"eight ways of tensors, four stages", 5, ""});
  table.add_row({"four ways of tensors, eight stages", 6, "a fifth slower, most of it bubble"});
  CHECK(to_text(table, 60) ==
        "plan                                time s\n"
        "----------------------------------  ------\n"
        "eight ways of tensors, four stages       5\n"
        "four ways of tensors, eight stages       6\n"
        "    why behind: a fifth slower, most of it bubble\n");
  CHECK(to_text(table, 40) ==
        "time s\n"
        "------\n"
        "     5\n"
        "    eight ways of tensors, four stages\n"
        "     6\n"
        "    four ways of tensors, eight stages;\n"
        "    why behind: a fifth slower, most of\n"
        "    it bubble\n");
}

TEST_CASE("table: every block has the columns that tell its rows apart", "[report][text]") {
  const auto table = [](const char* first, const char* second) {
    Table made(
        "t",
        {{"work", Type::Text}, {"kind", Type::Text}, {first, Type::Real}, {second, Type::Real}});
    made.add_row({"read", "gpu", 1, 5});
    made.add_row({"read", "npu", 2, 6});
    return made;
  };
  CHECK(to_text(table("a", "b"), 24) ==
        "work  kind  a  b\n"
        "----  ----  -  -\n"
        "read  gpu   1  5\n"
        "read  npu   2  6\n");
  CHECK(to_text(table("alpha", "beta"), 20) ==
        "work  kind  alpha\n"
        "----  ----  -----\n"
        "read  gpu       1\n"
        "read  npu       2\n"
        "\n"
        "work  kind  beta\n"
        "----  ----  ----\n"
        "read  gpu      5\n"
        "read  npu      6\n");
}

TEST_CASE("law: no table that begins with a narrow column is wider than asked, and nothing is lost",
          "[report][text][law]") {
  CHECK(rc::check([] {
    const auto columns = *rc::gen::inRange<std::size_t>(1, 12);
    std::vector<Column> made;
    for (std::size_t i = 0; i < columns; ++i) {
      const Type type = i == 0 ? Type::Count : *rc::gen::element(Type::Text, Type::Count);
      made.emplace_back("c" + std::to_string(i), type);
    }
    Table table("t", made);
    for (int row = 0; row < 3; ++row) {
      std::vector<Cell> cells;
      for (const Column& column : made) {
        std::string words(*rc::gen::inRange<std::size_t>(1, column.type == Type::Text ? 120 : 12),
                          'x');
        for (std::size_t at = 9; at < words.size(); at += 10) words[at] = ' ';
        cells.emplace_back(words + "x");
      }
      table.add_row(std::move(cells));
    }
    for (const auto& line : text_lines(to_text(table))) RC_ASSERT(line.size() <= kTableColumns);
    // Nothing is lost, wherever it stands.
    const std::string text = to_text(table);
    std::size_t told = 0, known = 0;
    for (const char c : text) told += c == 'x' ? 1 : 0;
    for (const auto& row : table.rows()) {
      for (const Cell& cell : row) known += std::ranges::count(std::get<std::string>(cell), 'x');
    }
    RC_ASSERT(told >= known);
  }));
}

}  // namespace
}  // namespace chokepoint
