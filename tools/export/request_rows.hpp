#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "sim/trace/reader.hpp"
#include "tools/export/export_table.hpp"

namespace chokepoint {

/// One row per request, once it has left the fleet: when it arrived and how long each phase took.
/// Memory goes with the requests that are under way.
class RequestRows {
public:
  /// Times are in seconds, `arrived_s` since the trace's epoch. `ttft_s` is queue and prefill,
  /// `latency_s` all; `outcome` is "delivered", "refused", "lost", or nothing where the trace ends
  /// first. The pool and replica are those of the last phase.
  static ExportTable table();

  /// Takes a fact and adds rows of requests that have left by then.
  void take(const TimedFact& timed, ExportTarget& target, std::size_t table);
  /// Adds the rows of those that are still there, by number.
  void finish(ExportTarget& target, std::size_t table);

private:
  struct Row {
    std::string pool;
    std::uint32_t replica = 0;
    std::uint64_t arrived_ns = 0, began_ns = 0, left_ns = 0;  ///< The latest phase; all.
    std::optional<double> queue_s, prefill_s, transfer_s, decode_s;
  };
  void take_phase(const pb::RequestFact& fact, std::uint64_t now, ExportTarget& target,
                  std::size_t table);
  void add_left(ExportTarget& target, std::size_t table);
  static void add(std::uint64_t request, const Row& row, const char* outcome, ExportTarget& target,
                  std::size_t table);

  std::unordered_map<std::uint64_t, Row> rows_;
  /// Left the replica that read their prompts at `left_at_`: those that are not handed over then
  /// have left the fleet.
  std::vector<std::uint64_t> left_;
  std::uint64_t left_at_ = 0;
};

}  // namespace chokepoint
