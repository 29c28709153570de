#include "sim/measure/logs/measured_csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <utility>

#include "sim/measure/measured_table.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"

namespace chokepoint {
namespace {

constexpr double kMostOfAnything = 1e15;

/// A column of numbers, and what a cell may hold.
struct NumberColumn {
  const char* name;
  double most = kMostOfAnything;
  bool is_whole = false, may_be_zero = false;
};

constexpr NumberColumn kServingNumbers[] = {{"value"},
                                            {"tp", kMostRanks, true},
                                            {"pp", kMostRanks, true},
                                            {"ep", kMostRanks, true},
                                            {"attention_dp", kMostRanks, true},
                                            {"chips", kMostDevices, true},
                                            {"engine_devices", kMostDevices, true},
                                            {"isl", kMostTokens},
                                            {"osl", kMostTokens},
                                            {"concurrency_or_batch", kMostRequests},
                                            {"prompts", kMostOfAnything, false, true},
                                            {"token_budget", kMostTokens},
                                            {"max_sequences", kMostRequests},
                                            {"drafted", kMostRanks, false, true},
                                            {"stream_interval", kMostTokens, false, true},
                                            {"receive_interval", kMostTokens, false, true},
                                            {"balance_wait", kMostTokens, false, true}};
constexpr NumberColumn kTrainingNumbers[] = {
    {"chips", kMostDevices, true}, {"seq_len", kMostTokens}, {"tokens_per_s"},
    {"iteration_time_s"},          {"global_batch"},         {"tflops_per_chip"}};

const std::vector<std::string> kServingMetrics = {"tpot_mean",
                                                  "ttft_mean",
                                                  "output_throughput_total",
                                                  "output_throughput_per_chip",
                                                  "throughput_per_chip",
                                                  "kv_cache_tokens"};

/// A column that must be there.
bool has_column(const LogSource& source, const std::vector<std::string>& columns,
                const std::string& name, Diagnostics& found) {
  if (std::find(columns.begin(), columns.end(), name) != columns.end()) return true;
  const std::string near = nearest(name, columns);
  found.error(source.place(std::size_t{0}), concat("the table has no column ", in_quotes(name)),
              near.empty() ? "its first line names the columns, as in scenarios/measured"
                           : concat("is ", in_quotes(near), " meant?"));
  return false;
}

SourceLocation line_place(const LogSource& source, int line) {
  SourceLocation where = source.whole();
  where.line = line;
  where.column = 1;
  return where;
}

std::string wanted_in(const NumberColumn& column) {
  const std::string kind = column.is_whole ? "a whole number" : "a number";
  const std::string least = column.may_be_zero ? " not below 0" : " above 0";
  return column.most == kMostOfAnything ? kind + least
                                        : concat(kind, least, ", ", column.most, " at most");
}

/// Complains where a cell that is not blank holds what its column may not hold.
void check_number(const MeasuredRow& row, const NumberColumn& column, const SourceLocation& where,
                  Diagnostics& found) {
  const auto text = cell(row, column.name);
  if (text.empty()) return;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number = error == std::errc{} && end == text.data() + text.size();
  const bool is_within = is_number && value <= column.most &&
                         (value > 0 || (column.may_be_zero && value == 0)) &&
                         (!column.is_whole || value == std::floor(value));
  if (is_within) return;
  found.error(where, concat(column.name, " is ", in_quotes(text), ", must be ", wanted_in(column)));
}

/// The number in a cell that was checked; nothing where it is blank.
std::optional<double> number_of(const MeasuredRow& row, std::string_view column) {
  const double value = number_in(row, column, 0);
  return value > 0 ? std::optional(value) : std::nullopt;
}

void fill_cell(MeasuredRow& row, const std::string& column, const std::string& stated) {
  if (!stated.empty() && cell(row, column).empty()) row[column] = stated;
}

std::string text_of(const std::optional<int>& number) {
  return number ? std::to_string(*number) : "";
}

/// Fills blank cells with what the options state. "max" requests are as many as fit, as blank is.
void fill_row(MeasuredRow& row, const StatedFacts& facts) {
  fill_cell(row, "chip_id", facts.device);
  fill_cell(row, "model_id", facts.model);
  fill_cell(row, "precision", facts.precision);
  fill_cell(row, "framework", facts.engine);
  fill_cell(row, "tp", text_of(facts.tensor));
  fill_cell(row, "pp", text_of(facts.pipeline));
  fill_cell(row, "attention_dp", text_of(facts.attention_dp));
  if (cell(row, "chips").empty()) fill_cell(row, "engine_devices", text_of(facts.devices));
  if (speculation_named(facts.speculation) != Speculation::None) {
    fill_cell(row, "speculation", facts.speculation);
  }
  fill_cell(row, "mode", "online");
  if (cell(row, "concurrency_or_batch") == "max") row["concurrency_or_batch"].clear();
}

/// One row with what the options state, or complaints of what it lacks.
bool complete_row(MeasuredRow& row, const StatedFacts& facts, const SourceLocation& where,
                  Diagnostics& found) {
  fill_row(row, facts);
  const std::size_t before = found.errors();
  for (const NumberColumn& column : kServingNumbers) check_number(row, column, where, found);
  const std::string metric(cell(row, "metric"));
  if (cell(row, "value").empty()) found.error(where, "value is missing", "give what was measured");
  if (std::find(kServingMetrics.begin(), kServingMetrics.end(), metric) == kServingMetrics.end()) {
    found.error(
        where, concat("no metric ", in_quotes(metric), " is fitted to"),
        did_you_mean(metric, kServingMetrics, concat("known are ", listed(kServingMetrics))));
  }
  const auto unit = cell(row, "unit");
  if (metric.ends_with("_mean") && unit != "ms" && unit != "s") {
    found.error(where,
                unit.empty() ? "unit is missing" : concat("no unit ", in_quotes(std::string(unit))),
                "times are in ms or s");
  }
  if (found.errors() > before) return false;
  const bool is_speed = metric != "kv_cache_tokens";
  if (is_speed && (cell(row, "isl").empty() || cell(row, "osl").empty())) {
    found.error(where, "isl or osl is missing", "give the tokens of prompts and answers");
  }
  Experiment e = configuration_of(row);
  if (cell(row, "engine_devices").empty() && cell(row, "chips").empty()) {
    e.devices = std::max(e.tensor, 0.0) * e.pipeline * e.attention_dp;
    if (e.devices > 0) row["engine_devices"] = concat(e.devices);
  }
  if (facts.expert_parallel) fill_cell(row, "ep", concat(e.devices));
  StatedFacts none;
  return complete(e, none, where, found) && found.errors() == before;
}

/// Requests in flight of a run whose rows leave them out: by Little's law, with a warning, or a
/// complaint where it states too little.
bool complete_concurrency(Experiment& e, const SourceLocation& where, Diagnostics& found) {
  const bool has_speed = e.tpot || e.ttft || e.output_rate;
  const bool needs_it = e.mode.starts_with("online") || e.mode == "decode";
  if (e.concurrency > 0 || !has_speed || !needs_it) return true;
  if (e.mode == "decode" || !e.tpot || !e.ttft || !e.output_rate) {
    found.error(where, "concurrency_or_batch is missing",
                "give the requests in flight, or ttft_mean, tpot_mean and "
                "output_throughput_total under one id");
    return false;
  }
  const Seconds latency = *e.ttft + *e.tpot * (e.output - 1);
  e.concurrency = std::clamp(e.output_rate->value / e.output * latency.value, 1.0, kMostRequests);
  warn(found, where,
       concat("concurrency_or_batch is missing: by its throughput and times ",
              phrase(std::round(e.concurrency * 10) / 10), " requests are in flight"));
  return true;
}

}  // namespace

void read_serving_csv(const LogSource& source, const StatedFacts& facts, Measurements& into,
                      Diagnostics& found) {
  const auto columns = columns_of_table(source.text());
  bool has_all = true;
  for (const char* name : {"metric", "value"}) {
    has_all = has_column(source, columns, name, found) && has_all;
  }
  if (!has_all) return;
  auto rows = read_measured_table(source.text());
  const auto lines = lines_of_rows(source.text());
  std::map<std::string, int> line_of;
  std::vector<MeasuredRow> usable;
  for (std::size_t i = 0; i < rows.size() && !found.is_full(); ++i) {
    MeasuredRow& row = rows[i];
    if (!is_usable(row)) continue;
    if (cell(row, "id").empty()) row["id"] = concat("line ", std::to_string(lines[i]));
    const auto where = line_place(source, lines[i]);
    if (!complete_row(row, facts, where, found)) continue;
    line_of.emplace(configuration_of(row).id, lines[i]);
    usable.push_back(row);
  }
  for (Experiment& one : experiments_of(usable)) {
    const auto where = line_place(source, line_of[one.id]);
    if (!complete_concurrency(one, where, found)) continue;
    into.serving.push_back({std::move(one), where, {}});
  }
}

void read_training_csv(const LogSource& source, const StatedFacts& facts, Measurements& into,
                       Diagnostics& found) {
  const auto rows = read_measured_table(source.text());
  const auto lines = lines_of_rows(source.text());
  for (std::size_t i = 0; i < rows.size() && !found.is_full(); ++i) {
    const MeasuredRow& row = rows[i];
    if (!is_usable(row)) continue;
    LoggedTraining made{{}, line_place(source, lines[i])};
    TrainingRun& run = made.run;
    run.id = cell(row, "id").empty() ? concat("line ", std::to_string(lines[i]))
                                     : std::string(cell(row, "id"));
    run.device = cell(row, "chip_id");
    run.model = cell(row, "model_id");
    const std::size_t before = found.errors();
    for (const NumberColumn& column : kTrainingNumbers) {
      check_number(row, column, made.where, found);
    }
    run.devices = number_of(row, "chips").value_or(0);
    run.sequence = number_of(row, "seq_len").value_or(0);
    const auto tokens = number_of(row, "tokens_per_s"), time = number_of(row, "iteration_time_s");
    const auto batch = number_of(row, "global_batch"), tflops = number_of(row, "tflops_per_chip");
    if (found.errors() > before || !complete(run, facts, made.where, found)) continue;
    if (tokens) {
      run.rate = TokensPerSecond{*tokens / run.devices};
    } else if (time && batch) {
      run.rate = TokensPerSecond{*batch * run.sequence / *time / run.devices};
    }
    if (tflops) run.flops = FlopsPerSecond{*tflops * 1e12};
    if (run.rate || run.flops) {
      into.training.push_back(std::move(made));
    } else {
      found.error(made.where, "it states no speed",
                  "fill tokens_per_s, or iteration_time_s and global_batch, or tflops_per_chip");
    }
  }
}

}  // namespace chokepoint
