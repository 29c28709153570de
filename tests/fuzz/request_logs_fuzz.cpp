// Any file is a log of requests, and its requests stream in order, or is told what is wrong with
// it. The first byte names a format, or leaves it to be recognized, and says what else is asked.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "sim/logs/request_log.hpp"
#include "tests/sim/logs/log_file.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace chokepoint;
  static const LogFolder folder;
  if (size == 0) return 0;
  const auto path =
      folder.file("log", std::string(reinterpret_cast<const char*>(data + 1), size - 1));
  RequestLogOptions options;
  const std::size_t format = (data[0] & 0x1fU) % (kRequestLogFormats + 1);
  if (format > 0) options.format = static_cast<RequestLogFormat>(format - 1);
  options.skip_bad = (data[0] & 0x80U) != 0;
  options.may_lack_times = (data[0] & 0x40U) != 0;
  Diagnostics found;
  const auto summary = check_request_log(path, options, found);
  if (summary.has_value() == found.has_errors()) std::abort();
  std::ostringstream report;
  print(report, found, "fuzzed");
  if (!summary) return 0;
  const auto source = open_request_log(path, *summary, options);
  std::uint64_t count = 0;
  Nanoseconds last = 0;
  while (const auto request = source->next()) {
    if (request->arrival < last || request->prompt == 0 || request->output == 0) std::abort();
    last = request->arrival;
    ++count;
  }
  if (count != summary->counts.requests && !summary->waits_for_ends) std::abort();
  return 0;
}
