#include "models/policy/predicate.hpp"

#include <algorithm>

namespace chokepoint {
namespace {

template <class Q>
bool is_at_least(const std::optional<Q>& bound, const std::optional<Q>& value) {
  return !bound || (value && *value >= *bound);
}

template <class Q>
bool is_below(const std::optional<Q>& bound, const std::optional<Q>& value) {
  return !bound || (value && *value < *bound);
}

template <class T>
bool is_any_of(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

std::optional<BytesPerSecond> total_bandwidth(const Item& item) {
  if (!item.memory_bandwidth || !item.io_bandwidth) return std::nullopt;
  return *item.memory_bandwidth + *item.io_bandwidth;
}

bool thresholds_hold(const Predicate& p, const Item& item) {
  const std::optional<double> score = item.tpp > 0.0 ? std::optional{item.tpp} : std::nullopt;
  return is_at_least(p.tpp_at_least, score) && is_below(p.tpp_below, score) &&
         is_at_least(p.performance_density_at_least, item.performance_density) &&
         is_below(p.performance_density_below, item.performance_density) &&
         is_at_least(p.memory_bandwidth_at_least, item.memory_bandwidth) &&
         is_below(p.memory_bandwidth_below, item.memory_bandwidth) &&
         is_at_least(p.io_bandwidth_at_least, item.io_bandwidth) &&
         is_below(p.io_bandwidth_below, item.io_bandwidth) &&
         is_at_least(p.total_bandwidth_at_least, total_bandwidth(item));
}

bool identity_holds(const Predicate& p, const Item& item) {
  if (p.designed_for_datacenter && *p.designed_for_datacenter != item.designed_for_datacenter) {
    return false;
  }
  if (!p.devices.empty() && !(item.device && is_any_of(p.devices, *item.device))) return false;
  return p.vendor_headquarters.empty() ||
         is_any_of(p.vendor_headquarters, item.vendor_headquarters);
}

bool branches_hold(const Predicate& p, const Item& item) {
  const auto holds = [&](const Predicate& branch) { return matches(branch, item); };
  return (p.any_of.empty() || std::any_of(p.any_of.begin(), p.any_of.end(), holds)) &&
         std::all_of(p.all_of.begin(), p.all_of.end(), holds) &&
         std::none_of(p.none_of.begin(), p.none_of.end(), holds);
}

}  // namespace

bool matches(const Predicate& predicate, const Item& item) {
  return thresholds_hold(predicate, item) && identity_holds(predicate, item) &&
         branches_hold(predicate, item);
}

bool matches(const PartyTest& test, const Party& party) {
  if (!test.headquarters.empty() && !is_any_of(test.headquarters, party.headquarters)) return false;
  if (!test.orgs.empty() && !is_any_of(test.orgs, party.org)) return false;
  return test.classes.empty() ||
         std::any_of(party.classes.begin(), party.classes.end(),
                     [&](BuyerClassId c) { return is_any_of(test.classes, c); });
}

}  // namespace chokepoint
