#include "tools/console/folder_lock.hpp"

#include <catch2/catch.hpp>
#include <cerrno>
#include <filesystem>
#include <optional>

#include "tests/sim/trace/trace_files.hpp"

namespace chokepoint {
namespace {

using Use = FolderLock::Use;

TEST_CASE("folder lock: one writes, or any number read", "[console][lock]") {
  const ScratchFolder scratch;
  const auto folder = scratch / ".";
  std::optional<FolderLock> first(std::in_place, folder, Use::Reading);
  std::optional<FolderLock> second(std::in_place, folder, Use::Reading);
  CHECK_THROWS_WITH(FolderLock(folder, Use::Writing), Catch::Contains(" is in use"));
  first.reset();
  CHECK_THROWS(FolderLock(folder, Use::Writing));
  second.reset();
  const FolderLock writing(folder, Use::Writing);
  CHECK_THROWS(FolderLock(folder, Use::Writing));
  CHECK_THROWS(FolderLock(folder, Use::Reading));
}

TEST_CASE("folder lock: it leaves no file", "[console][lock]") {
  const ScratchFolder scratch;
  const FolderLock writing(scratch / ".", Use::Writing);
  CHECK(scratch.names().empty());
}

TEST_CASE("folder lock: what is no folder is named", "[console][lock]") {
  const ScratchFolder scratch;
  write_bytes(scratch / "file", "");
  for (const auto* name : {"file", "none"}) {
    const auto path = scratch / name;
    CHECK_THROWS_WITH(FolderLock(path, Use::Reading),
                      Catch::StartsWith("cannot open folder " + path.string() + ": "));
  }
}

TEST_CASE("folder lock: a folder that cannot be held is told, any other failure stops",
          "[console][lock]") {
  CHECK(lock_warning("runs/a", 0).empty());
  for (const int error : {EOPNOTSUPP, ENOLCK, ENOSYS}) {
    CHECK(lock_warning("runs/a", error).find("runs/a cannot be held: ") == 0);
  }
  CHECK_THROWS_WITH(lock_warning("runs/a", EWOULDBLOCK), Catch::Contains("runs/a is in use"));
  CHECK_THROWS_WITH(lock_warning("runs/a", EIO), Catch::StartsWith("cannot lock folder runs/a: "));
}

}  // namespace
}  // namespace chokepoint
