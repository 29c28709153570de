#include "tools/report/yearly_table.hpp"

#include <catch2/catch.hpp>

namespace chokepoint::yearly_table_test {
namespace {

const YearlyKey kUnits = YearlyKey{"delivered", "mainland/nvidia", "packages", 2025};
const YearlyKey kShare = YearlyKey{"domestic_share", "units", "share", 2026};

TEST_CASE("yearly table: a table reads back, column by column", "[history][yearly]") {
  const std::vector<Figures> runs = {{{kUnits, 1234.5}, {kShare, 0.25}}, {{kShare, 1.0 / 3.0}}};
  const auto back = read_yearly_csv(to_csv(yearly_table(runs, {"a", "b"})));
  REQUIRE(back);
  REQUIRE(back->size() == 2);
  CHECK((*back)[0] == runs[0]);
  CHECK((*back)[1].at(kShare) == 1.0 / 3.0);
  CHECK((*back)[1].at(kUnits) == 0.0);  // A run without a figure had nothing of it.
}

TEST_CASE("yearly table: columns are called as they were", "[history][yearly]") {
  CHECK(yearly_columns(to_csv(yearly_table({{}, {}}, {"draw_2", "draw_5"}))) ==
        std::vector<std::string>{"draw_2", "draw_5"});
  CHECK(yearly_columns("month,order\n").empty());
}

TEST_CASE("yearly table: what is no such table is none", "[history][yearly]") {
  CHECK_FALSE(read_yearly_csv(""));
  CHECK_FALSE(read_yearly_csv("month,order\n2025-01,x\n"));
}

TEST_CASE("yearly table: bands hold the middle nine tenths", "[history][yearly]") {
  std::vector<Figures> runs;
  for (int i = 0; i <= 100; ++i) runs.push_back({{kUnits, static_cast<double>(i)}});
  CHECK(to_csv(bands_table(runs)) ==
        "year,indicator,subject,unit,low,median,high\n"
        "2025,delivered,mainland/nvidia,packages,5,50,95\n");
}

}  // namespace
}  // namespace chokepoint::yearly_table_test
