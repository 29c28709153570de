#include "sim/jobs/job_columns.hpp"

#include <algorithm>
#include <cctype>

namespace chokepoint {
namespace {

constexpr std::array<std::string_view, kJobRoles> kRoleNames = {
    "id",       "submit",      "start",       "end",         "run",   "estimate",
    "devices",  "instances",   "share",       "resources",   "state", "owner",
    "priority", "min_devices", "max_devices", "serial_share"};

struct KnownName {
  std::string_view name;  // Without what stands between words.
  JobRole role;
};

// Of several columns of one role the first in this list has it.
constexpr KnownName kKnown[] = {
    {"jobid", JobRole::Id},
    {"id", JobRole::Id},
    {"jobname", JobRole::Id},
    {"name", JobRole::Id},
    {"job", JobRole::Id},
    {"submittime", JobRole::Submit},
    {"submit", JobRole::Submit},
    {"submittedtime", JobRole::Submit},
    {"creationtime", JobRole::Submit},
    {"timestamp", JobRole::Submit},
    {"arrival", JobRole::Submit},
    {"arrivaltime", JobRole::Submit},
    {"starttime", JobRole::Start},
    {"start", JobRole::Start},
    {"scheduledtime", JobRole::Start},
    {"endtime", JobRole::End},
    {"end", JobRole::End},
    {"finishedtime", JobRole::End},
    {"deletiontime", JobRole::End},
    {"duration", JobRole::Run},
    {"runtime", JobRole::Run},
    {"run", JobRole::Run},
    {"elapsed", JobRole::Run},
    {"timelimit", JobRole::Estimate},
    {"walltime", JobRole::Estimate},
    {"estimate", JobRole::Estimate},
    {"requestedtime", JobRole::Estimate},
    {"numgpus", JobRole::Devices},
    {"numgpu", JobRole::Devices},
    {"gpunum", JobRole::Devices},
    {"gpus", JobRole::Devices},
    {"ngpus", JobRole::Devices},
    {"gpucount", JobRole::Devices},
    {"devices", JobRole::Devices},
    {"plangpu", JobRole::Devices},
    {"instnum", JobRole::Instances},
    {"instances", JobRole::Instances},
    {"gpumilli", JobRole::Share},
    {"alloctres", JobRole::Resources},
    {"allocgres", JobRole::Resources},
    {"reqtres", JobRole::Resources},
    {"state", JobRole::State},
    {"status", JobRole::State},
    {"podphase", JobRole::State},
    {"owner", JobRole::Owner},
    {"vc", JobRole::Owner},
    {"virtualcluster", JobRole::Owner},
    {"account", JobRole::Owner},
    {"user", JobRole::Owner},
    {"username", JobRole::Owner},
    {"cluster", JobRole::Owner},
    {"priority", JobRole::Priority},
    {"mindevices", JobRole::MinDevices},
    {"maxdevices", JobRole::MaxDevices},
    {"serialshare", JobRole::SerialShare},
};

std::string plain(std::string_view name) {
  std::string made;
  for (const char c : name) {
    if (c == ' ' || c == '_' || c == '-' || c == '.') continue;
    made += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return made;
}

bool is_time(JobRole role) {
  return std::ranges::find(kTimeRoles, role) != kTimeRoles.end();
}

}  // namespace

std::string_view name(JobRole role) {
  return kRoleNames[static_cast<std::size_t>(role)];
}

std::optional<JobRole> job_role_named(std::string_view name) {
  const auto found = std::ranges::find(kRoleNames, name);
  if (found == kRoleNames.end()) return std::nullopt;
  return static_cast<JobRole>(found - kRoleNames.begin());
}

JobColumns chosen_job_columns(const std::vector<std::string>& names, const NamedJobColumns& named) {
  JobColumns columns;
  std::vector<std::string> plain_names;
  plain_names.reserve(names.size());
  for (const std::string& one : names) plain_names.push_back(plain(one));
  const auto place_of = [&](std::string_view wanted) -> std::optional<std::size_t> {
    const auto found = std::ranges::find(plain_names, wanted);
    if (found == plain_names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - plain_names.begin());
  };
  const auto place_before_unit = [&](std::string_view wanted) -> std::optional<std::size_t> {
    const auto found = std::ranges::find_if(names, [&](const std::string& one) {
      const auto column = time_column(one);
      return column && plain(column->name) == wanted;
    });
    if (found == names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
  };
  for (const KnownName& known : kKnown) {
    auto& place = columns.by_role[static_cast<std::size_t>(known.role)];
    if (!place) place = place_of(known.name);
  }
  for (const KnownName& known : kKnown) {
    auto& place = columns.by_role[static_cast<std::size_t>(known.role)];
    if (!place && is_time(known.role)) place = place_before_unit(known.name);
  }
  for (const auto& [role, column] : named) {
    columns.by_role[static_cast<std::size_t>(role)] = place_of(plain(column));
  }
  // Muri writes milliseconds; PAI percent of a device.
  const bool is_muri = place_of("iterationtime") && place_of("interval");
  for (const JobRole role : kTimeRoles) {
    if (columns[role]) {
      if (const auto column = time_column(names[*columns[role]])) columns.unit(role) = column->unit;
    }
    if (is_muri && !columns.unit(role)) columns.unit(role) = kJobMilliseconds;
  }
  columns.is_in_percent = columns[JobRole::Devices] == place_of("plangpu") && place_of("plangpu");
  return columns;
}

std::string lacking(const JobColumns& columns) {
  const auto has = [&](JobRole role) { return columns[role].has_value(); };
  std::string text;
  const auto add = [&](const char* what) {
    text += (text.empty() ? "" : ", ") + std::string(what);
  };
  if (!has(JobRole::Submit) && !has(JobRole::Start)) add("when a job was submitted");
  if (!has(JobRole::Run) && !(has(JobRole::Start) && has(JobRole::End))) {
    add("how long it ran, or from when until when");
  }
  if (!has(JobRole::Devices) && !has(JobRole::Resources)) add("how many devices it needs");
  return text;
}

const std::vector<std::string>& sacct_columns() {
  static const std::vector<std::string> columns = {
      "jobid",   "jobidraw",  "cluster",   "partition", "qos",      "account", "group",
      "gid",     "user",      "uid",       "submit",    "eligible", "start",   "end",
      "elapsed", "exitcode",  "state",     "nnodes",    "ncpus",    "reqcpus", "reqmem",
      "reqtres", "alloctres", "timelimit", "nodelist",  "jobname"};
  return columns;
}

}  // namespace chokepoint
