#pragma once

#include <filesystem>
#include <string>

namespace chokepoint::called {

/// What a finished program left.
struct Result {
  int exit_code = 0;
  std::string out, err;
};

/// A folder of its own for one test, gone with it.
class Folder {
public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }

private:
  std::filesystem::path path_;
};

/// Runs `chokepoint <arguments>` by the shell, in `folder`, after `setup`, and waits. The arguments
/// may send its output elsewhere.
Result chokepoint(const std::string& arguments, const Folder& folder,
                  const std::string& setup = "true");

/// A file's bytes.
std::string bytes_of(const std::filesystem::path& file);

}  // namespace chokepoint::called
