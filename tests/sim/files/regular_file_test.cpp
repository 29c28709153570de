#include "sim/files/regular_file.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <fstream>

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

class Folder {
public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "chokepoint-files-XXXXXX").string();
    REQUIRE(mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  fs::path operator/(const char* name) const { return path_ / name; }

private:
  fs::path path_;
};

std::string complaint_of(const fs::path& path) {
  const FileBytes bytes = read_whole_file(path);
  CHECK((bytes.content.empty() || bytes.complaint.empty()));
  return bytes.complaint;
}

TEST_CASE("regular file: its bytes come whole, also through a link", "[files]") {
  const Folder folder;
  const std::string text(200'000, 'x');
  std::ofstream(folder / "file") << text;
  fs::create_symlink("file", folder / "link");
  CHECK(read_whole_file(folder / "file").content == text);
  CHECK(read_whole_file(folder / "link").content == text);
  std::ofstream(folder / "empty") << "";
  CHECK(read_whole_file(folder / "empty").content.empty());
  CHECK(complaint_of(folder / "empty").empty());
}

TEST_CASE("regular file: content, or a failure that names the file", "[files]") {
  const Folder folder;
  std::ofstream(folder / "file") << "abc";
  CHECK(content_of(folder / "file") == "abc");
  CHECK_THROWS_WITH(content_of(folder / "none"), (folder / "none").string() + ": no such file");
}

TEST_CASE("regular file: one that is too large is not kept", "[files]") {
  const Folder folder;
  std::ofstream(folder / "file") << std::string((std::size_t{1} << 20U) + 1, 'x');
  CHECK(read_whole_file(folder / "file", std::size_t{1} << 20U).complaint ==
        "is larger than 1 MiB");
  CHECK(read_whole_file(folder / "file", std::size_t{2} << 20U).complaint.empty());
}

// Nobody writes into the pipe, and nobody listens at the socket: what waits, waits for ever.
TEST_CASE("regular file: nothing else is opened, or waited for", "[files]") {
  const Folder folder;
  REQUIRE(mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK(complaint_of(folder / "pipe") == "is no regular file");
  fs::create_symlink("pipe", folder / "link");
  CHECK(complaint_of(folder / "link") == "is no regular file");
  CHECK(complaint_of("/dev/null") == "is no regular file");
  CHECK(complaint_of("/dev/zero") == "is no regular file");

  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  const std::string name = (folder / "socket").string();
  REQUIRE(name.size() < sizeof address.sun_path);
  std::copy(name.begin(), name.end(), address.sun_path);
  const int server = socket(AF_UNIX, SOCK_STREAM, 0);
  REQUIRE(bind(server, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  CHECK(complaint_of(name) == "is no regular file");
  close(server);

  fs::create_directory(folder / "folder");
  CHECK(complaint_of(folder / "folder") == "is a folder");
  CHECK(complaint_of(folder / "none") == "no such file");
  CHECK(complaint_of(folder / std::string(5000, 'n').c_str()) ==
        std::string("cannot be read: ") + std::strerror(ENAMETOOLONG));
}

}  // namespace
}  // namespace chokepoint
