#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/logs/request_log.hpp"

namespace chokepoint {

/// A folder of its own that is gone with the test.
class LogFolder {
public:
  LogFolder();
  ~LogFolder();
  LogFolder(const LogFolder&) = delete;
  LogFolder& operator=(const LogFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  /// Writes a file into it.
  std::filesystem::path file(const std::string& name, const std::string& bytes) const;

private:
  std::filesystem::path path_;
};

/// What a text says as a log, and what is wrong with it.
struct ReadLogText {
  std::optional<RequestLogSummary> summary;
  std::vector<Request> requests;  ///< Streamed, where it is sound.
  Diagnostics found;

  /// The first complaint with line and column, "3:5: ..."; empty: none.
  std::string complaint() const;
  std::string help() const;
};

ReadLogText read_log_file(const std::filesystem::path& path, const RequestLogOptions& options = {});
ReadLogText read_log_text(const std::string& text, const RequestLogOptions& options = {});

/// Small logs of our own, one for each format of a line per request, by its name.
struct SampleLog {
  RequestLogFormat format;
  std::string text;
};
const std::vector<SampleLog>& sample_logs();

}  // namespace chokepoint
