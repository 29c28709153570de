#include "sim/trace/packet_output.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/fingerprint.hpp"
#include "sim/trace/packet_input.hpp"
#include "tests/sim/trace/trace_files.hpp"

namespace chokepoint {
namespace {

using Names = std::vector<std::string>;
using perfetto::protos::TracePacket;

TracePacket packet_at(std::uint64_t timestamp) {
  TracePacket packet;
  packet.set_timestamp(timestamp);
  return packet;
}

// Timestamp is field 8, a varint: its tag is 8 * 8 = 0x40, and 300 is AC 02.
TEST_CASE("packet output: a packet is tag, length and bytes", "[trace][packet]") {
  const ScratchFolder folder;
  PacketOutput output(folder / "t");
  output.write(packet_at(1));
  output.write(packet_at(300));
  output.close();
  CHECK(read_bytes(folder / "t") == "\x0A\x02\x40\x01\x0A\x03\x40\xAC\x02");
}

TEST_CASE("packet output: its fingerprint is that of the file", "[trace][packet]") {
  const ScratchFolder folder;
  PacketOutput output(folder / "t");
  for (std::uint64_t i = 0; i < 100'000; ++i) output.write(packet_at(i));  // Many blocks.
  output.flush();
  output.write(packet_at(300));
  output.close();
  CHECK(output.fingerprint() == fingerprint(read_bytes(folder / "t")));
}

// Length of a text field: tag, 4 bytes of length and the text, twice.
TEST_CASE("packet output: a packet that could not be read again is not written",
          "[trace][packet]") {
  const ScratchFolder folder;
  TracePacket packet;
  PacketOutput output(folder / "t");
  packet.mutable_track_event()->set_name(std::string(kLargestPacket - 11, 'x'));
  REQUIRE(packet.ByteSizeLong() == kLargestPacket);
  output.write(packet);
  packet.mutable_track_event()->mutable_name()->push_back('x');
  CHECK_THROWS_WITH(output.write(packet), Catch::EndsWith(": a packet of more than 64 MiB"));
  output.close();
  PacketInput input(folder / "t");
  CHECK(input.next()->size() == kLargestPacket);
}

TEST_CASE("packet output: a file that is not closed goes", "[trace][packet]") {
  const ScratchFolder folder;
  {
    PacketOutput output(folder / "t");
    output.write(packet_at(1));
    CHECK(folder.names() == Names{"t"});
  }
  CHECK(folder.names().empty());
}

TEST_CASE("packet output: a folder that is not there is not made", "[trace][packet]") {
  const ScratchFolder folder;
  const auto path = folder / "none" / "t";
  CHECK_THROWS_WITH(PacketOutput(path),
                    path.string() + ": cannot be written: No such file or directory");
  CHECK(folder.names().empty());
}

// A pipe would be waited for, and a link would lead to a file of somebody else.
TEST_CASE("packet output: what has the name already is left alone", "[trace][packet]") {
  const ScratchFolder folder;
  const auto message = (folder / "t").string() + ": cannot be written: File exists";
  SECTION("a file") {
    write_bytes(folder / "t", "older");
  }
  SECTION("a folder") {
    std::filesystem::create_directory(folder / "t");
  }
  SECTION("a pipe") {
    REQUIRE(mkfifo((folder / "t").c_str(), 0600) == 0);
  }
  SECTION("a link to nowhere") {
    std::filesystem::create_symlink(folder / "u", folder / "t");
  }
  CHECK_THROWS_WITH(PacketOutput(folder / "t"), message);
  CHECK(folder.names() == Names{"t"});
}

// A limit of the file's size stands for a disk that is full.
TEST_CASE("packet output: a full disk is told where it was noticed", "[trace][packet]") {
  const ScratchFolder folder;
  const std::string message = (folder / "t").string() + ": cannot be written: File too large";
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit none = {0, RLIM_INFINITY}, unlimited = {RLIM_INFINITY, RLIM_INFINITY};
  setrlimit(RLIMIT_FSIZE, &none);
  SECTION("at the end, when little was written") {
    PacketOutput output(folder / "t");
    output.write(packet_at(1));
    CHECK_THROWS_WITH(output.close(), message);
  }
  SECTION("when it is flushed") {
    PacketOutput output(folder / "t");
    output.write(packet_at(1));
    CHECK_THROWS_WITH(output.flush(), message);
  }
  SECTION("on the way, when much was") {
    PacketOutput output(folder / "t");
    const auto write_much = [&] {
      for (std::uint64_t i = 0; i < 1'000'000; ++i) output.write(packet_at(i));
    };
    CHECK_THROWS_WITH(write_much(), message);
  }
  setrlimit(RLIMIT_FSIZE, &unlimited);
  CHECK(folder.names().empty());
}

}  // namespace
}  // namespace chokepoint
