#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "models/serving/request.hpp"
#include "sim/logs/log_requests.hpp"

namespace chokepoint {

/// What a log holds: known after it was read once, for which it was never in memory as a whole.
struct RequestLogSummary {
  RequestLogFormat format = RequestLogFormat::Csv;
  RequestLogCounts counts;
  Nanoseconds span = 0;  ///< From the first arrival to the last.
  double prompt_tokens = 0, output_tokens = 0;
  std::uint32_t longest_prompt = 0, longest_context = 0;  ///< Tokens; context: prompt and answer.
  std::uint32_t block_tokens = 0;                         ///< 0: prompts name no blocks.
  bool lacks_times = false;                               ///< Nobody says when requests arrive.
  bool waits_for_ends = false;  ///< A closed loop: how long it takes is up to the fleet.
  bool is_drawn = false;        ///< Of curves: other seeds draw other requests.
  bool has_means_only = false;  ///< Every length is the mean of a run.
};

/// Reads all of a log and says what it holds, or nothing and complains of all that is wrong with it
/// (of no more than Diagnostics keeps). `path` is a file, or a folder of ServeGen's clients. A log
/// without a request is wrong.
std::optional<RequestLogSummary> check_request_log(const std::filesystem::path& path,
                                                   const RequestLogOptions& options,
                                                   Diagnostics& found);

/// The requests of a log that was checked with these options, streamed. next() throws
/// std::runtime_error that names the file where it has changed since and is wrong now.
std::unique_ptr<RequestSource> open_request_log(const std::filesystem::path& path,
                                                const RequestLogSummary& summary,
                                                const RequestLogOptions& options);

}  // namespace chokepoint
