#include "tools/catalog/entry_text.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <sstream>

#include "tests/tools/small_catalog.hpp"
#include "tools/print/table_width.hpp"

namespace chokepoint {
namespace {

TEST_CASE("catalog lists: every kind has a line per entry below a header, as wide as a terminal",
          "[catalog]") {
  const Catalog catalog = small_catalog();
  for (const auto& kind : catalog_kinds()) {
    const std::string list = catalog_list(catalog, kind);
    INFO(list);
    const auto lines = static_cast<std::size_t>(std::count(list.begin(), list.end(), '\n'));
    const auto entries = entry_names(catalog, kind);
    CHECK(lines >= entries.size() + 2);
    for (const auto& name : entries) CHECK(list.find("\n" + name + " ") != std::string::npos);
    std::istringstream each(list);
    for (std::string line; std::getline(each, line);) CHECK(line.size() <= kTableColumns);
  }
}

TEST_CASE("catalog lists: what is not known is no zero", "[catalog]") {
  const std::string list = catalog_list(small_catalog(), "devices");
  const auto line = list.substr(list.find("\neast_npu") + 1);
  CHECK(line.find("6,400") != std::string::npos);  // TPP: 400 at 16 bits, 800 at 8.
  CHECK(line.find(" - ") != std::string::npos);    // Density: no die area.
}

TEST_CASE("catalog lists: sources say how many values rest on them", "[catalog]") {
  const Catalog catalog = small_catalog();
  const auto values = values_by_source(catalog.written);
  const std::string list = catalog_list(catalog, "sources");
  CHECK(list.find(std::to_string(values.at("guess")) + "  Round numbers") != std::string::npos);
}

TEST_CASE("catalog lists: JSON holds all entries", "[catalog]") {
  const std::string json = catalog_list_json(small_catalog(), "orgs");
  CHECK(json.find("\"schema\": \"chokepoint.catalog.list/1\"") != std::string::npos);
  CHECK(json.find("\"The Laboratory\"") != std::string::npos);
}

}  // namespace
}  // namespace chokepoint
