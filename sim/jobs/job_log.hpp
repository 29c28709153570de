#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/cluster/job_queue.hpp"
#include "sim/jobs/job_columns.hpp"
#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

/// Formats of logs of jobs.
enum class JobLogFormat {
  Table,  ///< Cells under a header: Philly, openb, PAI, Helios, Acme, Muri, one's own.
  Swf,    ///< Standard Workload Format, with a header or without.
  Sacct   ///< `sacct --parsable2`, with a header or without.
};

/// "table", "swf", "sacct"; also the names of what a table may be: "philly", "helios" ...
std::string_view name(JobLogFormat format);
std::optional<JobLogFormat> job_log_format_named(std::string_view name);

/// How a log is to be read.
struct JobLogOptions {
  std::optional<JobLogFormat> format;  ///< Unset: as its content says.
  NamedJobColumns named;
  std::optional<JobTimeUnit> unit;  ///< Of numbers that are times where no column says it.
  bool skips_bad = false;           ///< Lines that are wrong are left out and counted.
  bool whole_devices = false;       ///< Who needs a part of a device needs one.
};

/// Jobs as a log has them.
struct JobLog {
  JobLogFormat format = JobLogFormat::Table;
  std::vector<RigidJob> jobs;    ///< In order of submit; of equals as they stand there.
  std::vector<std::string> ids;  ///< Of these.
  std::vector<std::string>
      owners;             ///< By their numbers in `jobs`; one without a name where none is said.
  std::size_t lines = 0;  ///< That say something of a job.
  std::size_t bad = 0;    ///< Wrong, and left out.
  std::size_t never_ran = 0;        ///< Left out: cancelled before they began, or no end is known.
  std::size_t without_devices = 0;  ///< Left out: they need no GPU.
  std::size_t shares = 0;           ///< That need a part of one device and no more.
  std::size_t rounded = 0;          ///< That need whole devices and a part, which counts as one.
  std::size_t elastic = 0;          ///< That take more or fewer devices than they asked for.
  bool has_estimates = false;
  /// Units in which numbers were read, of the times that are numbers.
  std::vector<std::pair<JobRole, JobTimeUnit>> units;
};

/// Reads a log, packed with gzip or Zstandard or not. Nothing after errors, which are in `found`
/// with line and column: a file that cannot be read or is no log, columns that lack, cells that
/// cannot be read, lines with fewer cells than there are columns.
std::optional<JobLog> read_job_log(const std::filesystem::path& path, const JobLogOptions& options,
                                   Diagnostics& found);

}  // namespace chokepoint
