#include "tools/print/whole_file.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace chokepoint {

namespace fs = std::filesystem;

void write_whole(const fs::path& path, const std::string& text) {
  const fs::path partial = path.string() + ".partial";
  std::error_code failed;
  errno = 0;
  std::ofstream out(partial, std::ios::binary | std::ios::trunc);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (!out) {
    const std::string why = errno != 0 ? std::strerror(errno) : "write failed";
    fs::remove(partial, failed);
    throw std::runtime_error("cannot write " + path.string() + ": " + why);
  }
  fs::rename(partial, path, failed);
  if (failed) {
    const std::string why = failed.message();
    fs::remove(partial, failed);
    throw std::runtime_error("cannot write " + path.string() + ": " + why);
  }
}

void make_folder(const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) {
    throw std::runtime_error("cannot make folder " + folder.string() + ": " + failed.message());
  }
}

}  // namespace chokepoint
