#include "sim/measure/logs/log_source.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("log source: places count lines and columns from 1", "[measure][logs]") {
  const std::string text = "ab\ncd\n";
  const LogSource source("f", text);
  CHECK(source.place(std::size_t{0}) == SourceLocation{"f", 1, 1});
  CHECK(source.place(std::size_t{4}) == SourceLocation{"f", 2, 2});
  CHECK(source.place(source.text().substr(3)) == SourceLocation{"f", 2, 1});
  CHECK(source.whole() == SourceLocation{"f", 0, 0});
}

TEST_CASE("log source: lines lose their ends, of either kind", "[measure][logs]") {
  std::string_view rest = "a\r\nb\n\nc";
  CHECK(next_line(rest) == "a");
  CHECK(next_line(rest) == "b");
  CHECK(next_line(rest).empty());
  CHECK(next_line(rest) == "c");
  CHECK(rest.empty());
}

TEST_CASE("log source: arguments by exactly their name", "[measure][logs]") {
  CHECK(argument_in("moe_tp_size=None, tp_size=8, x", "tp_size") == "8, x");
  CHECK(argument_in("{'tp_size': 8}", "tp_size") == "8}");
  CHECK(argument_in("tp_size=", "tp_size") == "");
  CHECK_FALSE(argument_in("moe_tp_size=8, tp_size_max=3, tp_size", "tp_size").has_value());
  CHECK_FALSE(argument_in("", "tp_size").has_value());
}

TEST_CASE("log source: numbers as people and programs write them", "[measure][logs]") {
  CHECK(number_at(" 412,736 tokens") == 412736.0);
  CHECK(number_at("10.08x") == 10.08);
  CHECK(number_at(" ....... 4096") == 4096.0);
  CHECK(number_at("=.5") == 0.5);
  CHECK(number_at("1,") == 1.0);
  CHECK(number_at("1e3 ms") == 1000.0);
  CHECK_FALSE(number_at("").has_value());
  CHECK_FALSE(number_at("inf").has_value());
  CHECK_FALSE(number_at("nan").has_value());
  CHECK_FALSE(number_at("1e999").has_value());
  CHECK(number_behind("tp_size=8, x", "tp_size=") == 8.0);
  CHECK_FALSE(number_behind("tp_size=8", "pp_size=").has_value());
}

}  // namespace
}  // namespace chokepoint
