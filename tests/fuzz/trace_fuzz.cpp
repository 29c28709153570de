// Any file is a trace, whole or cut, or is told what is wrong with it. An input whose first byte is
// even stands behind the beginning of a good trace, which no fuzzer would find.

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

#include "sim/trace/reader.hpp"
#include "tests/sim/trace/trace_files.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chokepoint;
  static const ScratchFolder folder;
  static const std::string good = [] {
    write_trace(folder / "good", {});
    return read_bytes(folder / "good");
  }();
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  write_bytes(folder / "fuzzed", data[0] % 2 == 0 ? good + bytes : bytes);
  try {
    read_trace(folder / "fuzzed");
  } catch (const std::runtime_error&) {
  }
  return 0;
}
