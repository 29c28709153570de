#include "tools/report/serving_errors_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "models/performance/serving_engine.hpp"

namespace chokepoint {
namespace {

using IsIn = std::function<bool(const ExperimentCase&)>;

std::string cell_of(const ErrorSummary& errors) {
  if (errors.count == 0) return fmt::format("{:>22}", "-");
  return fmt::format("{:>7.1f} /{:>6.1f} {:>5} ", 100 * errors.median, 100 * errors.p90,
                     errors.count);
}

std::string row_of(const std::string& label, std::span<const PredictedCase> cases,
                   const IsIn& is_in) {
  std::string line = fmt::format("{:<26}", label);
  for (const ServingMetric metric : kMetricsOfServing)
    line += cell_of(errors_of(cases, metric, is_in));
  return line + "\n";
}

std::set<std::string> groups_of(std::span<const PredictedCase> cases, const GroupOf& group) {
  std::set<std::string> groups;
  for (const auto& one : cases) groups.insert(group(*one.known));
  return groups;
}

std::string rows_of(std::span<const PredictedCase> cases, const GroupOf& group) {
  std::string text;
  for (const auto& name : groups_of(cases, group)) {
    text +=
        row_of("  " + name, cases, [&](const ExperimentCase& one) { return group(one) == name; });
  }
  return text;
}

std::string device_of(const ExperimentCase& one) {
  return one.experiment.device;
}

// Each device counts once, however many rows it has.
std::string mean_over_devices(std::span<const PredictedCase> cases) {
  std::string line = fmt::format("{:<26}", "mean over devices");
  for (const ServingMetric metric : kMetricsOfServing) {
    ErrorSummary mean;
    for (const auto& device : groups_of(cases, device_of)) {
      const auto of_device = errors_of(
          cases, metric, [&](const ExperimentCase& one) { return device_of(one) == device; });
      if (of_device.count == 0) continue;
      ++mean.count;
      mean.median += of_device.median;
      mean.p90 += of_device.p90;
    }
    if (mean.count > 0) mean = {mean.count, mean.median / mean.count, mean.p90 / mean.count};
    line += cell_of(mean);
  }
  return line + "\n";
}

std::string configuration(const ExperimentCase& one) {
  const Experiment& e = one.experiment;
  return fmt::format("{} {} {}, {} devices tp {} dp {} pp {} ep {}, {} x {}, {} at once, {}{}",
                     e.device, e.model, e.precision, e.devices, one.plan.tensor,
                     one.plan.attention_dp, one.plan.pipeline, e.expert, e.prompt, e.output,
                     e.concurrency > 0 ? fmt::format("{}", e.concurrency) : "all", e.framework,
                     e.speculation == Speculation::Mtp ? ", MTP" : "");
}

std::string reason_of(const Experiment& e) {
  if (!e.left_out.empty()) return e.left_out;
  return e.speculation == Speculation::Unknown ? "speculation unknown" : "";
}

// No more than is known.
double six_digits(double value) {
  return std::stod(fmt::format("{:.6g}", value));
}

const char* speculation_word(Speculation speculation) {
  switch (speculation) {
    case Speculation::Mtp:
      return "mtp";
    case Speculation::Unknown:
      return "unknown";
    case Speculation::Drafts:
      return "drafts";
    case Speculation::None:
      return "none";
  }
  return "";
}

}  // namespace

std::string metric_name(ServingMetric metric) {
  switch (metric) {
    case ServingMetric::Tpot:
      return "TPOT";
    case ServingMetric::Ttft:
      return "TTFT";
    case ServingMetric::OutputRate:
      return "throughput";
  }
  return {};
}

std::string model_family(const ExperimentCase& known) {
  constexpr const char* kShort[kModelFamilies] = {"dense", "moe", "mla"};
  return kShort[static_cast<std::size_t>(family_of(*known.model))];
}

std::string errors_heading(const std::string& title) {
  return fmt::format("{:<26}{:>22}{:>22}{:>22}\n", title, "TPOT % med/p90 rows ",
                     "TTFT % med/p90 rows ", "output % med/p90 rows ");
}

std::string errors_line(const std::string& label, std::span<const PredictedCase> cases,
                        const IsIn& is_in) {
  std::string line = fmt::format("{:<26}", label);
  for (const ServingMetric metric : kMetricsOfServing) {
    line += cell_of(errors_of_any(cases, metric, is_in));
  }
  return line + "\n";
}

std::string repeats_line(const std::string& label, std::span<const PredictedCase> cases) {
  std::string line = fmt::format("{:<26}", label);
  for (const ServingMetric metric : kMetricsOfServing)
    line += cell_of(spread_of_repeats(cases, metric));
  return line + "\n";
}

std::string missing_structure(const PredictedCase& one) {
  const Experiment& e = one.known->experiment;
  const bool is_closed = one.known->load.client == Client::Closed;
  if (e.speculation == Speculation::Drafts) return "how many drafts a run accepts";
  if (one.known->model->linear_layers > 0) return "kernels of linear attention";
  if (e.speculation == Speculation::Mtp) return "how many tokens of MTP a run accepts";
  if (is_closed && one.state.residents < 0.999 * e.concurrency) {
    return "who waits at the edge of the cache: a difference of two large numbers";
  }
  if (e.attention_dp > 1) return "uneven groups of attention data parallel";
  if (family_of(*one.known->model) == ModelFamily::Latent && e.prompt > 4000) {
    return "kernels of long prompts under latent attention";
  }
  if (one.known->load.client == Client::Offline) return "what the host spends on large batches";
  return "none known: its neighbours are predicted";
}

std::string errors_text(const std::string& title, std::span<const PredictedCase> cases) {
  std::string text = errors_heading(title);
  text += row_of("all", cases, [](const ExperimentCase&) { return true; });
  text += mean_over_devices(cases);
  text += rows_of(cases, [](const ExperimentCase& one) {
    return "engine " + std::string(name(one.experiment.engine));
  });
  text += rows_of(cases, [](const ExperimentCase& one) { return "device " + device_of(one); });
  text += rows_of(cases, [](const ExperimentCase& one) { return "family " + model_family(one); });
  text += rows_of(cases, [](const ExperimentCase& one) { return "model " + one.experiment.model; });
  return text;
}

std::string coefficients_text(const CoefficientSet& set) {
  std::string text = fmt::format("{:<24}{:>9}", "coefficient", "shared");
  for (std::size_t e = 0; e < kEngineFamilies; ++e) {
    text += fmt::format("{:>12}", name(static_cast<EngineFamily>(e)));
  }
  text += fmt::format("{:>9}  {}\n", "prior", "unit: meaning");
  const Coefficients shared = set.shared_coefficients();
  for (const auto& info : coefficient_listing()) {
    text += fmt::format("{:<24}{:>9.4g}", info.name, shared.*info.member);
    for (std::size_t e = 0; e < kEngineFamilies; ++e) {
      const auto engine = static_cast<EngineFamily>(e);
      const Coefficients own = set.of(engine);
      text += info.by_engine || has_own_stack(engine) ? fmt::format("{:>12.4g}", own.*info.member)
                                                      : std::string(12, ' ');
    }
    text += fmt::format("{:>9.4g}  {}: {}\n", info.prior, info.unit, info.meaning);
  }
  return text;
}

std::string worst_text(std::span<const PredictedCase> cases, ServingMetric metric,
                       std::size_t count) {
  std::vector<std::pair<double, const PredictedCase*>> errors;
  for (const auto& one : cases) {
    const auto value = measured(one.known->experiment, metric);
    if (!value || one.known->experiment.speculation == Speculation::Unknown) continue;
    errors.push_back({std::abs(std::log(value_of(one.state, metric) / *value)), &one});
  }
  std::stable_sort(errors.begin(), errors.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::string text = "worst in " + metric_name(metric) + ": predicted, measured\n";
  for (std::size_t i = 0; i < std::min(count, errors.size()); ++i) {
    const PredictedCase& one = *errors[i].second;
    text += fmt::format("  {:>9.4g} {:>9.4g}  {}; missing: {}\n", value_of(one.state, metric),
                        *measured(one.known->experiment, metric), configuration(*one.known),
                        missing_structure(one));
  }
  return text;
}

Table predictions_table() {
  std::vector<Column> columns = {{"fitted_on", Type::Text},
                                 {"metric", Type::Text},
                                 {"predicted", Type::Real},
                                 {"measured", Type::Real}};
  for (const char* name : {"device", "model", "family", "precision", "engine", "framework"}) {
    columns.emplace_back(name, Type::Text);
  }
  for (const char* name :
       {"devices", "attention_dp", "expert", "prompt", "output", "concurrency"}) {
    columns.emplace_back(name, Type::Count);
  }
  columns.emplace_back("speculation", Type::Text);
  for (const char* name : {"batch", "residents"}) columns.emplace_back(name, Type::Real);
  for (const char* name : {"reason", "id"}) columns.emplace_back(name, Type::Text);
  return Table("runs", std::move(columns));
}

void add_predictions(const std::string& fitted_on, std::span<const PredictedCase> cases,
                     Table& table) {
  for (const auto& one : cases) {
    const Experiment& e = one.known->experiment;
    for (const ServingMetric metric : kMetricsOfServing) {
      const auto value = measured(e, metric);
      if (!value) continue;
      table.add_row({fitted_on,
                     metric_name(metric),
                     six_digits(value_of(one.state, metric)),
                     six_digits(*value),
                     e.device,
                     e.model,
                     model_family(*one.known),
                     e.precision,
                     name(e.engine),
                     e.framework,
                     e.devices,
                     e.attention_dp,
                     e.expert,
                     e.prompt,
                     e.output,
                     e.concurrency,
                     speculation_word(e.speculation),
                     six_digits(one.state.batch),
                     six_digits(one.state.residents),
                     known(reason_of(e)),
                     e.id});
    }
  }
}

void add_unpredicted(const ExperimentCase& one, Table& table) {
  const Experiment& e = one.experiment;
  const std::string why = e.left_out.empty() ? one.reason : e.left_out + "; " + one.reason;
  for (const ServingMetric metric : kMetricsOfServing) {
    const auto value = measured(e, metric);
    if (!value) continue;
    std::vector<Cell> cells(table.columns().size());
    cells[0] = "none", cells[1] = metric_name(metric), cells[3] = six_digits(*value);
    cells[4] = e.device, cells[5] = e.model;
    cells[cells.size() - 2] = why, cells.back() = e.id;
    table.add_row(std::move(cells));
  }
}

}  // namespace chokepoint
