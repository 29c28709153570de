// Any text is a scenario, or is told what is wrong with it.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "sim/scenario/read_world.hpp"
#include "sim/scenario/text/read_text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chokepoint;
  const std::string text(reinterpret_cast<const char*>(data), size);
  pb::Scenario scenario;
  Places places;
  Diagnostics found;
  found.remember("fuzzed", text);
  read_text(text, "fuzzed", scenario, places, found);
  bool is_world = false;
  if (!found.has_errors()) {
    is_world = read_world(composed_from(std::move(scenario), "fuzzed"), found).has_value();
  }
  if (is_world == found.has_errors()) std::abort();
  std::ostringstream report;
  print(report, found, "fuzzed");
  return 0;
}
