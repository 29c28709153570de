#include "tools/fleet/replay_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

#include "tools/estimate/serving_answer.hpp"
#include "tools/print/labeled_lines.hpp"
#include "tools/print/number_format.hpp"

namespace chokepoint {
namespace {

constexpr double kMillion = 1e6;

/// One figure of a replay: its name in files with its unit last, what people call it, and how it is
/// computed; nothing where it is not known.
struct Figure {
  const char* name;
  const char* label;
  std::function<std::optional<double>(const Replayed&)> of;
};

double per(double amount, double by) {
  return by > 0 ? amount / by : 0;
}

/// A nanosecond is how events are told apart, not a time that somebody waits.
double shown(double seconds) {
  return seconds < 1e-6 ? 0 : seconds;
}

Figure quantile(const char* name, const char* label, LatencyDigest Tally::*digest, double q,
                double scale) {
  return {name, label, [=](const Replayed& in) -> std::optional<double> {
            const LatencyDigest& times = in.account.total.*digest;
            if (times.count() == 0) return std::nullopt;
            return shown(times.quantile(q).value) * scale;
          }};
}

Figure mean(const char* name, const char* label, LatencyDigest Tally::*digest, double scale) {
  return {name, label, [=](const Replayed& in) -> std::optional<double> {
            const LatencyDigest& times = in.account.total.*digest;
            if (times.count() == 0) return std::nullopt;
            return times.mean().value * scale;
          }};
}

Figure count(const char* name, const char* label, std::int64_t Tally::*member) {
  return {name, label, [=](const Replayed& in) { return double(in.account.total.*member); }};
}

Figure rate(const char* name, const char* label, std::int64_t Tally::*member) {
  return {name, label, [=](const Replayed& in) {
            return per(double(in.account.total.*member), in.account.span.value);
          }};
}

std::optional<double> cache_pct(const Replayed& in) {
  double sum = 0, devices = 0;
  for (const PoolAccount& pool : in.account.pools) {
    sum += pool.cache_share * double(pool.devices);
    devices += double(pool.devices);
  }
  return 100 * per(sum, devices);
}

std::optional<double> all_devices(const Replayed& in) {
  double sum = 0;
  for (const PoolAccount& pool : in.account.pools) sum += double(pool.devices);
  return sum;
}

std::optional<double> hit_pct(const Replayed& in) {
  const EngineTotals engines = in.account.engines();
  if (engines.names == 0) return std::nullopt;
  return 100 * double(engines.hits) / double(engines.names);
}

/// Every figure, in the order in which people ask.
std::vector<Figure> figures() {
  using T = Tally;
  return {
      {"devices", "devices", all_devices},
      mean("ttft_mean_s", "TTFT mean, s", &T::ttft, 1),
      quantile("ttft_p50_s", "TTFT p50, s", &T::ttft, 0.5, 1),
      quantile("ttft_p90_s", "TTFT p90, s", &T::ttft, 0.9, 1),
      quantile("ttft_p99_s", "TTFT p99, s", &T::ttft, 0.99, 1),
      mean("tpot_mean_ms", "TPOT mean, ms", &T::tpot, 1e3),
      quantile("tpot_p50_ms", "TPOT p50, ms", &T::tpot, 0.5, 1e3),
      quantile("tpot_p90_ms", "TPOT p90, ms", &T::tpot, 0.9, 1e3),
      quantile("tpot_p99_ms", "TPOT p99, ms", &T::tpot, 0.99, 1e3),
      quantile("e2e_p50_s", "E2E p50, s", &T::e2e, 0.5, 1),
      quantile("e2e_p90_s", "E2E p90, s", &T::e2e, 0.9, 1),
      quantile("e2e_p99_s", "E2E p99, s", &T::e2e, 0.99, 1),
      quantile("queueing_p99_s", "queueing p99, s", &T::queueing, 0.99, 1),
      {"span_s", "took, s", [](const Replayed& in) { return in.account.span.value; }},
      rate("requests_per_s", "requests/s", &T::delivered),
      rate("output_tok_s", "output tokens/s", &T::tokens_delivered),
      rate("goodput_requests_per_s", "goodput, requests/s", &T::good),
      {"slo_kept_pct", "SLO kept, %", good_pct},
      {"busy_pct", "busy, %", busy_pct},
      {"kv_used_pct", "KV used, %", cache_pct},
      {"prefix_hits_pct", "prefix hits, %", hit_pct},
      {"preemptions", "preemptions",
       [](const Replayed& in) { return double(in.account.engines().preemptions); }},
      count("delivered", "delivered", &T::delivered),
      count("refused", "refused", &T::refused),
      count("refused_too_long", "refused as too long", &T::too_long),
      count("lost", "lost", &T::lost),
      count("retried", "retried", &T::retried),
      {"energy_kwh", "energy, kWh",
       [](const Replayed& in) { return in.account.energy_joules() / kJoulesPerKwh; }},
      {"joules_per_token", "J/output token",
       [](const Replayed& in) {
         return per(in.account.energy_joules(), double(in.account.total.tokens_delivered));
       }},
      {"usd", "USD", [](const Replayed& in) { return in.account.usd(); }},
      {"usd_per_million_tokens", "USD/1e6 output tokens", usd_per_million},
  };
}

/// Goodput is that under a promise; without one it says nothing. Few logs are longer than models.
bool is_shown(const Figure& figure, const std::vector<Replayed>& replayed) {
  const std::string_view name = figure.name;
  const bool is_of_promise = name == "goodput_requests_per_s" || name == "slo_kept_pct";
  const bool is_of_context = name == "refused_too_long";
  if (!is_of_promise && !is_of_context) return true;
  return std::any_of(replayed.begin(), replayed.end(), [&](const Replayed& one) {
    return is_of_promise ? good_pct(one).has_value() : one.account.total.too_long > 0;
  });
}

std::string format_time(Nanoseconds time) {
  const double seconds = to_seconds(time).value;
  if (seconds < 120) return format_value(seconds) + " s";
  if (seconds < 7200) return format_value(seconds / 60) + " min";
  return format_value(seconds / 3600) + " h";
}

std::string left_out_text(const RequestLogCounts& counts) {
  std::string text;
  const auto add = [&](std::uint64_t count, const char* what) {
    if (count == 0) return;
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", format_value(double(count)), what);
  };
  add(counts.skipped, "lines that are wrong");
  add(counts.without_tokens, "without tokens");
  add(counts.clipped, "with more blocks than their prompts have, which are cut");
  return text;
}

}  // namespace

std::optional<double> good_pct(const Replayed& in) {
  for (const ServedClass& one : in.fleet->classes) {
    if (one.promised.ttft || one.promised.tpot) {
      return 100 * per(double(in.account.total.good), double(in.account.total.asked));
    }
  }
  return std::nullopt;
}

std::optional<double> usd_per_million(const Replayed& in) {
  const auto usd = in.account.usd();
  const auto tokens = double(in.account.total.tokens_delivered);
  if (!usd || tokens == 0) return std::nullopt;
  return *usd / tokens * kMillion;
}

std::optional<double> busy_pct(const Replayed& in) {
  double sum = 0, devices = 0;
  for (const PoolAccount& pool : in.account.pools) {
    sum += pool.busy_share * double(pool.devices);
    devices += double(pool.devices);
  }
  return 100 * per(sum, devices);
}

std::string log_text(const ReplayedLog& log) {
  LabeledLines lines;
  const auto& format = facts_of(log.summary.format).name;
  lines.add("log",
            fmt::format("{}: {}, {} requests{}; on average {} tokens in, {} out",
                        log.question.file.string(), format, format_value(double(log.requests)),
                        log.span > 0 ? " of " + format_time(log.span) : std::string(),
                        format_value(log.prompt), format_value(log.output)));
  lines.add("left out", left_out_text(log.summary.counts));
  if (log.summary.has_means_only) lines.add("lengths", "all alike: the log states their means");
  return lines.text();
}

std::string plans_text(const Replayed& replayed) {
  std::string text;
  for (const PlannedPool& pool : replayed.fleet->pools) {
    const ServingSubject& subject = pool.subject;
    const std::string role = pool.asked.role == PoolRole::Prefill  ? ", reads"
                             : pool.asked.role == PoolRole::Decode ? ", decodes"
                                                                   : "";
    LabeledLines lines;
    lines.add("on", fmt::format("{}/{}: {} {} of {} on {}{}; {}; {}", replayed.cluster,
                                pool.asked.name, pool.most, pool.most == 1 ? "replica" : "replicas",
                                plan_text(subject.plan), subject.device->name, role,
                                precision_text(subject.plan.precision), subject.engine.name));
    lines.add("", other_formats_text(subject));
    text += lines.text();
    if (pool.one.fit.fit == MemoryFit::AtTheLimit) {
      LabeledLines limit;
      limit.add("", "at the limit of its memory: " +
                        memory_text(pool.one, subject.task.prompt + subject.task.output));
      text += limit.text();
    }
  }
  return text;
}

Table comparison_table(const std::vector<Replayed>& replayed) {
  std::vector<Column> columns = {for_files(Column("figure", Type::Text)),
                                 for_people(Column("label", Type::Text, "figure"))};
  for (const Replayed& one : replayed) columns.emplace_back(one.cluster, Type::Real, one.cluster);
  Table table("replay", std::move(columns));
  for (const Figure& figure : figures()) {
    if (!is_shown(figure, replayed)) continue;
    std::vector<Cell> cells = {figure.name, figure.label};
    for (const Replayed& one : replayed) cells.emplace_back(figure.of(one));
    table.add_row(std::move(cells));
  }
  return table;
}

JsonValue replay_json(const ReplayedLog& log, const std::vector<Replayed>& replayed) {
  JsonValue json = JsonValue::object();
  const RequestLogCounts& counts = log.summary.counts;
  JsonValue of_log = JsonValue::object();
  of_log.add("file", log.question.file.string())
      .add("format", std::string(facts_of(log.summary.format).name))
      .add("requests", double(log.requests))
      .add("span_s", to_seconds(log.span).value)
      .add("mean_prompt_tokens", log.prompt)
      .add("mean_output_tokens", log.output)
      .add("skipped", double(counts.skipped))
      .add("without_tokens", double(counts.without_tokens))
      .add("clipped", double(counts.clipped));
  JsonValue clusters = JsonValue::list();
  for (const Replayed& one : replayed) {
    JsonValue cluster = JsonValue::object();
    cluster.add("cluster", one.cluster).add("model", one.fleet->model->name);
    for (const Figure& figure : figures()) cluster.add(figure.name, figure.of(one));
    clusters.push(std::move(cluster.add("pools", to_json(pools_table(one)))));
  }
  return json.add("schema", "chokepoint.replay.requests/1")
      .add("log", std::move(of_log))
      .add("clusters", std::move(clusters));
}

Table pools_table(const Replayed& replayed) {
  Table table("pools", {Column("pool", Type::Text), Column("device", Type::Text),
                        Column("plan", Type::Text), Column("precision", Type::Text),
                        Column("engine", Type::Text), Column("replicas", Type::Count),
                        Column("devices", Type::Count), Column("prompt_tokens", Type::Count),
                        Column("preemptions", Type::Count), Column("busy_pct", Type::Real),
                        Column("kv_used_pct", Type::Real), Column("failures", Type::Count),
                        Column("started", Type::Count), Column("stopped", Type::Count),
                        Column("energy_kwh", Type::Real), Column("usd", Type::Real)});
  for (std::size_t i = 0; i < replayed.account.pools.size(); ++i) {
    const PoolAccount& account = replayed.account.pools[i];
    const PlannedPool& pool = replayed.fleet->pools[i];
    table.add_row({account.name, pool.subject.device->name, plan_text(pool.subject.plan),
                   precision_text(pool.subject.plan.precision), pool.subject.engine.name, pool.most,
                   account.devices, account.done.engines.prompt_tokens,
                   account.done.engines.preemptions, 100 * account.busy_share,
                   100 * account.cache_share, account.done.failures, account.done.started,
                   account.done.stopped, account.energy_joules / kJoulesPerKwh, account.usd});
  }
  return table;
}

}  // namespace chokepoint
