// Any file is one of measurements, or is told what is wrong with it. The first byte names a format,
// or leaves it to be recognized.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "sim/measure/logs/read_log.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chokepoint;
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data + 1), size - 1);
  StatedFacts facts;
  facts.device = facts.model = "x";
  facts.precision = "bf16";
  facts.engine = "vllm";
  facts.devices = 8;
  facts.sequence = 4096;
  std::optional<LogFormat> format;
  if (data[0] % (kLogFormats + 1) > 0) {
    format = static_cast<LogFormat>(data[0] % (kLogFormats + 1) - 1);
  }
  for (const MeasuredWork kind : {MeasuredWork::Serving, MeasuredWork::Training}) {
    Measurements measured;
    Diagnostics found;
    found.remember("fuzzed", text);
    read_log("fuzzed", text, kind, format, facts, measured, found);
    const bool says_nothing = measured.serving.empty() && measured.training.empty();
    if (says_nothing && found.items().empty()) std::abort();
    std::ostringstream report;
    print(report, found, "fuzzed");
  }
  return 0;
}
