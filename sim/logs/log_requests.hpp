#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>

#include "models/serving/request.hpp"
#include "sim/logs/log_format.hpp"
#include "sim/logs/log_records.hpp"
#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

/// How a log is to be read, where it does not say or is not to be believed.
struct RequestLogOptions {
  std::optional<RequestLogFormat> format;  ///< Else by what is in it.
  NamedColumns columns;                    ///< Else by their names.
  std::optional<TimeUnit> unit;            ///< Of times that are numbers.
  std::uint32_t block_tokens = 0;          ///< Of one block; 0: as the format has it.
  bool skip_bad = false;                   ///< Leaves lines out that are wrong, and counts them.
  bool may_lack_times = false;  ///< All requests arrive at 0 where it has no column of times.
  std::uint64_t seed = 1;       ///< Of what is drawn from curves.
};

/// What was read of a log so far.
struct RequestLogCounts {
  std::uint64_t requests = 0;
  std::uint64_t skipped = 0;         ///< Wrong lines that were left out.
  std::uint64_t without_tokens = 0;  ///< Left out: no prompt or no answer, as failures are logged.
  std::uint64_t clipped = 0;         ///< Named more blocks than their prompts have.
};

/// The requests of a log with a line, or an object in a list, for each. Time counts from the first.
class LogRequests {
public:
  /// Complains where the file is no such log, or a table without a column that a request needs;
  /// then next() has nothing. Requires: `format` is neither ServeGen nor Benchmark.
  LogRequests(const std::filesystem::path& path, RequestLogFormat format,
              const RequestLogOptions& options, Diagnostics& found);

  /// The next request; nothing at the end of the log, where `found` is full, and where the log
  /// cannot be read on, which is an error. A wrong line is an error unless it is to be skipped.
  std::optional<Request> next(Diagnostics& found);

  const RequestLogCounts& counts() const { return counts_; }
  /// True where no column says when requests arrive.
  bool lacks_times() const { return lacks_times_; }

private:
  /// What a record lacks that all have, for the whole log; nothing where it lacks nothing.
  std::optional<LineComplaint> lacking_roles(const LogLine& line);
  SourceLocation place(const LogLine& line, std::size_t offset) const;
  void report(const LogLine& line, const LineComplaint& complaint, Diagnostics& found) const;
  std::optional<LineComplaint> read_line(LogLine& line, Request& into);
  std::optional<LineComplaint> read_arrival(Request& into);
  std::optional<LineComplaint> read_tokens(LogRole role, std::uint32_t& into) const;
  void read_blocks(Request& into);
  void read_turn(Request& into);
  void end(Diagnostics& found);

  std::string file_;
  RequestLogFormat format_;
  RequestLogOptions options_;
  LogRecords records_;
  LogRecord record_;
  RequestLogCounts counts_;
  std::optional<TimeUnit> unit_;
  std::optional<bool> has_dates_;
  std::optional<std::int64_t> first_;  ///< Time of the first arrival, as the log counts.
  std::int64_t last_ = 0;              ///< And of the last.
  /// First chat of each, where every turn is a chat of its own; else turns of each session so far.
  std::unordered_map<std::uint64_t, std::uint64_t> sessions_;
  std::optional<Diagnostic> lacking_;  ///< What the first line lacked, as long as none has it.
  bool is_over_ = false, has_roles_ = false, lacks_times_ = false;
};

}  // namespace chokepoint
