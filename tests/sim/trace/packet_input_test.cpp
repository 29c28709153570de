#include "sim/trace/packet_input.hpp"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <string>

#include "tests/sim/trace/trace_files.hpp"

namespace chokepoint {
namespace {

using Catch::Matchers::Contains;

const std::string kTag = "\x0A";

TEST_CASE("packet input: packets come back as they were framed", "[trace][packet]") {
  const ScratchFolder folder;
  const std::string large(300, 'x');  // 300 = 0b10'0101100: varint AC 02.
  write_bytes(folder / "t",
              kTag + "\x03" + "abc" + kTag + std::string(1, '\0') + kTag + "\xAC\x02" + large);
  PacketInput input(folder / "t");
  CHECK(input.next() == std::string_view("abc"));
  CHECK(input.whole_bytes() == 5);
  CHECK(input.next() == std::string_view(""));
  CHECK(input.next() == std::string_view(large));
  CHECK(input.next() == std::nullopt);
  CHECK_FALSE(input.is_cut());
  CHECK(input.whole_bytes() == 5 + 2 + 303);
  CHECK(input.seen_bytes() == input.whole_bytes());
}

TEST_CASE("packet input: packets larger than a read come back whole", "[trace][packet]") {
  const ScratchFolder folder;
  std::string bytes;
  const std::string large(3 << 20, 'y');  // 3 * 2^20: varint 80 80 C0 01.
  for (int i = 0; i < 3; ++i) bytes += kTag + "\x80\x80\xC0\x01" + large + kTag + "\x01" + "z";
  write_bytes(folder / "t", bytes);
  PacketInput input(folder / "t");
  for (int i = 0; i < 3; ++i) {
    CHECK(input.next() == std::string_view(large));
    CHECK(input.next() == std::string_view("z"));
  }
  CHECK(input.next() == std::nullopt);
  CHECK_FALSE(input.is_cut());
}

TEST_CASE("packet input: a file that ends inside a packet is cut there", "[trace][packet]") {
  const ScratchFolder folder;
  const auto is_cut_after_three = [&](const std::string& rest) {
    write_bytes(folder / "t", kTag + "\x01" + "a" + rest);
    PacketInput input(folder / "t");
    CHECK(input.next() == std::string_view("a"));
    CHECK(input.next() == std::nullopt);
    CHECK(input.whole_bytes() == 3);
    CHECK(input.seen_bytes() == 3 + rest.size());
    return input.is_cut();
  };
  CHECK(is_cut_after_three(kTag));
  CHECK(is_cut_after_three(kTag + "\x80"));
  CHECK(is_cut_after_three(kTag + "\x02" + "a"));
  CHECK_FALSE(is_cut_after_three(""));
}

TEST_CASE("packet input: a length that promises the moon is not believed", "[trace][packet]") {
  const ScratchFolder folder;
  SECTION("up to 64 MiB: the file ends before") {
    write_bytes(folder / "t", kTag + "\x80\x80\x80\x20" + "abc");  // 2^26.
    PacketInput input(folder / "t");
    CHECK(input.next() == std::nullopt);
    CHECK(input.is_cut());
  }
  SECTION("more: damage") {
    write_bytes(folder / "t", kTag + "\x81\x80\x80\x20" + "abc");
    CHECK_THROWS_WITH(PacketInput(folder / "t").next(),
                      Contains("damaged at byte 0") && Contains("64 MiB"));
  }
  SECTION("64 bits full") {
    write_bytes(folder / "t", kTag + "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01" + "abc");
    CHECK_THROWS_AS(PacketInput(folder / "t").next(), DamagedTrace);
  }
  SECTION("endless") {
    write_bytes(folder / "t", kTag + std::string(11, '\x80'));
    CHECK_THROWS_WITH(PacketInput(folder / "t").next(), Contains("a length without end"));
  }
}

TEST_CASE("packet input: anything but a packet is damage, with its place", "[trace][packet]") {
  const ScratchFolder folder;
  write_bytes(folder / "t", kTag + "\x01" + "a" + "text");
  PacketInput input(folder / "t");
  CHECK(input.next() == std::string_view("a"));
  CHECK_THROWS_WITH(input.next(),
                    (folder / "t").string() + ": damaged at byte 3: no packet begins here");
}

TEST_CASE("packet input: a file that cannot be opened is named, with the reason",
          "[trace][packet]") {
  const ScratchFolder folder;
  CHECK_THROWS_WITH(PacketInput(folder / "none"), (folder / "none").string() + ": no such file");
}

}  // namespace
}  // namespace chokepoint
