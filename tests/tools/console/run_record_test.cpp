#include "tools/console/run_record.hpp"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "tests/sim/trace/trace_files.hpp"

namespace chokepoint {
namespace {

TEST_CASE("run record: it is read back, and without one there is none", "[console][record]") {
  const ScratchFolder folder;
  CHECK_FALSE(read_record(folder / "."));
  write_bytes(folder / kRecordName,
              R"({"schema": "chokepoint.run/3", "seed": "7", "files": [{"name": "trace.pftrace"}],
                  "of_a_later_version": 1})");
  const auto record = read_record(folder / ".");
  REQUIRE(record);
  CHECK(record->seed() == 7);
  CHECK(record->files(0).name() == "trace.pftrace");
}

TEST_CASE("run record: what is none is named", "[console][record]") {
  const ScratchFolder folder;
  const auto message = Catch::Contains((folder / "." / kRecordName).string());
  for (const auto* text : {"", "{", "{}", "[]", R"({"schema": "jogging/1"})"}) {
    write_bytes(folder / kRecordName, text);
    CHECK_THROWS_WITH(read_record(folder / "."), message);
  }
}

TEST_CASE("run record: no pipe is waited for, and no folder read", "[console][record]") {
  const ScratchFolder pipe, directory;
  REQUIRE(mkfifo((pipe / kRecordName).c_str(), 0600) == 0);
  CHECK_THROWS(read_record(pipe / "."));
  std::filesystem::create_directory(directory / kRecordName);
  CHECK_THROWS(read_record(directory / "."));
}

TEST_CASE("run record: only names that runs give are theirs", "[console][record]") {
  for (const auto* name : {"trace.pftrace", "tables/orders.csv", "tables/lock_in.csv"}) {
    CHECK(is_file_of_a_run(name));
  }
  for (const auto* name : {"", "run.json", "notes.txt", "/etc/passwd", "../trace.pftrace",
                           "tables/../../a.csv", "tables/", "tables/a.txt", "tables/a/b.csv",
                           "x/tables/a.csv", "trace.pftrace\n", "tables/a.csv\n"}) {
    INFO(name);
    CHECK_FALSE(is_file_of_a_run(name));
  }
}

TEST_CASE("run record: a digest tells texts apart", "[console][record]") {
  CHECK(digest_of("") == "cbf29ce484222325");
  CHECK(digest_of("a") != digest_of("b"));
}

TEST_CASE("run record: the digest of a file is that of its bytes", "[console][record]") {
  const ScratchFolder folder;
  for (const std::size_t size : {0U, 1U, 65'535U, 65'536U, 200'000U}) {
    const std::string bytes(size, 'x');
    write_bytes(folder / "a", bytes);
    CHECK(digest_of_file(folder / "a") == digest_of(bytes));
  }
  CHECK_THROWS_WITH(digest_of_file(folder / "none"), (folder / "none").string() + ": no such file");
}

// Sparse: it takes no room on the disk.
TEST_CASE("run record: one of more than 4 MiB is not read", "[console][record]") {
  const ScratchFolder folder;
  write_bytes(folder / kRecordName, "{}");
  std::filesystem::resize_file(folder / kRecordName, std::uintmax_t{1} << 40U);
  CHECK_THROWS_WITH(read_record(folder / "."),
                    (folder / "." / kRecordName).string() + ": is larger than 4 MiB");
}

}  // namespace
}  // namespace chokepoint
