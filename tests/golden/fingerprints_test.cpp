// Same scenario, seed and version give the same bytes in every build type: each build compares its
// traces with the digests in fingerprints.csv. A change of results rewrites that file, knowingly:
// cmake --build build/release --target update_goldens

#include <unistd.h>
#include <catch2/catch.hpp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "tests/paths.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

const fs::path kTable = fs::path(source_dir()) / "tests/golden/fingerprints.csv";

constexpr const char* kHeader = "scenario,arguments,fnv1a_64";

struct Fingerprint {
  std::string scenario;
  std::string arguments;  ///< Of `run`.
  std::string digest;
};

std::vector<Fingerprint> read_table() {
  std::ifstream in(kTable);
  std::vector<Fingerprint> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    Fingerprint row;
    std::getline(cells, row.scenario, ',');
    std::getline(cells, row.arguments, ',');
    std::getline(cells, row.digest, ',');
    rows.push_back(row);
  }
  return rows;
}

// FNV-1a, 64 bits.
std::string digest_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (auto byte = std::istreambuf_iterator<char>(in); byte != std::istreambuf_iterator<char>();
       ++byte) {
    hash = (hash ^ static_cast<unsigned char>(*byte)) * 0x100000001b3U;
  }
  char text[17];
  std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
  return text;
}

std::string digest_of_run(const Fingerprint& row, const fs::path& directory) {
  const std::string command = std::string(program_path()) + " run " + source_dir() + "/scenarios/" +
                              row.scenario + ".textproto -q " + row.arguments + " -o " +
                              directory.string() + " > /dev/null";
  REQUIRE(std::system(command.c_str()) == 0);
  return digest_of(directory / "trace.pftrace");
}

TEST_CASE("golden: every build writes the trace that the table names", "[golden][determinism]") {
  const fs::path folder =
      fs::temp_directory_path() / ("chokepoint-fingerprints-" + std::to_string(::getpid()));
  auto rows = read_table();
  REQUIRE_FALSE(rows.empty());
  const bool update = std::getenv("CHOKEPOINT_UPDATE_GOLDENS") != nullptr;
  for (auto& row : rows) {
    const std::string digest = digest_of_run(row, folder / "first");
    INFO(row.scenario << " " << row.arguments);
    CHECK(digest_of_run(row, folder / "second") == digest);
    if (update) {
      row.digest = digest;
    } else {
      CHECK(digest == row.digest);
    }
  }
  fs::remove_all(folder);
  if (!update) return;
  std::ofstream out(kTable);
  out << kHeader << '\n';
  for (const auto& row : rows) {
    out << row.scenario << ',' << row.arguments << ',' << row.digest << '\n';
  }
}

}  // namespace
}  // namespace chokepoint
