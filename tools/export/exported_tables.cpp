#include "tools/export/exported_tables.hpp"

#include <array>
#include <optional>
#include <stdexcept>
#include <unordered_map>

#include "sim/indicators/yearly.hpp"
#include "sim/scenario/compose/compose.hpp"
#include "sim/sweep/information_set.hpp"
#include "sim/trace/nanoseconds.hpp"
#include "sim/trace/recall.hpp"
#include "tools/console/fact_line.hpp"
#include "tools/export/fact_tables.hpp"
#include "tools/export/job_rows.hpp"
#include "tools/export/request_rows.hpp"

namespace chokepoint {
namespace {

// Behind the tables of facts.
enum class OtherTable : std::size_t { Trace, Tracks, Indicators, Jobs, Requests };

std::size_t number_of(OtherTable table) {
  return fact_tables().size() + static_cast<std::size_t>(table);
}

/// Figures of the years of a run, where its scenario is a world.
class YearlyRows {
public:
  YearlyRows(const TraceReader& reader, const std::string& file) {
    if (!reader.manifest().scenario().has_reference()) return;  // Of it are figures of years.
    try {
      world_.emplace(world_from(composed_from(reader.manifest().scenario(), file), {}));
    } catch (const std::runtime_error&) {
      return;  // Of a replay or a step: nothing of it is a figure of a year.
    }
    names_.emplace(*world_);
    ledger_.emplace(*world_);
  }

  void take(const TimedFact& timed) {
    if (!ledger_ || is_fine(timed.fact)) return;
    const auto event = recall(timed.fact, seconds(timed.time_ns), *names_);
    if (event) ledger_->record(*event);
    is_told_ = is_told_ || event.has_value();
  }

  void add_to(ExportTarget& target) const {
    if (!ledger_ || !is_told_) return;
    for (const auto& [key, value] : yearly_figures(*world_, *ledger_)) {
      const std::array<ExportValue, 5> row = {
          std::int64_t{key.year}, std::string_view(key.indicator),
          key.subject.empty() ? ExportValue() : std::string_view(key.subject),
          std::string_view(key.unit), value};
      target.add(number_of(OtherTable::Indicators), row);
    }
  }

private:
  // What no figure of a year is made of, and there is much of.
  static bool is_fine(const pb::Fact& fact) {
    return fact.has_request() || fact.has_gauge() || fact.has_dropped() || fact.has_operation() ||
           fact.has_exchange() || fact.has_step() || fact.has_held() || fact.has_node();
  }

  std::optional<const World> world_;
  std::optional<WorldNames> names_;
  std::optional<Ledger> ledger_;
  bool is_told_ = false;
};

/// Numbers of tracks, from 1 in their order.
class TrackRows {
public:
  /// Adds those that were described since.
  void take(const TraceReader& reader, ExportTarget& target) {
    for (; told_ < reader.tracks().size(); ++told_) {
      const Track& track = reader.tracks()[told_];
      const auto [found, is_new] = numbers_.try_emplace(track.uuid, numbers_.size() + 1);
      if (!is_new) continue;
      const std::array<ExportValue, 4> row = {
          static_cast<std::int64_t>(found->second), std::string_view(track.name),
          static_cast<std::int64_t>(number(track.parent)),
          track.unit.empty() ? ExportValue() : std::string_view(track.unit)};
      target.add(number_of(OtherTable::Tracks), row);
    }
  }
  std::uint64_t number(std::uint64_t uuid) const {
    const auto found = numbers_.find(uuid);
    return found == numbers_.end() ? 0 : found->second;
  }

private:
  std::unordered_map<std::uint64_t, std::uint64_t> numbers_;
  std::size_t told_ = 0;
};

void add_manifest(const TraceReader& reader, const Exported& exported, ExportTarget& target) {
  const auto add = [&](std::string_view name, const std::string& value) {
    const std::array<ExportValue, 2> row = {
        name, value.empty() ? ExportValue() : std::string_view(value)};
    target.add(number_of(OtherTable::Trace), row);
  };
  const pb::Manifest& manifest = reader.manifest();
  add("scenario", manifest.scenario().name());
  add("question", manifest.scenario().question());
  add("base", manifest.base());
  add("scenario_digest", manifest.scenario_digest());
  add("program_version", manifest.program_version());
  add("seed", std::to_string(manifest.seed()));
  add("epoch", manifest.epoch());
  add("start", manifest.scenario().start());
  add("end", manifest.scenario().end());
  add("trace_level", manifest.trace_level());
  add("facts", std::to_string(exported.facts));
  add("truncated", exported.is_truncated ? "true" : "false");
}

}  // namespace

const std::vector<ExportTable>& exported_tables() {
  static const std::vector<ExportTable> tables = [] {
    using enum ExportType;
    std::vector<ExportTable> all = fact_tables();
    all.push_back({"trace", {{"name", Text}, {"value", Text}}});
    all.push_back(
        {"tracks", {{"track", Whole}, {"name", Text}, {"parent", Whole}, {"unit", Text}}});
    all.push_back({"indicators",
                   {{"year", Whole},
                    {"indicator", Text},
                    {"subject", Text},
                    {"unit", Text},
                    {"value", Real}}});
    all.push_back(JobRows::table());
    all.push_back(RequestRows::table());
    return all;
  }();
  return tables;
}

Exported export_tables(TraceReader& reader, const std::string& file, ExportTarget& target) {
  Exported exported;
  FactRows rows(epoch_of(reader.manifest(), file));
  TrackRows tracks;
  JobRows jobs;
  RequestRows requests;
  YearlyRows yearly(reader, file);
  while (const auto timed = reader.next()) {
    tracks.take(reader, target);
    ++exported.facts;
    const auto row = rows.row(*timed, exported.facts, tracks.number(timed->track));
    if (!row) {
      ++exported.of_later_versions;
      continue;
    }
    target.add(row->table, row->values);
    jobs.take(*timed);
    requests.take(*timed, target, number_of(OtherTable::Requests));
    yearly.take(*timed);
  }
  exported.is_truncated = reader.truncated();
  requests.finish(target, number_of(OtherTable::Requests));
  jobs.add_to(target, number_of(OtherTable::Jobs));
  yearly.add_to(target);
  add_manifest(reader, exported, target);
  return exported;
}

}  // namespace chokepoint
