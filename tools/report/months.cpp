#include "tools/report/months.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

#include "tools/report/cited_input.hpp"

namespace chokepoint {
namespace {

struct DeviceMonth {
  double ordered = 0.0, delivered = 0.0, refused = 0.0;
  double short_of_supply = 0.0;
  std::set<std::string> gates;
  std::vector<std::string> rules;  ///< The exporter's first, each once.
  RefusalMonth lost;               ///< Sum over gates and rules.

  bool is_empty() const { return ordered == 0.0 && delivered == 0.0 && refused == 0.0; }
};

using Months = std::map<std::pair<std::string, std::string>, DeviceMonth>;  // By month and device.

template <class Parts>
std::string joined(const Parts& parts, const std::string& separator) {
  std::string text;
  for (const auto& part : parts) text += (text.empty() ? "" : separator) + part;
  return text;
}

void add_refusal(const RefusalKey& key, const RefusalMonth& refusal, DeviceMonth& into) {
  into.gates.insert(key.gate);
  for (const auto& rule : {key.exporter_rule, key.importer_rule}) {
    const bool known = std::find(into.rules.begin(), into.rules.end(), rule) != into.rules.end();
    if (!rule.empty() && !known) into.rules.push_back(rule);
  }
  into.lost.lost_training_h100e += refusal.lost_training_h100e;
  into.lost.lost_prefill_h100e += refusal.lost_prefill_h100e;
  into.lost.lost_decode_h100e += refusal.lost_decode_h100e;
  into.lost.least_certain_training.insert(refusal.least_certain_training.begin(),
                                          refusal.least_certain_training.end());
  into.lost.least_certain_prefill.insert(refusal.least_certain_prefill.begin(),
                                         refusal.least_certain_prefill.end());
  into.lost.least_certain_decode.insert(refusal.least_certain_decode.begin(),
                                        refusal.least_certain_decode.end());
}

/// The one of `paths` that deserves the least trust; all of them where the scenario knows none.
std::string least_certain_of(const std::set<std::string>& paths, const pb::Scenario& scenario) {
  const std::string least = least_certain_path(paths, scenario);
  return least.empty() ? joined(paths, " + ") : least;
}

pb::RefusedMonth message_of(const std::string& month, const std::string& device, DeviceMonth from,
                            const pb::Scenario& scenario) {
  // A shortage binds like a gate, even where the packages could be sent later.
  if (from.short_of_supply > 0.0) from.gates.insert("supply");
  pb::RefusedMonth out;
  out.set_month(month);
  out.set_device(device);
  out.set_ordered(from.ordered);
  out.set_delivered(from.delivered);
  out.set_refused(from.refused);
  out.set_gate(joined(from.gates, ", "));
  out.set_rule(joined(from.rules, " + "));
  out.set_lost_training_h100e(from.lost.lost_training_h100e);
  out.set_lost_prefill_h100e(from.lost.lost_prefill_h100e);
  out.set_lost_decode_h100e(from.lost.lost_decode_h100e);
  out.set_least_certain_training(least_certain_of(from.lost.least_certain_training, scenario));
  out.set_least_certain_prefill(least_certain_of(from.lost.least_certain_prefill, scenario));
  out.set_least_certain_decode(least_certain_of(from.lost.least_certain_decode, scenario));
  return out;
}

}  // namespace

std::vector<pb::RefusedMonth> refused_months(const RunAccount& account, std::uint32_t run) {
  Months months;
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
    result.push_back(message_of(key.first, key.second, month, account.manifest.scenario()));
    result.back().set_run(run);
  }
  return result;
}

}  // namespace chokepoint
