#include "tools/export/export_trace.hpp"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/sim/trace/small_world.hpp"
#include "tests/sim/trace/trace_files.hpp"
#include "tests/tools/export/exported.hpp"
#include "tests/tools/export/hostile_trace.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

TEST_CASE("export trace: a database and a folder hold the same rows", "[trace][export]") {
  const ScratchFolder folder;
  write_trace(folder / "t", one_of_every_kind());
  const Exported a = export_sqlite(folder / "t", folder / "d.sqlite");
  const Exported b = export_csv(folder / "t", folder / "csv");
  CHECK(a.facts == one_of_every_kind().size());
  CHECK(b.facts == a.facts);
  for (const ExportTable& table : exported_tables()) {
    const auto rows = queried(folder / "d.sqlite", "SELECT * FROM \"" + table.name + "\"");
    const fs::path file = folder / "csv" / (table.name + ".csv");
    INFO(table.name);
    CHECK(fs::exists(file) == !rows.empty());
    if (rows.empty()) continue;
    const std::string text = read_bytes(file);
    CHECK(std::count(text.begin(), text.end(), '\n') ==
          static_cast<std::ptrdiff_t>(rows.size()) + 1);
  }
  CHECK(folder.names() == std::vector<std::string>{"csv", "d.sqlite", "t"});
}

TEST_CASE("export trace: hostile names stay text", "[trace][export]") {
  const ScratchFolder folder;
  write_hostile_trace(folder / "t");
  export_sqlite(folder / "t", folder / "d");
  export_csv(folder / "t", folder / "csv");
  CHECK(queried(folder / "d", R"(SELECT "order" FROM delivery_due ORDER BY fact)") ==
        hostile_names());
  CHECK(queried(folder / "d", "SELECT count(*) FROM refused") == std::vector<std::string>{"0"});
  const std::string csv = read_bytes(folder / "csv" / "delivery_due.csv");
  for (const char* cell : {",'=cmd|' /C calc'!A0,", ",'+1+1,", ",'@SUM(A1),", ",'-2,"}) {
    INFO(cell);
    CHECK(csv.find(cell) != std::string::npos);
  }
}

TEST_CASE("export trace: what is there is replaced when the new is whole, or not at all",
          "[trace][export]") {
  const ScratchFolder folder;
  write_trace(folder / "t", one_of_every_kind());
  write_bytes(folder / "d", "of somebody");
  export_sqlite(folder / "t", folder / "d");
  CHECK(!queried(folder / "d", "SELECT * FROM trace").empty());
  fs::create_directory(folder / "csv");
  export_csv(folder / "t", folder / "csv");  // It was empty.
  CHECK_THROWS_WITH(export_csv(folder / "t", folder / "csv"),
                    Catch::Matchers::Contains("csv: it is not empty"));
  write_bytes(folder / "u", "no trace");
  CHECK_THROWS(export_sqlite(folder / "u", folder / "d"));
  CHECK_THROWS(export_csv(folder / "u", folder / "other"));
  CHECK(!queried(folder / "d", "SELECT * FROM trace").empty());
  write_trace(folder / "u", {JobQueued{0_s, JobId{0}}});
  CHECK_THROWS_WITH(export_chakra(folder / "u", folder / "et"),
                    Catch::Matchers::Contains("holds no training step"));
  CHECK(folder.names() == std::vector<std::string>{"csv", "d", "t", "u"});
}

}  // namespace
}  // namespace chokepoint
