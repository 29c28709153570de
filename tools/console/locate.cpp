#include "tools/console/locate.hpp"

#include <stdexcept>
#include <system_error>

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

bool has_scenarios(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_directory(folder / "scenarios", ignored);
}

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

}  // namespace

fs::path locate_root(const std::string& given, const fs::path& program) {
  if (!given.empty()) {
    if (!has_scenarios(given)) throw std::runtime_error("--root " + given + " has no scenarios/");
    return given;
  }
  const fs::path beside = program.parent_path().parent_path();
  for (const auto& candidate : {beside / "share" / "chokepoint", beside}) {
    // A build folder holds a link to the scenarios: what is told of files is told of the source.
    if (has_scenarios(candidate)) return fs::canonical(candidate / "scenarios").parent_path();
  }
  throw std::runtime_error("no scenarios/ beside " + program.string() + "; give --root");
}

fs::path locate_scenario(const std::string& argument, const fs::path& root) {
  if (is_file(argument)) return argument;
  for (const auto& folder : {root, root / "scenarios"}) {
    for (const auto* ending : {"", ".textproto"}) {
      fs::path candidate = folder / (argument + ending);
      if (is_file(candidate)) return candidate;
    }
  }
  return argument;
}

fs::path running_program() {
  std::error_code failed;
  return fs::read_symlink("/proc/self/exe", failed);
}

}  // namespace chokepoint
