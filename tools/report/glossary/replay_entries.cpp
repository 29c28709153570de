#include "tools/report/glossary/glossary.hpp"

namespace chokepoint {
namespace {

constexpr GlossaryEntry kReplayEntries[] = {
    // Replays of requests.
    {"devices", "devices", "", "Devices of all pools of a fleet.", "", ""},
    {"ttft_mean_s", "s", "", "Mean time from arrival to the first token, queue included.", "",
     "not prefill alone"},
    {"ttft_p50_s", "s", "", "Its median over requests.", "", ""},
    {"ttft_p90_s", "s", "", "Its 90th percentile.", "", ""},
    {"ttft_p99_s", "s", "", "Its 99th percentile.", "", ""},
    {"tpot_mean_ms", "ms", "", "Mean time per output token after the first.",
     "(last token - first token) / (output tokens - 1)", "not the pause between two tokens"},
    {"tpot_p50_ms", "ms", "", "Its median over requests.", "", ""},
    {"tpot_p90_ms", "ms", "", "Its 90th percentile.", "", ""},
    {"tpot_p99_ms", "ms", "", "Its 99th percentile.", "", ""},
    {"e2e_p50_s", "s", "", "Median time from arrival to the last token.", "", ""},
    {"e2e_p90_s", "s", "", "Its 90th percentile.", "", ""},
    {"e2e_p99_s", "s", "", "Its 99th percentile.", "", ""},
    {"queueing_p99_s", "s", "", "99th percentile of the time before work on a request begins.", "",
     ""},
    {"span_s", "s", "", "From the first arrival to the last token.", "", ""},
    {"requests_per_s", "1/s", "", "Requests answered in a second of the span.", "", ""},
    {"output_tok_s", "tokens/s", "", "Output tokens in a second of the span.", "",
     "not the rate at full load"},
    {"goodput_requests_per_s", "1/s", "", "Requests whose promise was kept, in a second.", "", ""},
    {"slo_kept_pct", "%", "", "Share of requests whose promise was kept, of all that were asked.",
     "", "refused and lost ones count as broken"},
    {"busy_pct", "%", "", "Share of time in which devices compute, on average.", "",
     "not utilization of arithmetic (MFU)"},
    {"kv_used_pct", "%", "", "Share of KV cache in use, on average over time and devices.", "", ""},
    {"prefix_hits_pct", "%", "", "Share of named blocks of prompts that were found in caches.", "",
     ""},
    {"preemptions", "count", "", "Times that a request lost its cache to others and began again.",
     "", ""},
    {"refused_too_long", "requests", "", "Requests longer than the model's context.", "", ""},
    {"lost", "requests", "", "Requests that failures ended.", "", ""},
    {"retried", "requests", "", "Requests that failures sent back to the queue.", "", ""},
    {"energy_kwh", "kWh", "", "What the fleet drew, PUE included.", "", ""},
    {"joules_per_token", "J/output token", "", "Energy over output tokens.", "", ""},
    {"usd", "USD", "", "Devices written off over the span, and energy.", "", "not a cloud's price"},
    {"usd_per_million_tokens", "USD/1e6 output tokens", "", "The same for a million output tokens.",
     "", "not a price"},
    // Replays of jobs.
    {"waited_share", "share", "policy, with its cluster where there are several",
     "Share of jobs that waited.", "", ""},
    {"wait_mean_s", "s", "policy", "Mean time from submit to start.", "", ""},
    {"wait_p50_s", "s", "policy", "Its median.", "", ""},
    {"wait_p90_s", "s", "policy", "Its 90th percentile.", "", ""},
    {"wait_p99_s", "s", "policy", "Its 99th percentile.", "", ""},
    {"slowdown_mean", "1", "policy", "Mean bounded slowdown.",
     "(wait + run) / max(run, 10 s), at least 1", ""},
    {"slowdown_p50", "1", "policy", "Its median.", "", ""},
    {"utilization", "share", "policy", "Share of devices in use, from first submit to last end.",
     "", "not what jobs make of their devices"},
    {"fragmentation", "share", "policy", "Share of free devices that are in nodes in use in part.",
     "", ""},
    {"spread", "1", "policy", "Nodes of a job over the fewest that would hold it, on average.", "",
     ""},
    {"span_days", "days", "policy", "From the first submit to the last end.", "", ""},
    {"longest_queue", "jobs", "policy", "Most jobs that waited at a time.", "", ""},
    {"preempted", "count", "policy", "Times that jobs lost their devices to others.", "", ""},
    {"lost_share", "share", "policy",
     "Share of device time held that was work done again, or restarts.", "", ""},
    {"energy_mwh", "MWh", "policy", "What the cluster drew, PUE included.", "", ""},
    {"power_usd_per_kwh", "USD/kWh", "policy",
     "What the energy cost on average: each hour at the price of its site.", "", ""},
    {"carbon_t", "t CO2e", "policy",
     "What the grid emitted for the energy, where all sites state it.", "", ""},
    {"cost_usd", "USD", "policy", "Devices written off over the span, and energy.", "", ""},
    // Training runs.
    {"wall_days", "days", "", "Time from the begin of a training run to its end.", "", ""},
    {"expected_wall_days", "days", "", "Its expectation over runs like it.", "", ""},
    {"goodput_share", "share", "", "Training that was kept over all of the time.",
     "work / wall time", "not MFU"},
    {"interruptions", "count", "", "Failures that stopped the run.", "", ""},
    {"broken_servers", "count", "", "Servers that had to be repaired.", "", ""},
    {"waits_for_servers", "count", "", "Of these, those for which no spare was left.", "", ""},
    {"lost_days", "days", "", "Training since the last safe checkpoint, lost to failures.", "", ""},
    {"checkpoints", "count", "", "Checkpoints that were saved.", "", ""},
};

}  // namespace

std::span<const GlossaryEntry> replay_entries() {
  return kReplayEntries;
}

}  // namespace chokepoint
