#include "tools/console/stored_run.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <string>

#include "sim/trace/writer.hpp"
#include "tests/sim/trace/small_world.hpp"
#include "tests/sim/trace/trace_files.hpp"
#include "tools/console/run_folder.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

/// A run of the small world in a folder of its own.
class SmallRun {
public:
  explicit SmallRun(const std::vector<TableFile>& tables = {{"yearly.csv", "2024\n"}}) {
    RunFolder folder(path());
    const World world = small_world();
    pb::Manifest manifest = small_manifest();
    TraceWriter writer(folder.growing_trace(), manifest, world, TraceLevel::Site);
    writer.close();
    pb::RunRecord record;
    record.set_seed(manifest.seed());
    record.set_scenario_digest(manifest.scenario_digest());
    folder.finish(tables, record, writer.fingerprint());
  }
  fs::path path() const { return scratch_ / "run"; }
  fs::path operator/(const std::string& name) const { return path() / name; }

private:
  ScratchFolder scratch_;
};

TEST_CASE("stored run: a whole one is read, and its tables", "[console][stored]") {
  const SmallRun small;
  const StoredRun run(small.path());
  CHECK(run.table("yearly.csv") == "2024\n");
  CHECK(run.trace() == small / "trace.pftrace");
}

TEST_CASE("stored run: a table that the record does not list is not there", "[console][stored]") {
  const SmallRun small;
  write_bytes(small / "tables/draws.csv", "of another run");
  CHECK(StoredRun(small.path()).table("draws.csv").empty());
}

TEST_CASE("stored run: its tables say what it is of", "[console][stored]") {
  CHECK(StoredRun(SmallRun().path()).kind() == StudyKind::Market);
  CHECK(StoredRun(SmallRun(std::vector<TableFile>()).path()).kind() == StudyKind::Schedule);
  const ScratchFolder scratch;
  {
    RunFolder folder(scratch / "replay");
    pb::RunRecord record;
    record.set_schema(kReplaySchema);
    folder.finish({{"jobs.csv", "job\n"}}, record, std::nullopt);
  }
  CHECK(StoredRun(scratch / "replay", StoredKinds::All).kind() == StudyKind::Jobs);
  CHECK(in_words(StudyKind::Jobs) == "a replay of jobs");
  CHECK_THROWS_WITH(StoredRun(scratch / "replay"), Catch::Contains("holds a replay"));
}

TEST_CASE("stored run: without a record there is no run", "[console][stored]") {
  const SmallRun small;
  fs::remove(small / "run.json");
  CHECK_THROWS_WITH(StoredRun(small.path()), Catch::Contains("holds no whole run"));
  CHECK_THROWS_WITH(StoredRun(small / "none"), Catch::Contains("No such file"));
}

TEST_CASE("stored run: files that are not those of the record are refused", "[console][stored]") {
  const SmallRun small;
  SECTION("a table of another size") {
    write_bytes(small / "tables/yearly.csv", "20245\n");
  }
  SECTION("a table that is gone") {
    fs::remove(small / "tables/yearly.csv");
  }
  SECTION("a trace that was cut off") {
    fs::resize_file(small / "trace.pftrace", fs::file_size(small / "trace.pftrace") - 1);
  }
  SECTION("a trace that is gone") {
    fs::remove(small / "trace.pftrace");
  }
  SECTION("a trace of which one bit is another, anywhere") {
    std::string bytes = read_bytes(small / "trace.pftrace");
    for (const std::size_t at : {bytes.size() - 1, bytes.size() / 2}) {
      bytes[at] = static_cast<char>(bytes[at] ^ 1);
      write_bytes(small / "trace.pftrace", bytes);
      CHECK_THROWS_WITH(StoredRun(small.path()), Catch::Contains("trace.pftrace is not the file"));
      bytes[at] = static_cast<char>(bytes[at] ^ 1);
    }
    fs::remove(small / "tables/yearly.csv");
  }
  SECTION("a record without a trace") {
    write_bytes(small / "run.json", R"({"schema": "chokepoint.run/3"})");
  }
  CHECK_THROWS_WITH(StoredRun(small.path()),
                    Catch::Contains(" is not the file that run.json lists"));
}

TEST_CASE("stored run: a table of the same size but another text is refused", "[console][stored]") {
  const SmallRun small;
  write_bytes(small / "tables/yearly.csv", "2025\n");
  const StoredRun run(small.path());
  CHECK_THROWS_WITH(run.table("yearly.csv"), Catch::Contains("yearly.csv is not the file"));
}

TEST_CASE("stored run: a trace of another run is refused, even of the same size",
          "[console][stored]") {
  const SmallRun small;
  pb::Manifest other = small_manifest();
  other.set_seed(other.seed() + 1);
  const World world = small_world();
  fs::remove(small / "trace.pftrace");
  TraceWriter(small / "trace.pftrace", other, world, TraceLevel::Site).close();
  CHECK_THROWS_WITH(StoredRun(small.path()), Catch::Contains("trace.pftrace is not the file"));
}

TEST_CASE("stored run: a record of an older version is not believed", "[console][stored]") {
  const SmallRun small;
  const int older = GENERATE(1, 2);  // Lists nothing; says nothing of what is in the trace.
  write_bytes(small / "run.json", R"({"schema": "chokepoint.run/)" + std::to_string(older) +
                                      R"(", "program_version": "0.1", "trace": "x"})");
  CHECK_THROWS_WITH(StoredRun(small.path()), Catch::Contains("a run of another version, 0.1"));
}

TEST_CASE("stored run: it is not replaced while it is read", "[console][stored]") {
  const SmallRun small;
  const StoredRun run(small.path()), again(small.path());
  CHECK_THROWS_WITH(RunFolder(small.path()), Catch::Contains("is in use"));
}

}  // namespace
}  // namespace chokepoint
