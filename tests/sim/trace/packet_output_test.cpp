#include "sim/trace/packet_output.hpp"

#include <catch2/catch.hpp>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

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

TEST_CASE("packet output: the file takes its name when it is whole", "[trace][packet]") {
  const ScratchFolder folder;
  PacketOutput output(folder / "t");
  output.write(packet_at(1));
  CHECK(folder.names() == Names{"t.partial"});
  output.close();
  CHECK(folder.names() == Names{"t"});
}

TEST_CASE("packet output: destroyed before it leaves nothing, and what was there stays",
          "[trace][packet]") {
  const ScratchFolder folder;
  write_bytes(folder / "t", "older");
  {
    PacketOutput output(folder / "t");
    output.write(packet_at(1));
  }
  CHECK(folder.names() == Names{"t"});
  CHECK(read_bytes(folder / "t") == "older");
}

TEST_CASE("packet output: a folder that is not there is not made", "[trace][packet]") {
  const ScratchFolder folder;
  const auto path = folder / "none" / "t";
  CHECK_THROWS_WITH(PacketOutput(path),
                    path.string() + ".partial: cannot be written: No such file or directory");
  CHECK(folder.names().empty());
}

TEST_CASE("packet output: a full disk is told where it was noticed", "[trace][packet]") {
  const ScratchFolder folder;
  std::filesystem::create_symlink("/dev/full", folder / "t.partial");
  const std::string message =
      (folder / "t.partial").string() + ": cannot be written: No space left on device";
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
  CHECK(folder.names().empty());
}

TEST_CASE("packet output: a name that is taken by a folder is told", "[trace][packet]") {
  const ScratchFolder folder;
  std::filesystem::create_directories(folder / "t" / "inside");
  {
    PacketOutput output(folder / "t");
    CHECK_THROWS_AS(output.close(), std::runtime_error);
  }
  CHECK(folder.names() == Names{"t"});
}

}  // namespace
}  // namespace chokepoint
