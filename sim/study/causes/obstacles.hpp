#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "models/world.hpp"
#include "sim/study/causes/hold.hpp"
#include "sim/study/causes/indicator_question.hpp"
#include "sim/trace/sink.hpp"

namespace chokepoint {

/// Packages of one device that were held back, and what they would have cost.
struct Lost {
  double packages = 0.0;  ///< 0: how many is not told.
  double usd = 0.0;       ///< At the order's price, or as listed.
};

/// Something that held devices back in a period.
struct Obstacle {
  enum class Kind { Rule, Quota, Shortage, Access, Power };
  Kind kind = Kind::Rule;
  std::string name;                  ///< Of rules joined by " + ", quota, component or site.
  std::string gate;                  ///< ISO codes of the governments; of rules.
  std::string stage;                 ///< That bound, of a shortage; empty: none by itself.
  double devices_per_unit = 0.0;     ///< Its greatest shadow price.
  std::map<std::string, Lost> lost;  ///< By device.
  std::set<std::string> rules;       ///< That refused, or stand behind a quota or shortage.

  Lost all_lost() const;
};

/// Collects, event by event, what held back the devices of a scope in a period:
///
///   rules       what they refused
///   quotas      what they did not cover when it asked
///   shortages   what was wanted of a device and not made, by the component that bound it and its
///               scarcest stage, with rules that keep memory, tools or foundries from that
///               component
///   access      rules that keep a user from renting a device
///   power       packages that stand without power at the end, by site
class ObstacleFinder : public TraceSink {
public:
  ObstacleFinder(const World& world, Scope scope, Period period);

  void record(const TraceEvent& event) override;
  /// The most money first, then the most packages, then by name.
  std::vector<Obstacle> obstacles() const;

private:
  using Key = std::pair<Obstacle::Kind, std::string>;
  Obstacle& add(Obstacle::Kind kind, const std::string& key, const Hold& hold);
  void add(const ShipmentDelivered& in);
  void add(const ShipmentRefused& in);
  void add(const QuotaExhausted& in);
  void add(const SupplyBottleneck& in);
  void add(const CounterSampled& in);
  void add_closed_access(std::map<Key, Obstacle>& into) const;
  void add_unpowered(std::map<Key, Obstacle>& into) const;
  void keep_part_of_scope(std::map<Key, Obstacle>& shortages) const;
  bool is_asked_about(OrderId order) const;

  const World& world_;
  HoldReader holds_;
  Scope scope_;
  Period period_;
  std::set<DeviceId> devices_;  // That orders in the scope are for,
  std::set<PoolId> pools_;      // and where they go.
  std::map<Key, Obstacle> found_;
  std::map<std::string, double> delivered_, delivered_here_;  // By device.
  std::map<PoolId, double> installed_, powered_;              // At the last sample.
};

}  // namespace chokepoint
