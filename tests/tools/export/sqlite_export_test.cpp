#include "tools/export/sqlite_export.hpp"

#include <array>
#include <catch2/catch.hpp>

#include "tests/sim/trace/trace_files.hpp"
#include "tests/tools/export/exported.hpp"

namespace chokepoint {
namespace {

const std::vector<ExportTable> kTables = {{"one",
                                           {{"fact", ExportType::Whole},
                                            {"text", ExportType::Text},
                                            {"real", ExportType::Real},
                                            {"yes", ExportType::YesNo}}}};

TEST_CASE("sqlite export: values come back as they are, none as NULL", "[export]") {
  const ScratchFolder folder;
  SqliteExport database(folder / "d", kTables);
  const std::string text = "'; DROP TABLE one; --\"\n";
  const std::array<ExportValue, 4> row = {std::int64_t{1}, std::string_view(text), 0.1, true};
  const std::array<ExportValue, 4> none = {std::int64_t{2}, ExportValue(), ExportValue(),
                                           ExportValue()};
  database.add(0, row);
  database.add(0, none);
  database.close({});
  CHECK(queried(folder / "d", "SELECT * FROM one") ==
        std::vector<std::string>{"1|" + text + "|0.1|1", "2|-|-|-"});
}

TEST_CASE("sqlite export: a file that cannot be made is named", "[export]") {
  const ScratchFolder folder;
  try {
    SqliteExport database(folder / "none" / "d", kTables);
    FAIL("it was made");
  } catch (const std::runtime_error& failed) {
    CHECK(std::string(failed.what()).find("none/d") != std::string::npos);
  }
}

}  // namespace
}  // namespace chokepoint
