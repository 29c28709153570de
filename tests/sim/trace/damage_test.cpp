// A trace that was damaged on its way: the reader gives facts or says what is wrong, and never
// crashes, hangs or takes more memory than the file is large.

#include <catch2/catch.hpp>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "tests/sim/trace/small_world.hpp"
#include "tests/sim/trace/trace_files.hpp"

namespace chokepoint {
namespace {

/// splitmix64: the same numbers everywhere, unlike the distributions of the standard library.
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
class Dice {
public:
  std::uint64_t roll() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(roll() % limit); }

private:
  std::uint64_t state_ = 20251123;
};

std::string small_trace(const ScratchFolder& folder) {
  write_trace(folder / "t", one_of_every_kind());
  return read_bytes(folder / "t");
}

/// How many facts are read before the damage shows; -1: it is no trace any more.
int facts_before_damage(const ScratchFolder& folder, const std::string& bytes) {
  write_bytes(folder / "damaged", bytes);
  int facts = -1;
  try {
    TraceReader reader(folder / "damaged");
    facts = 0;
    while (reader.next()) ++facts;
    CHECK(reader.whole_bytes() <= bytes.size());
  } catch (const std::runtime_error& error) {
    const std::string name = (folder / "damaged").string() + ": ";
    CHECK(std::string(error.what()).substr(0, name.size()) == name);
  }
  return facts;
}

TEST_CASE("damaged trace: any byte may be wrong", "[trace][reader][damage]") {
  const ScratchFolder folder;
  const std::string whole = small_trace(folder);
  Dice dice;
  for (int i = 0; i < 4'000; ++i) {
    std::string bytes = whole;
    for (std::size_t flips = 1 + dice.below(3); flips > 0; --flips) {
      bytes[dice.below(bytes.size())] ^= static_cast<char>(1 + dice.below(255));
    }
    CHECK(facts_before_damage(folder, bytes) <= 100);
  }
}

TEST_CASE("damaged trace: any part may be missing, doubled or put elsewhere",
          "[trace][reader][damage]") {
  const ScratchFolder folder;
  const std::string whole = small_trace(folder);
  Dice dice;
  for (int i = 0; i < 2'000; ++i) {
    const std::size_t from = dice.below(whole.size());
    const std::string part = whole.substr(from, 1 + dice.below(200));
    std::string without = whole;
    without.erase(from, part.size());
    std::string with = whole;
    with.insert(dice.below(whole.size()), part);
    CHECK(facts_before_damage(folder, without) <= 100);
    CHECK(facts_before_damage(folder, with) <= 100);
  }
}

TEST_CASE("damaged trace: a file of chance is no trace", "[trace][reader][damage]") {
  const ScratchFolder folder;
  Dice dice;
  for (int i = 0; i < 1'000; ++i) {
    std::string bytes(1 + dice.below(300), '\0');
    for (char& byte : bytes) byte = static_cast<char>(dice.roll() & 0xFF);
    bytes[0] = '\x0A';  // Else the first byte would give it away.
    CHECK(facts_before_damage(folder, bytes) == -1);
  }
}

TEST_CASE("damaged trace: facts before the damage are given", "[trace][reader][damage]") {
  const ScratchFolder folder;
  const std::string whole = small_trace(folder);
  const int all = static_cast<int>(one_of_every_kind().size());
  CHECK(facts_before_damage(folder, whole) == all);
  CHECK(facts_before_damage(folder, whole + "text") == all);
}

}  // namespace
}  // namespace chokepoint
