#include "tools/console/run_folder.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "models/fingerprint.hpp"
#include "tests/sim/trace/trace_files.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

/// Writes a run of these tables.
void write_run(const fs::path& path, const std::vector<TableFile>& tables) {
  RunFolder folder(path);
  write_bytes(folder.growing_trace(), "trace");
  folder.finish(tables, {}, fingerprint("trace"));
}

TEST_CASE("run folder: the record lists every other file", "[console][folder]") {
  const ScratchFolder scratch;
  write_run(scratch / "a/b", {{"orders.csv", "order\n"}, {"sites.csv", ""}});
  CHECK(read_bytes(scratch / "a/b/trace.pftrace") == "trace");
  CHECK(read_bytes(scratch / "a/b/tables/orders.csv") == "order\n");
  const auto record = read_record(scratch / "a/b");
  REQUIRE(record);
  CHECK(record->schema() == kRecordSchema);
  REQUIRE(record->files_size() == 3);
  CHECK(record->files(0).name() == "trace.pftrace");
  CHECK(record->files(0).bytes() == 5);
  CHECK(record->files(1).name() == "tables/orders.csv");
  CHECK(record->files(1).bytes() == 6);
  CHECK(record->files(1).digest() == digest_of("order\n"));
}

TEST_CASE("run folder: the run before is gone, record and all, when the next begins",
          "[console][folder]") {
  const ScratchFolder scratch;
  write_run(scratch / ".", {{"orders.csv", "1"}, {"draws.csv", "1"}});
  {
    const RunFolder next(scratch / ".");
    CHECK(scratch.names() == Names{"tables"});
    CHECK(fs::is_empty(scratch / "tables"));
  }
  write_run(scratch / ".", {{"orders.csv", "2"}});
  CHECK(fs::exists(scratch / "tables/orders.csv"));
  CHECK_FALSE(fs::exists(scratch / "tables/draws.csv"));
}

TEST_CASE("run folder: a run that fails leaves nothing", "[console][folder]") {
  const ScratchFolder scratch;
  SECTION("before its end") {
    RunFolder folder(scratch / ".");
    write_bytes(folder.growing_trace(), "trace");
    CHECK(scratch.names().size() == 1);
  }
  SECTION("at its end") {
    fs::create_directories(scratch / "tables/sites.csv/taken");
    const auto fail = [&] { write_run(scratch / ".", {{"orders.csv", "x"}, {"sites.csv", "x"}}); };
    CHECK_THROWS_WITH(fail(), Catch::Contains("sites.csv"));
    CHECK_FALSE(fs::exists(scratch / kTraceName));
  }
  CHECK_FALSE(fs::exists(scratch / "tables/orders.csv"));
  CHECK_FALSE(read_record(scratch / "."));
  for (const auto& name : scratch.names()) CHECK(name == "tables");
}

TEST_CASE("run folder: a run that fails takes the folders that it made along",
          "[console][folder]") {
  const ScratchFolder scratch;
  fs::create_directory(scratch / "there");
  for (const auto* name : {"there", "new", "new/inside"}) {
    RunFolder folder(scratch / name);
    write_bytes(folder.growing_table("requests.csv"), "half");
  }
  CHECK(scratch.names() == Names{"there"});
  CHECK(fs::is_empty(scratch / "there"));
}

TEST_CASE("run folder: two runs do not share it", "[console][folder]") {
  const ScratchFolder scratch;
  write_run(scratch / ".", {});
  {
    const RunFolder first(scratch / ".");
    CHECK_THROWS_WITH(RunFolder(scratch / "."), Catch::Contains("is in use"));
  }
  CHECK_NOTHROW(RunFolder(scratch / "."));
}

// Root may write where nobody may.
TEST_CASE("run folder: the former run stays where the new one could not be written",
          "[console][folder]") {
  const ScratchFolder scratch;
  write_run(scratch / ".", {{"orders.csv", "1"}});
  SECTION("tables may not be written") {
    if (geteuid() == 0) return;
    fs::permissions(scratch / "tables", fs::perms::owner_read | fs::perms::owner_exec);
    CHECK_THROWS_WITH(RunFolder(scratch / "."), Catch::StartsWith("cannot write into "));
    fs::permissions(scratch / "tables", fs::perms::owner_all);
  }
  SECTION("a folder has the name of a table") {
    fs::create_directory(scratch / "tables/sites.csv");
    CHECK_THROWS_WITH(RunFolder(scratch / "."), Catch::EndsWith("sites.csv: it is a folder"));
  }
  CHECK(read_record(scratch / "."));
  CHECK(read_bytes(scratch / "tables/orders.csv") == "1");
  CHECK(read_bytes(scratch / kTraceName) == "trace");
}

TEST_CASE("run folder: files of others are named and stay", "[console][folder]") {
  const ScratchFolder scratch;
  write_run(scratch / ".", {{"orders.csv", "1"}});
  write_bytes(scratch / "notes.txt", "mine");
  write_bytes(scratch / "trace.pftrace.partial", "mine");
  write_bytes(scratch / "tables/mine.csv", "mine");
  write_bytes(scratch / "tables/mine.csv.old", "mine");
  const RunFolder folder(scratch / ".");
  const Names others = {"notes.txt", "tables/mine.csv", "tables/mine.csv.old",
                        "trace.pftrace.partial"};
  CHECK(folder.others() == others);
  for (const auto& name : others) CHECK(read_bytes(scratch / name) == "mine");
}

TEST_CASE("run folder: a record that lists what no run writes removes nothing of it",
          "[console][folder]") {
  const ScratchFolder scratch;
  write_bytes(scratch / "precious", "mine");
  fs::create_directory(scratch / "run");
  write_bytes(scratch / "run/run.json",
              R"({"schema": "chokepoint.run/3", "files": [{"name": "../precious"}]})");
  const RunFolder folder(scratch / "run");
  CHECK(read_bytes(scratch / "precious") == "mine");
}

TEST_CASE("run folder: what a killed run left goes", "[console][folder]") {
  const ScratchFolder scratch;
  fs::create_directory(scratch / "tables");
  for (const auto* name :
       {"trace.pftrace.77.partial", "run.json.77.partial", "tables/orders.csv.77.partial"}) {
    write_bytes(scratch / name, "cut");
  }
  const RunFolder folder(scratch / ".");
  CHECK(scratch.names() == Names{"tables"});
  CHECK(fs::is_empty(scratch / "tables"));
}

TEST_CASE("run folder: a record of somebody else is left alone", "[console][folder]") {
  const ScratchFolder scratch;
  write_bytes(scratch / "run.json", R"({"schema": "jogging/1"})");
  CHECK_THROWS_WITH(RunFolder(scratch / "."), Catch::Contains("run.json"));
  CHECK(scratch.names() == Names{"run.json"});
}

TEST_CASE("run folder: no link is followed", "[console][folder]") {
  const ScratchFolder scratch;
  fs::create_directories(scratch / "elsewhere");
  write_bytes(scratch / "precious", "mine");
  fs::create_directories(scratch / "run/tables");
  fs::create_symlink(scratch / "precious", scratch / "run/trace.pftrace");
  fs::create_symlink(scratch / "precious", scratch / "run/tables/orders.csv");
  write_run(scratch / "run", {{"orders.csv", "order\n"}});
  CHECK(read_bytes(scratch / "precious") == "mine");
  CHECK(read_bytes(scratch / "run/tables/orders.csv") == "order\n");

  fs::create_directory(scratch / "linked");
  fs::create_directory_symlink(scratch / "elsewhere", scratch / "linked/tables");
  CHECK_THROWS_WITH(RunFolder(scratch / "linked"), Catch::Contains("tables: it is no folder"));
  CHECK(fs::is_empty(scratch / "elsewhere"));
}

TEST_CASE("run folder: tables that grew take their names at the end, and need no trace",
          "[console][folder]") {
  const ScratchFolder scratch;
  {
    RunFolder folder(scratch / ".");
    write_bytes(folder.growing_table("requests.csv"), "request\n");
    pb::RunRecord record;
    record.set_schema(kReplaySchema);
    folder.finish({{"replicas.csv", "replica\n"}}, record, std::nullopt,
                  {{"requests.csv", 8, fingerprint("request\n")}});
  }
  CHECK(read_bytes(scratch / "tables/requests.csv") == "request\n");
  CHECK_FALSE(fs::exists(scratch / "trace.pftrace"));
  const auto record = read_record(scratch / ".");
  REQUIRE(record);
  CHECK(record->schema() == kReplaySchema);
  REQUIRE(record->files_size() == 2);
  CHECK(record->files(0).digest() == digest_of("request\n"));
  {
    RunFolder next(scratch / ".");
    CHECK(fs::is_empty(scratch / "tables"));
    write_bytes(next.growing_table("requests.csv"), "half");
  }
  CHECK(fs::is_empty(scratch / "tables"));
}

}  // namespace
}  // namespace chokepoint
