#include "tools/jobs/job_changes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "tools/print/table.hpp"

namespace chokepoint {
namespace {

constexpr double kMillisOfAnHour = 3'600e3, kMillisOfASecond = 1e3;
constexpr std::size_t kJobsNamed = 5;
// A clock that shows less counts from the begin of its log.
constexpr Milliseconds kFirstDate = 946'684'800'000;  // 2000-01-01.

// How days and hours are moments of a log.
class LogClock {
public:
  LogClock(const JobLog& log, const std::optional<Date>& begins)
      : first_(log.jobs.front().submit), has_dates_(begins || first_ >= kFirstDate) {
    using std::chrono::milliseconds, std::chrono::days, std::chrono::floor;
    if (!begins) return;
    const milliseconds day = floor<days>(milliseconds(first_));
    shift_ = (day - milliseconds(begins->time_since_epoch())).count();
  }

  Milliseconds first() const { return first_; }
  bool can_tell(const ChangeTime& time) const { return has_dates_ || !time.moment; }
  // Requires: it is said, and can be told.
  Milliseconds at(const ChangeTime& time) const {
    using std::chrono::milliseconds;
    if (time.after) return first_ + std::llround(time.after->value * kMillisOfASecond);
    return milliseconds(time.moment->time_since_epoch()).count() + shift_;
  }

private:
  Milliseconds first_, shift_ = 0;
  bool has_dates_;
};

const char* words(PoolChangeKind kind) {
  switch (kind) {
    case PoolChangeKind::Arrive:
      return "arrive";
    case PoolChangeKind::Drain:
      return "drain";
    case PoolChangeKind::Close:
      return "close";
    case PoolChangeKind::SupportEnds:
      break;
  }
  return "support_ends";
}

PoolChange pool_change(const SiteChange& change, std::uint32_t pool, const LogClock& clock) {
  PoolChange made;
  made.kind = change.kind;
  made.pool = pool;
  made.on = clock.at(change.on);
  if (change.until.is_said()) made.until = clock.at(change.until);
  if (change.known.is_said()) made.known = clock.at(change.known);
  made.nodes = static_cast<int>(change.nodes.value);
  made.first_node = change.first_node;
  made.because = change.because;
  return made;
}

std::string after_begin(Milliseconds at) {
  const double hours = static_cast<double>(at) / kMillisOfAnHour;
  return hours < 0 ? "before the log begins" : fmt::format("after {} h", format_value(hours));
}

std::string what_happens(const StatedJobChange& change) {
  const bool is_one = change.nodes == 1;
  const std::string nodes = is_one ? "1 node" : fmt::format("{} nodes", change.nodes);
  const std::string until = change.until ? " until " + after_begin(*change.until).substr(6) : "";
  if (change.is_refused) return fmt::format("{} never {}", nodes, is_one ? "comes" : "come");
  switch (change.kind) {
    case PoolChangeKind::Arrive:
      return fmt::format("{} {}", nodes, is_one ? "arrives" : "arrive");
    case PoolChangeKind::Drain:
      return fmt::format("{} {} drained{}", nodes, is_one ? "is" : "are", until);
    case PoolChangeKind::Close:
      return fmt::format("{} {} closed{}", nodes, is_one ? "is" : "are",
                         until.empty() ? " for good" : until);
    case PoolChangeKind::SupportEnds:
      break;
  }
  return "takes no job that is submitted later";
}

}  // namespace

bool has_changes_by_day(const Cluster& cluster) {
  return std::ranges::any_of(cluster.world.sites, [](const Site& site) {
    return std::ranges::any_of(
        site.changes, [](const SiteChange& change) { return change.on.moment.has_value(); });
  });
}

std::optional<JobChanges> job_changes(const Cluster& cluster,
                                      const std::vector<JobPoolFacts>& pools, const JobLog& log,
                                      const std::optional<Date>& begins, Diagnostics& found) {
  JobChanges made;
  if (log.jobs.empty()) return made;
  const LogClock clock(log, begins);
  for (const Site& site : cluster.world.sites) {
    for (const SiteChange& change : site.changes) {
      const auto pool = std::ranges::find(pools, change.pool, &JobPoolFacts::id);
      if (pool == pools.end() && !change.is_refused) continue;  // Jobs do not run there.
      const bool is_clear =
          clock.can_tell(change.on) && clock.can_tell(change.until) && clock.can_tell(change.known);
      if (!is_clear) {
        found.error({cluster.file.string(), 0, 0},
                    "change '" + change.name +
                        "' is on a day, and the times of the log count from its begin",
                    "say with --begins on which day that is, or write on_hours");
        return std::nullopt;
      }
      const PoolChange of =
          pool_change(change, static_cast<std::uint32_t>(pool - pools.begin()), clock);
      StatedJobChange stated{cluster.world.pools[change.pool.value].name,
                             change.because,
                             change.kind,
                             of.on - clock.first(),
                             {},
                             {},
                             of.nodes,
                             change.is_refused};
      if (change.until.is_said()) stated.until = of.until - clock.first();
      if (change.known.is_said()) stated.known = of.known - clock.first();
      made.stated.push_back(std::move(stated));
      if (!change.is_refused) made.changes.push_back(of);
    }
  }
  std::ranges::stable_sort(made.stated, {}, &StatedJobChange::on);
  return made;
}

std::string changes_text(const std::string& cluster, const JobChanges& changes) {
  std::string text;
  for (const StatedJobChange& change : changes.stated) {
    const std::string known = !change.known       ? ""
                              : *change.known < 0 ? ""
                                                  : ", known " + after_begin(*change.known);
    text += fmt::format("{}, {}: {} {}{}: {}\n", cluster, after_begin(change.on), change.pool,
                        what_happens(change), known, change.because);
  }
  return text;
}

JsonValue changes_json(const JobChanges& changes) {
  JsonValue list = JsonValue::list();
  const auto seconds = [](const std::optional<Milliseconds>& time) {
    return time ? std::optional(static_cast<double>(*time) / kMillisOfASecond) : std::nullopt;
  };
  for (const StatedJobChange& change : changes.stated) {
    list.push(JsonValue::object()
                  .add("pool", change.pool)
                  .add("what", words(change.kind))
                  .add("on_s", seconds(change.on))
                  .add("until_s", seconds(change.until))
                  .add("known_s", seconds(change.known))
                  .add("nodes", static_cast<double>(change.nodes))
                  .add("refused", change.is_refused)
                  .add("because", change.because));
  }
  return list;
}

std::string never_placed_text(const JobLog& log, const JobReplay& replay) {
  const std::size_t count = replay.never_placed.size();
  if (count == 0) return "";
  std::string names;
  for (std::size_t i = 0; i < std::min(count, kJobsNamed); ++i) {
    names += (i > 0 ? ", " : "") + log.ids[replay.never_placed[i]];
  }
  const std::string more =
      count > kJobsNamed ? fmt::format(" and {} more", count - kJobsNamed) : "";
  return fmt::format("Never placed under {}: {} {}: {}{}.\n", name(replay.policy), count,
                     count == 1 ? "job" : "jobs", names, more);
}

}  // namespace chokepoint
