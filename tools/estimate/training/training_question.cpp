#include "tools/estimate/training/training_question.hpp"

#include <algorithm>
#include <cmath>

#include "models/find_named.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/spelling.hpp"
#include "tools/print/number_format.hpp"

namespace chokepoint {
namespace {

constexpr double kSecondsOfYear = 365.25 * 86'400.0;

template <class T>
Misunderstanding not_there(const std::string& kind, const std::vector<T>& all,
                           const std::string& name, const std::string& otherwise) {
  std::vector<std::string> names;
  names.reserve(all.size());
  for (const T& one : all) names.push_back(one.name);
  return {concat("no ", kind, " ", in_quotes(name), " in the catalogue"),
          did_you_mean(name, names, otherwise)};
}

// The question as a row of a table says it.
MeasuredRow row_of(const TrainingQuestion& q) {
  MeasuredRow row;
  const auto set = [&](const char* column, const std::optional<int>& value) {
    if (value) row[column] = std::to_string(*value);
  };
  row["model_id"] = row["model"] = q.model;
  row["chip_id"] = q.device;
  row["precision"] = q.precision;
  row["stack_version"] = q.stack_version;
  row["recompute"] = q.recompute;
  row["schedule"] = q.schedule;
  row["chips"] = std::to_string(q.devices);
  row["seq_len"] = format_exact(q.sequence);
  set("tp", q.tensor), set("pp", q.pipeline), set("vpp", q.chunks), set("dp", q.data);
  set("ep", q.expert), set("cp", q.context), set("zero", q.zero), set("microbatch", q.microbatch);
  if (q.global_batch) {
    row["global_batch"] = std::to_string(*q.global_batch);
    return row;
  }
  const double of_copy =
      1.0 * q.tensor.value_or(1) * q.pipeline.value_or(1) * q.context.value_or(1);
  const double copies = q.data.value_or(std::max(1, static_cast<int>(q.devices / of_copy)));
  double round = copies * q.microbatch.value_or(1);
  if (q.chunks.value_or(1) > 1) round *= q.pipeline.value_or(1);
  const double rounds = std::max(1.0, std::round(kUsualBatchTokens / q.sequence / round));
  row["global_batch"] = format_exact(rounds * round);
  return row;
}

DeviceUpkeep upkeep_of_training(const TrainingQuestion& q, const TrainingCase& known,
                                const TrainingWorld& world) {
  DeviceUpkeep upkeep;
  const auto node = std::ranges::find_if(world.nodes, [&](const NodeSpec& one) {
    return &world.devices[one.device.value] == known.device;
  });
  if (node != world.nodes.end()) {
    upkeep.power = node->full_power.value / node->devices_per_node;
  } else if (known.device->tdp) {
    upkeep.power = *known.device->tdp;
  }
  upkeep.pue = q.pue;
  upkeep.electricity = UsdPerJoule{q.usd_per_kwh / kJoulesPerKwh};
  upkeep.life = Seconds{q.life_years * kSecondsOfYear};
  upkeep.price = q.device_price_usd ? std::optional(Usd{*q.device_price_usd}) : known.device->price;
  return upkeep;
}

}  // namespace

std::variant<TrainingSubject, Misunderstanding> understand(const TrainingQuestion& question,
                                                           const TrainingWorld& world) {
  if (find_named(world.transformers, question.model) == nullptr) {
    return not_there("model", world.transformers, question.model,
                     "see 'chokepoint catalog list models'");
  }
  if (find_named(world.devices, question.device) == nullptr) {
    return not_there("device", world.devices, question.device,
                     "see 'chokepoint catalog list devices'");
  }
  if (!question.stack_version.empty() &&
      find_named(world.versions, question.stack_version) == nullptr) {
    return not_there("stack version", world.versions, question.stack_version,
                     "see scenarios/catalog/training_stacks.csv");
  }
  TrainingCase known = training_case(row_of(question), world.catalog());
  if (!known.is_known()) {
    const auto colon = known.reason.find(": ");
    return Misunderstanding{known.reason.substr(0, colon), colon == std::string::npos
                                                               ? "see 'chokepoint catalog show'"
                                                               : known.reason.substr(colon + 2)};
  }
  const PlanComplaint wrong =
      plan_complaint(known.plan, known.model, *known.device, question.devices);
  if (!wrong.message.empty()) return Misunderstanding{wrong.message, wrong.help};
  const DeviceUpkeep upkeep = upkeep_of_training(question, known, world);
  return TrainingSubject{std::move(known), upkeep};
}

}  // namespace chokepoint
