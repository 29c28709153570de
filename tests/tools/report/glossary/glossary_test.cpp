#include "tools/report/glossary/glossary.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/paths.hpp"
#include "tools/print/table_width.hpp"

namespace chokepoint {
namespace {

TEST_CASE("glossary: its README is what the tables say", "[glossary]") {
  std::ifstream in(source_dir() + std::string("/tools/report/glossary/README.md"));
  std::stringstream written;
  written << in.rdbuf();
  CHECK(written.str() == glossary_markdown());
}

TEST_CASE("glossary: every name is there once and is found", "[glossary]") {
  const auto names = indicator_names();
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == names.size());
  for (const auto& name : names) {
    INFO(name);
    const GlossaryEntry* entry = glossary_entry(name + " mainland");
    REQUIRE(entry != nullptr);
    CHECK(entry_json(name, *entry).text().find(name) != std::string::npos);
    std::istringstream lines(entry_text(name, *entry));
    for (std::string line; std::getline(lines, line);) CHECK(line.size() <= kTableColumns);
  }
  CHECK(glossary_entry("nothing") == nullptr);
  CHECK(glossary_entry("kind_price_") == nullptr);  // Of no work.
}

TEST_CASE("glossary: what an entry says is a sentence or two, with a unit", "[glossary]") {
  for (const auto entries : {market_entries(), replay_entries()}) {
    for (const GlossaryEntry& entry : entries) {
      INFO(entry.name);
      CHECK_FALSE(entry.unit.empty());
      CHECK(entry.meaning.ends_with('.'));
      CHECK(entry.meaning.size() < 200);
      CHECK((entry.is_not.empty() || !entry.is_not.ends_with('.')));
    }
  }
}

}  // namespace
}  // namespace chokepoint
