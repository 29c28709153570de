#include "tools/export/request_rows.hpp"

#include <algorithm>
#include <array>

namespace chokepoint {
namespace {

double seconds_between(std::uint64_t from, std::uint64_t to) {
  return static_cast<double>(to - from) * 1e-9;
}

ExportValue told(const std::optional<double>& value) {
  return value ? ExportValue(*value) : ExportValue();
}

}  // namespace

ExportTable RequestRows::table() {
  return {"requests",
          {{"request", ExportType::Whole},
           {"pool", ExportType::Text},
           {"replica", ExportType::Whole},
           {"outcome", ExportType::Text},
           {"arrived_s", ExportType::Real},
           {"queue_s", ExportType::Real},
           {"prefill_s", ExportType::Real},
           {"transfer_s", ExportType::Real},
           {"decode_s", ExportType::Real},
           {"ttft_s", ExportType::Real},
           {"latency_s", ExportType::Real}}};
}

void RequestRows::take(const TimedFact& timed, ExportTarget& target, std::size_t table) {
  if (!left_.empty() && timed.time_ns > left_at_) add_left(target, table);
  if (timed.fact.has_request()) take_phase(timed.fact.request(), timed.time_ns, target, table);
  if (!timed.fact.has_dropped()) return;
  const pb::DroppedFact& fact = timed.fact.dropped();
  Row row;
  const auto known = rows_.find(fact.request());
  if (known != rows_.end()) row = known->second;
  row.pool = fact.pool();
  row.replica = fact.replica();
  if (known == rows_.end()) row.arrived_ns = timed.time_ns;
  row.left_ns = timed.time_ns;
  add(fact.request(), row, fact.lost() ? "lost" : "refused", target, table);
  rows_.erase(fact.request());
}

void RequestRows::take_phase(const pb::RequestFact& fact, std::uint64_t now, ExportTarget& target,
                             std::size_t table) {
  const auto [found, is_new] = rows_.try_emplace(fact.request());
  Row& row = found->second;
  if (is_new) row.arrived_ns = now;
  row.pool = fact.pool();
  row.replica = fact.replica();
  if (!fact.ended()) {
    row.began_ns = now;
    if (fact.phase() == pb::RequestFact::TRANSFER) std::erase(left_, fact.request());
    return;
  }
  std::optional<double>* const lengths[] = {nullptr, &row.queue_s, &row.prefill_s, &row.transfer_s,
                                            &row.decode_s};
  const auto phase = static_cast<std::size_t>(fact.phase());
  if (phase >= 1 && phase < std::size(lengths)) {
    *lengths[phase] = seconds_between(row.began_ns, now);
  }
  row.left_ns = now;
  if (!fact.leaves()) return;
  if (fact.phase() == pb::RequestFact::PREFILL) {
    left_at_ = now;
    left_.push_back(fact.request());
    return;
  }
  add(fact.request(), row, "delivered", target, table);
  rows_.erase(found);
}

void RequestRows::add_left(ExportTarget& target, std::size_t table) {
  for (const std::uint64_t request : left_) {
    const auto found = rows_.find(request);
    if (found == rows_.end()) continue;
    add(request, found->second, "delivered", target, table);
    rows_.erase(found);
  }
  left_.clear();
}

void RequestRows::finish(ExportTarget& target, std::size_t table) {
  add_left(target, table);
  std::vector<std::uint64_t> rest;
  for (const auto& [request, row] : rows_) rest.push_back(request);
  std::ranges::sort(rest);
  for (const std::uint64_t request : rest) add(request, rows_.at(request), "", target, table);
  rows_.clear();
}

void RequestRows::add(std::uint64_t request, const Row& row, const char* outcome,
                      ExportTarget& target, std::size_t table) {
  const bool is_delivered = std::string_view(outcome) == "delivered";
  const bool is_read = row.queue_s && row.prefill_s;
  const std::array<ExportValue, 11> values = {
      static_cast<std::int64_t>(request),
      std::string_view(row.pool),
      std::int64_t{row.replica},
      *outcome == '\0' ? ExportValue() : std::string_view(outcome),
      static_cast<double>(row.arrived_ns) * 1e-9,
      told(row.queue_s),
      told(row.prefill_s),
      told(row.transfer_s),
      told(row.decode_s),
      is_read ? ExportValue(*row.queue_s + *row.prefill_s) : ExportValue(),
      is_delivered ? ExportValue(seconds_between(row.arrived_ns, row.left_ns)) : ExportValue()};
  target.add(table, values);
}

}  // namespace chokepoint
