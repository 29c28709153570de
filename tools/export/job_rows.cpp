#include "tools/export/job_rows.hpp"

#include <array>

namespace chokepoint {
namespace {

constexpr double kSecondsOfNanosecond = 1e-9;

ExportValue or_nothing(const std::optional<double>& value) {
  return value ? ExportValue(*value) : ExportValue();
}

ExportValue whole_or_nothing(const std::optional<double>& value) {
  return value ? ExportValue(static_cast<std::int64_t>(*value)) : ExportValue();
}

}  // namespace

ExportTable JobRows::table() {
  return {"jobs",
          {{"job", ExportType::Text},
           {"pool", ExportType::Text},
           {"nodes", ExportType::Whole},
           {"queued_s", ExportType::Real},
           {"placed_s", ExportType::Real},
           {"ended_s", ExportType::Real},
           {"finished", ExportType::YesNo},
           {"tokens", ExportType::Real},
           {"tokens_per_s", ExportType::Real},
           {"segments", ExportType::Whole},
           {"interruptions", ExportType::Whole},
           {"lost_tokens", ExportType::Real}}};
}

void JobRows::take_step(const pb::JobFact& fact, double now) {
  Row& row = rows_[fact.job()];
  switch (fact.what()) {
    case pb::JobFact::QUEUED:
      if (!row.queued_s) row.queued_s = now;
      break;
    case pb::JobFact::PLACED:
      if (!row.placed_s) row.placed_s = now;
      row.pool = fact.pool();
      row.nodes = fact.nodes();
      row.tokens_per_s = fact.tokens_per_s();
      break;
    case pb::JobFact::SEGMENT_BEGAN:
      ++row.segments;
      break;
    case pb::JobFact::SEGMENT_ENDED:
      row.tokens += fact.tokens();
      break;
    case pb::JobFact::FINISHED:
      row.ended_s = now;
      row.is_finished = true;
      break;
    case pb::JobFact::UNFINISHED:
      row.ended_s = now;
      row.is_finished = false;
      row.tokens = fact.tokens();
      break;
    default:
      break;
  }
}

void JobRows::take(const TimedFact& timed) {
  const double now = static_cast<double>(timed.time_ns) * kSecondsOfNanosecond;
  if (timed.fact.has_job()) take_step(timed.fact.job(), now);
  if (timed.fact.has_interruption()) {
    Row& row = rows_[timed.fact.interruption().job()];
    ++row.interruptions;
    row.lost_tokens += timed.fact.interruption().lost_tokens();
  }
  if (timed.fact.has_saved()) {
    Row& row = rows_[timed.fact.saved().job()];
    if (row.segments == 0) row.tokens = timed.fact.saved().tokens();
  }
}

void JobRows::add_to(ExportTarget& target, std::size_t table) const {
  for (const auto& [job, row] : rows_) {
    const std::array<ExportValue, 12> values = {
        std::string_view(job),
        row.pool.empty() ? ExportValue() : std::string_view(row.pool),
        whole_or_nothing(row.nodes),
        or_nothing(row.queued_s),
        or_nothing(row.placed_s),
        or_nothing(row.ended_s),
        row.is_finished ? ExportValue(*row.is_finished) : ExportValue(),
        row.tokens,
        or_nothing(row.tokens_per_s),
        static_cast<std::int64_t>(row.segments),
        static_cast<std::int64_t>(row.interruptions),
        row.lost_tokens};
    target.add(table, values);
  }
}

}  // namespace chokepoint
