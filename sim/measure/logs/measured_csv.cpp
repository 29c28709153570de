#include "sim/measure/logs/measured_csv.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "sim/measure/measured_table.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"

namespace chokepoint {
namespace {

constexpr double kMostOfAnything = 1e15;
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

/// The number in a cell; nothing, with a complaint, where it holds something else that is no number
/// above 0. A blank cell is nothing.
std::optional<double> positive_in(const MeasuredRow& row, std::string_view column,
                                  const SourceLocation& where, Diagnostics& found) {
  const auto text = cell(row, column);
  if (text.empty()) return std::nullopt;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_number = error == std::errc{} && end == text.data() + text.size();
  if (is_number && value > 0 && value <= kMostOfAnything) return value;
  found.error(where, concat(column, " is ", in_quotes(text), ", must be a number above 0"));
  return std::nullopt;
}

void fill_cell(MeasuredRow& row, const std::string& column, const std::string& stated) {
  if (!stated.empty() && cell(row, column).empty()) row[column] = stated;
}

std::string text_of(const std::optional<int>& number) {
  return number ? std::to_string(*number) : "";
}

/// One row with what the options state, or complaints of what it lacks.
bool complete_row(MeasuredRow& row, const StatedFacts& facts, const SourceLocation& where,
                  Diagnostics& found) {
  fill_cell(row, "chip_id", facts.device);
  fill_cell(row, "model_id", facts.model);
  fill_cell(row, "precision", facts.precision);
  fill_cell(row, "framework", facts.engine);
  fill_cell(row, "tp", text_of(facts.tensor));
  fill_cell(row, "pp", text_of(facts.pipeline));
  fill_cell(row, "attention_dp", text_of(facts.attention_dp));
  if (cell(row, "chips").empty()) fill_cell(row, "engine_devices", text_of(facts.devices));
  fill_cell(row, "mode", "online");
  const std::size_t before = found.errors();
  for (const char* column :
       {"value", "tp", "pp", "ep", "chips", "engine_devices", "attention_dp", "isl", "osl"}) {
    positive_in(row, column, where, found);
  }
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
  Experiment e = configuration_of(row);
  if (cell(row, "engine_devices").empty() && cell(row, "chips").empty()) {
    e.devices = std::max(e.tensor, 0.0) * e.pipeline * e.attention_dp;
    if (e.devices > 0) row["engine_devices"] = concat(e.devices);
  }
  StatedFacts none;
  return complete(e, none, where, found) && found.errors() == before;
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
    const auto number = [&](const char* column) {
      return positive_in(row, column, made.where, found);
    };
    TrainingRun& run = made.run;
    run.id = cell(row, "id").empty() ? concat("line ", std::to_string(lines[i]))
                                     : std::string(cell(row, "id"));
    run.device = cell(row, "chip_id");
    run.model = cell(row, "model_id");
    const std::size_t before = found.errors();
    run.devices = number("chips").value_or(0);
    run.sequence = number("seq_len").value_or(0);
    const auto tokens = number("tokens_per_s"), time = number("iteration_time_s");
    const auto batch = number("global_batch"), tflops = number("tflops_per_chip");
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
