#include "tools/export/export_views.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <map>

#include "tests/paths.hpp"
#include "tests/sim/trace/small_world.hpp"
#include "tests/sim/trace/trace_files.hpp"
#include "tests/tools/called_program.hpp"
#include "tests/tools/export/exported.hpp"
#include "tools/export/export_trace.hpp"

namespace chokepoint {
namespace {

TEST_CASE("export views: every one can be asked", "[trace][export]") {
  const ScratchFolder folder;
  write_trace(folder / "t", one_of_every_kind());
  export_sqlite(folder / "t", folder / "d");
  for (const ExportView& view : export_views()) {
    std::string failure;
    queried(folder / "d", "SELECT * FROM " + view.name, &failure);
    INFO(view.name);
    CHECK(failure.empty());
  }
  CHECK(queried(folder / "d", "SELECT packages, device FROM refusals_by_month").size() == 1);
}

/// The queries of the README, each after the line above it.
std::vector<std::string> documented_queries() {
  std::ifstream in(source_dir() + "/tools/export/README.md");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  std::vector<std::string> queries;
  for (std::size_t at = text.find("```sql\n"); at != std::string::npos;
       at = text.find("```sql\n", at)) {
    at += 7;
    const std::size_t end = text.find("```", at);
    queries.push_back(text.substr(at, end - at));
    at = end + 3;
  }
  return queries;
}

TEST_CASE("export views: the queries of the README answer", "[trace][export]") {
  const called::Folder folder;
  const auto run = [&](const std::string& command) {
    const auto result = called::chokepoint(command, folder);
    INFO(command << ": " << result.err);
    REQUIRE(result.exit_code == 0);
  };
  const std::string scenarios = source_dir() + "/scenarios";
  run("run " + scenarios + "/h20_2025.textproto -q -o h20");
  run("replay requests " + scenarios +
      "/logs/conversations.jsonl --model DeepSeek-V3 --rate 5 "
      "--on hgx_h20 -o requests --trace-level request");
  run("estimate training --model Llama-3-8B --device nv_h100_sxm --devices 16 --tp 2 --pp 4 "
      "--global-batch 32 -o step");
  std::map<std::string, std::size_t> rows;
  for (const std::string trace : {"h20", "requests", "step"}) {
    run("trace export " + trace + "/trace.pftrace --to sqlite -o " + trace + ".sqlite");
    for (const std::string& query : documented_queries()) {
      std::string failure;
      rows[query] += queried(folder.path() / (trace + ".sqlite"), query, &failure).size();
      INFO(query);
      CHECK(failure.empty());
    }
  }
  CHECK(rows.size() >= 5);
  for (const auto& [query, count] : rows) {
    INFO(query);
    CHECK(count > 0);
  }
}

}  // namespace
}  // namespace chokepoint
