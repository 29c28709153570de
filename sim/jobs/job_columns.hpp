#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/jobs/job_times.hpp"

namespace chokepoint {

/// What a column says of a job.
enum class JobRole {
  Id,
  Submit,
  Start,
  End,
  Run,       ///< How long it ran.
  Estimate,  ///< How long its owner said that it would run at most.
  Devices,
  Instances,  ///< Of as many devices each.
  Share,      ///< Thousandths of a device, where it needs one.
  Resources,  ///< A list such as "cpu=8,gres/gpu=2".
  State,
  Owner,        ///< Who uses up a share: a virtual cluster, an account, a user.
  Priority,     ///< A whole number; the higher, the sooner.
  MinDevices,   ///< The fewest that an elastic job takes,
  MaxDevices,   ///< and the most.
  SerialShare,  ///< Of its time, what does not shrink with devices.
};
inline constexpr std::size_t kJobRoles = 16;

/// "submit", "run", ...
std::string_view name(JobRole role);
std::optional<JobRole> job_role_named(std::string_view name);

/// Those that are times.
inline constexpr std::array kTimeRoles = {JobRole::Submit, JobRole::Start, JobRole::End,
                                          JobRole::Run, JobRole::Estimate};

/// Which column has each role, where a person says so; the others go by their names.
using NamedJobColumns = std::map<JobRole, std::string>;

/// Columns by role: places in a line.
struct JobColumns {
  std::array<std::optional<std::size_t>, kJobRoles> by_role;
  /// Of numbers that are times, by role; nothing where neither a name nor the log's format says it.
  std::array<std::optional<JobTimeUnit>, kJobRoles> units;
  bool is_in_percent = false;  ///< Of devices.

  std::optional<JobTimeUnit>& unit(JobRole role) { return units[static_cast<std::size_t>(role)]; }

  std::optional<std::size_t> operator[](JobRole role) const {
    return by_role[static_cast<std::size_t>(role)];
  }
};

/// Chooses among columns of these names, in any case and with any of ' ', '_', '-' and '.' between
/// their words; a time may have its unit as its last word, "run_minutes". Those of Philly, openb,
/// PAI, Helios, Acme, Muri and sacct are known.
JobColumns chosen_job_columns(const std::vector<std::string>& names, const NamedJobColumns& named);

/// What `columns` lack to be a log of jobs, in words for people; empty where nothing.
std::string lacking(const JobColumns& columns);

/// Columns of `sacct --parsable2` as XDMoD asks for them, where a log of it has no header.
const std::vector<std::string>& sacct_columns();

}  // namespace chokepoint
