#include "tools/print/table.hpp"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <limits>
#include <set>
#include <sstream>

namespace chokepoint {
namespace {

using Fields = std::vector<std::vector<std::string>>;

/// Cells of a text as RFC 4180 has them, by line.
Fields parsed_csv(const std::string& text) {
  Fields lines = {{""}};
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      lines.back().back() += text[++i];
    } else if (c == '"') {
      is_quoted = !is_quoted;
    } else if (c == ',' && !is_quoted) {
      lines.back().emplace_back();
    } else if (c == '\n' && !is_quoted) {
      lines.push_back({""});
    } else {
      lines.back().back() += c;
    }
  }
  REQUIRE(!is_quoted);
  REQUIRE(lines.back() == std::vector<std::string>{""});  // The last line is ended.
  lines.pop_back();
  return lines;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

Date day(const char* text) {
  return parse_date(text).value();
}

const std::vector<std::string> kAwkward = {"plain",
                                           "a, b",
                                           "say \"hi\"",
                                           "two\nlines",
                                           "",
                                           "\"",
                                           ",",
                                           "\xc3\xa9t\xc3\xa9",
                                           "\xe6\x98\x87\xe8\x85\xbe 910C"};

/// A column of every type and cells of every kind.
Table sample() {
  Table table("sample", {{"name"},
                         {"ordered_packages", Type::Count},
                         {"bandwidth_gb_s", Type::Real},
                         {"sold", Type::Day},
                         {"month", Type::Month},
                         {"is_off", Type::YesNo}});
  double number = 0.1;
  for (const auto& name : kAwkward) {
    number = -number * 1234.5;
    table.add_row({name, 1e6, number, day("2025-04-09"), day("2025-04-01"), number > 0.0});
    table.add_row({name, Cell(), std::optional<double>(), Cell(), Cell(), Cell()});
  }
  return table;
}

TEST_CASE("table: comma-separated values parse back to the same cells", "[report][csv]") {
  const Table table = sample();
  const Fields lines = parsed_csv(to_csv(table));
  REQUIRE(lines.size() == 1 + table.rows().size());
  for (std::size_t i = 0; i < table.columns().size(); ++i) {
    CHECK(lines[0][i] == table.columns()[i].name);
  }
  for (std::size_t row = 0; row < table.rows().size(); ++row) {
    const auto& cells = table.rows()[row];
    const auto& line = lines[row + 1];
    REQUIRE(line.size() == cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
      CAPTURE(row, i, line[i]);
      if (const auto* text = std::get_if<std::string>(&cells[i])) CHECK(line[i] == *text);
      if (const auto* number = std::get_if<double>(&cells[i])) {
        CHECK(std::strtod(line[i].c_str(), nullptr) == *number);
      }
      if (const auto* date = std::get_if<Date>(&cells[i])) {
        CHECK(day((line[i] + "-01").substr(0, 10).c_str()) == *date);
      }
      if (const auto* yes = std::get_if<bool>(&cells[i])) CHECK((line[i] == "true") == *yes);
      if (std::holds_alternative<std::monostate>(cells[i])) CHECK(line[i].empty());
    }
  }
}

TEST_CASE("table: cells are quoted only where they must be", "[report][csv]") {
  Table table("t", {{"name"}, {"value_usd", Type::Real}});
  table.add_row({"plain", 1});
  table.add_row({"a, b", "say \"hi\""});
  CHECK(to_csv(table) == "name,value_usd\nplain,1\n\"a, b\",\"say \"\"hi\"\"\"\n");
}

TEST_CASE("table: JSON parses and has the same values under the same names", "[report][json]") {
  const Table table = sample();
  google::protobuf::ListValue list;
  REQUIRE(google::protobuf::util::JsonStringToMessage(to_json(table).text(), &list).ok());
  REQUIRE(list.values_size() == static_cast<int>(table.rows().size()));
  for (std::size_t row = 0; row < table.rows().size(); ++row) {
    const auto& fields = list.values(static_cast<int>(row)).struct_value().fields();
    REQUIRE(fields.size() == table.columns().size());
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
      const auto& value = fields.at(table.columns()[i].name);
      const Cell& cell = table.rows()[row][i];
      if (const auto* text = std::get_if<std::string>(&cell)) {
        CHECK(value.string_value() == *text);
      }
      if (const auto* number = std::get_if<double>(&cell)) CHECK(value.number_value() == *number);
      if (const auto* yes = std::get_if<bool>(&cell)) CHECK(value.bool_value() == *yes);
      if (std::holds_alternative<std::monostate>(cell)) CHECK(value.has_null_value());
    }
    if (!std::holds_alternative<std::monostate>(table.rows()[row][3])) {
      CHECK(fields.at("sold").string_value() == "2025-04-09");
      CHECK(fields.at("month").string_value() == "2025-04");
    }
  }
}

TEST_CASE("table: a number that is none is unknown in every form", "[report]") {
  Table table("t", {{"x", Type::Real}});
  table.add_row({std::numeric_limits<double>::quiet_NaN()});
  CHECK(to_csv(table) == "x\n\n");
  CHECK(to_json(table).text() == R"([{"x": null}])");
  CHECK(to_text(table) == "x\n-\n-\n");
}

TEST_CASE("table: every form says the unit of a column", "[report][unit]") {
  for (const std::string name :
       {"memory_gib", "bandwidth_gb_s", "price_usd", "ordered_packages", "usable_h100e"}) {
    const std::string unit(unit_of(name).text);
    REQUIRE(!unit.empty());
    for (const char* heading : {"", "short", "of one\nline more"}) {
      Table table("t", {{name, Type::Real, heading}});
      table.add_row({1});
      CHECK(to_csv(table).find(name) == 0);
      CHECK(to_json(table).text().find(name) != std::string::npos);
      const bool says_it_itself = std::string(heading).find('\n') != std::string::npos;
      if (!says_it_itself) CHECK(to_text(table).find(unit) != std::string::npos);
    }
  }
  Table table("t", {{"admitted_share", Type::Real}});
  table.add_row({0.6});
  CHECK(to_text(table) == "admitted\n--------\n    60 %\n");
}

TEST_CASE("table: lines for people are equally wide, whatever the script", "[report][text]") {
  Table table("t", {{"name"}, {"sold", Type::Day}, {"size_gib", Type::Real}});
  const std::vector<std::string> names = {"H20", "\xe6\x98\x87\xe8\x85\xbe 910C",
                                          "\xc3\x89tude \xe2\x80\x93 long"};
  for (const auto& name : names) {
    table.add_row({name, day("2025-04-09"), 96});
    table.add_row({name, Cell(), 1e6});
  }
  std::set<std::size_t> widths;
  const auto lines = lines_of(to_text(table));
  for (const auto& line : lines) widths.insert(display_width(line));
  CHECK(widths.size() == 1);
  // The date begins at one column of the terminal in all rows.
  std::set<std::size_t> begins;
  for (const auto& line : lines) {
    const auto at = line.find("2025-04-09");
    if (at != std::string::npos) begins.insert(display_width(line.substr(0, at)));
  }
  CHECK(begins.size() == 1);
}

TEST_CASE("table: headings stand on the rule, numbers at the right", "[report][text]") {
  Table table("t", {{"name"}, {"size", Type::Real, "size\nGWh"}});
  table.add_row({"a", 1'000});
  table.add_row({"longer", 2});
  CHECK(to_text(table) ==
        "         size\n"
        "name      GWh\n"
        "------  -----\n"
        "a       1,000\n"
        "longer      2\n");
}

TEST_CASE("table: no line for people ends in spaces", "[report][text]") {
  for (const auto& line : lines_of(to_text(sample()))) CHECK((line.empty() || line.back() != ' '));
}

TEST_CASE("table: files and people may have columns of their own", "[report]") {
  Table table("t", {{"name"}, for_files({"verdict"}), for_people({"says"})});
  table.add_row({"a", "PRESUMED_DENIAL", "license: denial"});
  CHECK(to_csv(table) == "name,verdict\na,PRESUMED_DENIAL\n");
  CHECK(to_json(table).text() == R"([{"name": "a", "verdict": "PRESUMED_DENIAL"}])");
  CHECK(to_text(table).find("license: denial") != std::string::npos);
  CHECK(to_text(table).find("PRESUMED_DENIAL") == std::string::npos);
  CHECK(to_csv(table.without({"verdict"})) == "name\na\n");
}

}  // namespace
}  // namespace chokepoint
