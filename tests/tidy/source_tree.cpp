#include "tests/tidy/source_tree.hpp"

#include <algorithm>
#include <fstream>

#include "tests/paths.hpp"

namespace chokepoint::tidy {

namespace fs = std::filesystem;

fs::path root() {
  return source_dir();
}

std::vector<std::string> files_below(const std::string& folder,
                                     const std::vector<std::string>& extensions) {
  std::vector<std::string> found;
  for (const auto& entry : fs::recursive_directory_iterator(root() / folder)) {
    const std::string extension = entry.path().extension().string();
    if (std::find(extensions.begin(), extensions.end(), extension) == extensions.end()) continue;
    found.push_back(fs::relative(entry.path(), root()).string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::vector<std::string> lines_of(const std::string& file) {
  std::ifstream in(root() / file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace chokepoint::tidy
