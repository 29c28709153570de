#include "sim/study/causes/lever_runs.hpp"

#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

#include "sim/indicators/ledger.hpp"
#include "sim/indicators/yearly.hpp"
#include "sim/scenario/read_world.hpp"
#include "sim/sweep/information_set.hpp"
#include "sim/sweep/replicas.hpp"

namespace chokepoint {

namespace {

using Told = std::function<void(int done, int all)>;

constexpr const char* kName = "a scenario with some changes undone";

bool are_alike(pb::Scenario scenario, const pb::Scenario& other) {
  scenario.set_name(other.name());
  scenario.set_question(other.question());
  return scenario.SerializeAsString() == other.SerializeAsString();
}

/// The smallest levers, and runs with some of them applied.
class SetRuns {
public:
  SetRuns(const KnownRun& base, const KnownRun& other, const AttributionEffort& effort)
      : base_(base.scenario),
        other_(other.scenario),
        levers_(levers_between(base_, other_, effort.levers)),
        workers_(effort.workers) {
    if (are_alike(with(0), base_)) add(0, base.figures);
    add(all_of(levers_.size()), other.figures);
  }

  const std::vector<Lever>& levers() const { return levers_; }

  /// Reads those that have not been read; gives the first that contradicts itself.
  std::optional<LeverSet> read(const std::vector<LeverSet>& sets);
  bool is_readable(LeverSet set) { return !read({set}); }
  /// Runs those that have not been run; gives the first that contradicts itself.
  std::optional<LeverSet> run(const std::vector<LeverSet>& sets, const Told& told);
  const Figures& figures(LeverSet set) const { return figures_.at(set); }

private:
  pb::Scenario with(LeverSet set) const { return with_levers(base_, other_, levers_, set); }
  void add(LeverSet set, const Figures& figures) {
    is_readable_[set] = true;
    figures_[set] = figures;
  }
  bool contradicts_itself(LeverSet set) const {
    Diagnostics wrong;
    return !read_world(composed_from(with(set), kName), wrong);
  }
  std::optional<LeverSet> first_unreadable(const std::vector<LeverSet>& sets) const {
    const auto found =
        std::ranges::find_if(sets, [&](LeverSet set) { return !is_readable_.at(set); });
    return found == sets.end() ? std::nullopt : std::optional(*found);
  }

  const pb::Scenario& base_;
  const pb::Scenario& other_;
  std::vector<Lever> levers_;
  int workers_;
  std::map<LeverSet, bool> is_readable_;
  std::map<LeverSet, Figures> figures_;
};

std::optional<LeverSet> SetRuns::read(const std::vector<LeverSet>& sets) {
  std::vector<LeverSet> unread = sets;
  std::erase_if(unread, [&](LeverSet set) { return is_readable_.count(set) > 0; });
  const auto found = run_replicas(
      static_cast<int>(unread.size()), workers_,
      [&](int i) {
        pb::RunFigures said;
        said.set_contradicts_itself(contradicts_itself(unread[static_cast<std::size_t>(i)]));
        return said;
      },
      [](int) {});
  for (std::size_t i = 0; i < unread.size(); ++i) {
    is_readable_[unread[i]] = !found[i].contradicts_itself();
  }
  return first_unreadable(sets);
}

std::optional<LeverSet> SetRuns::run(const std::vector<LeverSet>& sets, const Told& told) {
  std::vector<LeverSet> unknown = sets;
  std::erase_if(unknown, [&](LeverSet set) { return figures_.count(set) > 0; });
  const int all = static_cast<int>(unknown.size());
  const auto found = run_replicas(
      all, workers_,
      [&](int i) { return figures_or_contradiction(with(unknown[static_cast<std::size_t>(i)])); },
      [&](int done) { told(done, all); });
  for (std::size_t i = 0; i < unknown.size(); ++i) {
    is_readable_[unknown[i]] = !found[i].contradicts_itself();
    if (is_readable_[unknown[i]]) figures_[unknown[i]] = yearly_in(found[i]);
  }
  return first_unreadable(sets);
}

/// Levers that stay or go together, each as a set of the smallest ones.
using Bundles = std::vector<LeverSet>;

Bundles single_bundles(std::size_t levers) {
  Bundles bundles;
  for (std::size_t lever = 0; lever < levers; ++lever) bundles.push_back(LeverSet{1} << lever);
  return bundles;
}

LeverSet smallest_levers(LeverSet set, const Bundles& bundles) {
  LeverSet levers = 0;
  for (std::size_t i = 0; i < bundles.size(); ++i) {
    if ((set >> i & 1) != 0) levers |= bundles[i];
  }
  return levers;
}

std::vector<LeverSet> smallest_levers(const std::vector<LeverSet>& sets, const Bundles& bundles) {
  std::vector<LeverSet> all;
  all.reserve(sets.size());
  for (const LeverSet set : sets) all.push_back(smallest_levers(set, bundles));
  return all;
}

/// Each alone, and all but each: where most contradictions show, for no more than reading.
std::vector<LeverSet> probes(const Bundles& bundles, LeverSet all) {
  std::vector<LeverSet> sets;
  for (const LeverSet bundle : bundles) {
    sets.push_back(bundle);
    sets.push_back(all & ~bundle);
  }
  return sets;
}

/// Those of `bundles`, at least two, that are to be one, as the set `unreadable` cannot be read:
/// one that cannot be read without others, and of what comes next no more than it takes.
Bundles inseparable(Bundles bundles, LeverSet unreadable, SetRuns& runs) {
  std::stable_partition(bundles.begin(), bundles.end(),
                        [&](LeverSet bundle) { return (bundle & unreadable) != 0; });
  LeverSet set = 0;
  auto at = bundles.begin();
  while (runs.is_readable(set | *at)) {
    set |= *at++;
    assert(at != bundles.end());
  }
  Bundles needed;
  do {
    set |= *at;
    needed.push_back(*at++);
  } while (!runs.is_readable(set));  // All of them can be read.
  for (std::size_t i = needed.size(); i-- > 1;) {
    if (!runs.is_readable(set & ~needed[i])) continue;
    set &= ~needed[i];
    needed.erase(needed.begin() + static_cast<std::ptrdiff_t>(i));
  }
  assert(needed.size() >= 2);
  return needed;
}

/// `bundles` with some of them as one, where the first of these stood.
Bundles made_one(const Bundles& bundles, const Bundles& together) {
  LeverSet one = 0;
  for (const LeverSet bundle : together) one |= bundle;
  Bundles made;
  for (const LeverSet bundle : bundles) {
    const bool is_part = (bundle & one) != 0;
    if (!is_part || std::ranges::count(made, one) == 0) made.push_back(is_part ? one : bundle);
  }
  return made;
}

Lever bundled(const std::vector<Lever>& levers, LeverSet bundle) {
  std::vector<Lever> parts;
  for (std::size_t lever = 0; lever < levers.size(); ++lever) {
    if ((bundle >> lever & 1) != 0) parts.push_back(levers[lever]);
  }
  return parts.size() == 1 ? std::move(parts.front()) : inseparable_lever(parts);
}

}  // namespace

LeverRuns lever_runs(const KnownRun& base, const KnownRun& other, const AttributionEffort& effort,
                     const Told& told) {
  SetRuns runs(base, other, effort);
  Bundles bundles = single_bundles(runs.levers().size());
  LeverRuns result;
  const LeverSet all = all_of(bundles.size());
  std::optional<LeverSet> unreadable;
  do {
    result.orders = lever_orders(bundles.size(), effort.orders, seed_of(base.scenario));
    unreadable = runs.read(probes(bundles, all));
    if (!unreadable) {
      unreadable = runs.run(smallest_levers(sets_of(result.orders), bundles), told);
    }
    if (unreadable) bundles = made_one(bundles, inseparable(bundles, *unreadable, runs));
  } while (unreadable);
  for (const LeverSet bundle : bundles) result.levers.push_back(bundled(runs.levers(), bundle));
  for (const LeverSet set : sets_of(result.orders)) {
    result.figures[set] = runs.figures(smallest_levers(set, bundles));
  }
  return result;
}

pb::RunFigures figures_or_contradiction(const pb::Scenario& scenario) {
  pb::RunFigures found;
  Diagnostics wrong;
  const auto world = read_world(composed_from(scenario, kName), wrong);
  if (world) {
    add_yearly(yearly_figures(*world, ledger_of(*world)), found);
  } else {
    found.set_contradicts_itself(true);
  }
  return found;
}

}  // namespace chokepoint
