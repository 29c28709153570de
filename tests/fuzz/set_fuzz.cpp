// Any "--set" changes a value of a scenario, or is told what is wrong with it.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "sim/scenario/compose/compose.hpp"
#include "sim/scenario/read_world.hpp"
#include "tests/paths.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chokepoint;
  static const std::string file = source_dir() + "/tests/sim/scenario/small.textproto";
  const auto set = parse_assignment(std::string(reinterpret_cast<const char*>(data), size));
  if (!set) return 0;
  Diagnostics found;
  const auto composed = compose(file, {*set}, true, found);
  const bool is_world = composed && read_world(*composed, found).has_value();
  if (is_world == found.has_errors()) std::abort();
  std::ostringstream report;
  print(report, found, "fuzzed");
  return 0;
}
