#include "tools/report/comparison.hpp"

#include <fmt/format.h>
#include <algorithm>
#include <set>

#include "models/sourced.hpp"

namespace chokepoint {
namespace {

struct DeviceMonth {
  double ordered = 0.0, delivered = 0.0, refused = 0.0;
  double short_of_supply = 0.0;
  std::set<std::string> gates;
  std::vector<RuleId> rules;  ///< The exporter's first, each once.
  RefusalMonth lost;          ///< Sum over gates and rules.

  bool is_empty() const { return ordered == 0.0 && delivered == 0.0 && refused == 0.0; }
};

/// By month and device.
struct MonthKey {
  Date month;
  DeviceId device;
  auto names(const World& world) const { return std::tuple(month, view_of(world, device)); }
};

void add_refusal(const RefusalKey& key, const RefusalMonth& refusal, DeviceMonth& into) {
  into.gates.insert(key.gate());
  for (const auto& rule : {key.exporter_rule, key.importer_rule}) {
    const bool known = std::ranges::find(into.rules, rule) != into.rules.end();
    if (rule && !known) into.rules.push_back(*rule);
  }
  into.lost.lost.training_h100e += refusal.lost.training_h100e;
  into.lost.lost.prefill_h100e += refusal.lost.prefill_h100e;
  into.lost.lost.decode_h100e += refusal.lost.decode_h100e;
  into.lost.least_certain_training.insert(refusal.least_certain_training.begin(),
                                          refusal.least_certain_training.end());
  into.lost.least_certain_prefill.insert(refusal.least_certain_prefill.begin(),
                                         refusal.least_certain_prefill.end());
  into.lost.least_certain_decode.insert(refusal.least_certain_decode.begin(),
                                        refusal.least_certain_decode.end());
}

/// Path of the one of `inputs` that deserves the least trust; ties go to the first by path.
std::string least_certain_of(const std::set<InputId>& inputs, const World& world) {
  std::vector<InputId> by_path(inputs.begin(), inputs.end());
  std::ranges::sort(by_path,
                    [&](InputId a, InputId b) { return name_of(world, a) < name_of(world, b); });
  return std::string(view_of(world, least_certain(by_path, world.inputs)));
}

pb::RefusedMonth message_of(const MonthKey& key, DeviceMonth from, const World& world) {
  // A shortage binds like a gate, even where the packages could be sent later.
  if (from.short_of_supply > 0.0) from.gates.insert("supply");
  pb::RefusedMonth out;
  out.set_month(format_month(key.month));
  out.set_device(name_of(world, key.device));
  out.set_ordered(from.ordered);
  out.set_delivered(from.delivered);
  out.set_refused(from.refused);
  out.set_gate(fmt::format("{}", fmt::join(from.gates, ", ")));
  std::vector<std::string> rules;
  for (const RuleId rule : from.rules) rules.push_back(name_of(world, rule));
  out.set_rule(fmt::format("{}", fmt::join(rules, " + ")));
  out.set_lost_training_h100e(from.lost.lost.training_h100e);
  out.set_lost_prefill_h100e(from.lost.lost.prefill_h100e);
  out.set_lost_decode_h100e(from.lost.lost.decode_h100e);
  out.set_least_certain_training(least_certain_of(from.lost.least_certain_training, world));
  out.set_least_certain_prefill(least_certain_of(from.lost.least_certain_prefill, world));
  out.set_least_certain_decode(least_certain_of(from.lost.least_certain_decode, world));
  return out;
}

}  // namespace

std::vector<pb::RefusedMonth> refused_months(const RunAccount& account, std::uint32_t run) {
  const World& world = *account.world;
  NamedMap<MonthKey, DeviceMonth> months(ByName<MonthKey>{&world});
  for (const auto& [key, delivery] : account.deliveries) {
    if (key.substitute) continue;
    auto& month = months[{key.month, key.device}];
    month.ordered += delivery.ordered;
    month.delivered += delivery.delivered;
    month.refused += delivery.refused;
    month.short_of_supply += delivery.short_of_supply;
  }
  for (const auto& [key, refusal] : account.refusals) {
    add_refusal(key, refusal, months[{key.month, key.device}]);
  }

  std::vector<pb::RefusedMonth> result;
  for (const auto& [key, month] : months) {
    if (month.is_empty()) continue;
    result.push_back(message_of(key, month, world));
    result.back().set_run(run);
  }
  return result;
}

}  // namespace chokepoint
