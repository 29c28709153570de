#include "tools/export/export_views.hpp"

namespace chokepoint {

const std::vector<ExportView>& export_views() {
  static const std::vector<ExportView> views = {
      {"refusals_by_month",
       R"(SELECT substr(time, 1, 7) AS month, device, gate, exporter_rule, importer_rule,
                 sum(packages) AS packages, sum(value_usd) AS value_usd,
                 sum(lost_training_h100e) AS lost_training_h100e,
                 sum(lost_prefill_h100e) AS lost_prefill_h100e,
                 sum(lost_decode_h100e) AS lost_decode_h100e
          FROM refused GROUP BY 1, 2, 3, 4, 5)"},
      {"deliveries_by_month",
       R"(SELECT substr(time, 1, 7) AS month, device, location, owner, status, channel,
                 sum(packages) AS packages, sum(revenue_usd) AS revenue_usd,
                 sum(government_receipts_usd) AS government_receipts_usd
          FROM delivered GROUP BY 1, 2, 3, 4, 5, 6)"},
      {"rules_in_force",
       R"(SELECT a.government, a.name, a.exception, a.time AS began,
                 (SELECT min(b.time) FROM rule AS b
                  WHERE b.name = a.name AND b.exception = a.exception AND b.began = 0
                    AND b.fact > a.fact) AS ended
          FROM rule AS a WHERE a.began = 1)"},
      {"counters_by_month",
       R"(SELECT substr(time, 1, 7) AS month, counter, subject, unit, value, max(time_ns) AS time_ns
          FROM counter GROUP BY 1, 2, 3)"},
      {"bottlenecks_by_month",
       R"(SELECT substr(time, 1, 7) AS month, device, component, stage, packages, wanted_packages,
                 wanted_packages - packages AS short_packages
          FROM bottleneck)"},
      {"demand_by_service",
       R"(SELECT service, substr(time, 1, 7) AS month, sum(demand_tokens) AS demand_tokens,
                 sum(served_tokens) AS served_tokens, sum(unmet_tokens) AS unmet_tokens
          FROM "window" GROUP BY 1, 2)"},
      {"job_waits",
       R"(SELECT job, pool, nodes, placed_s - queued_s AS waited_s, ended_s - placed_s AS ran_s,
                 finished, tokens, interruptions, lost_tokens FROM jobs)"},
      {"latency_by_pool",
       R"(SELECT pool, count(*) AS requests, avg(ttft_s) AS mean_ttft_s,
                 max(CASE WHEN ttft_rank <= 0.5 THEN ttft_s END) AS p50_ttft_s,
                 max(CASE WHEN ttft_rank <= 0.99 THEN ttft_s END) AS p99_ttft_s,
                 avg(latency_s) AS mean_latency_s
          FROM (SELECT pool, ttft_s, latency_s,
                       percent_rank() OVER (PARTITION BY pool ORDER BY ttft_s) AS ttft_rank
                FROM requests WHERE ttft_s IS NOT NULL) GROUP BY 1)"},
      {"step_timeline",
       R"(SELECT job, rank, number, max(part) AS part, NULL AS exchange_group, 0 AS hidden,
                 CASE max(pass) WHEN 'PASS_FORWARD' THEN 'forward' WHEN 'PASS_BACKWARD' THEN
                 'backward' WHEN 'PASS_WEIGHTS' THEN 'weights' ELSE 'step' END AS pass,
                 max(microbatch) AS microbatch, min(time_ns) / 1e9 AS begins_s,
                 (max(time_ns) - min(time_ns)) / 1e9 AS takes_s
          FROM operation GROUP BY job, rank, number
          UNION ALL
          SELECT job, rank, number, max(part), max("group"), max(hidden),
                 CASE max(pass) WHEN 'PASS_FORWARD' THEN 'forward' WHEN 'PASS_BACKWARD' THEN
                 'backward' WHEN 'PASS_WEIGHTS' THEN 'weights' ELSE 'step' END,
                 max(microbatch), min(time_ns) / 1e9, (max(time_ns) - min(time_ns)) / 1e9
          FROM exchange GROUP BY job, rank, number)"},
      {"step_time_by_part",
       R"(SELECT job, rank, part, count(*) AS times, sum(takes_s) AS takes_s
          FROM step_timeline WHERE hidden = 0 GROUP BY 1, 2, 3)"},
  };
  return views;
}

}  // namespace chokepoint
