#include "sim/engine/datacenter/repairs.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "models/random.hpp"
#include "sim/engine/kernel/configure_simgrid.hpp"
#include "sim/engine/kernel/platform.hpp"
#include "tests/sim/engine/in_child.hpp"
#include "tests/sim/engine/small_world.hpp"

namespace chokepoint {
namespace {

/// A pool of ten nodes, in a simulation of its own.
struct Yard {
  Agenda& agenda;
  Sites& sites;
  Repairs& repairs;

  /// A gang that takes so many.
  std::vector<int> take(int nodes) {
    sites.set_busy(kForeignPool, state().busy_nodes + nodes, agenda.now());
    return repairs.take(kForeignPool, nodes);
  }
  void give(const std::vector<int>& nodes) {
    sites.set_busy(kForeignPool, state().busy_nodes - NodeCount(nodes.size()), agenda.now());
    repairs.give(kForeignPool, nodes);
  }
  PoolState state() const { return sites.states()[kForeignPool.value]; }
};

std::vector<double> in_yard(const std::function<void(Yard&, std::vector<double>&)>& body) {
  return in_child<double>([&body] {
    World world = small_world();
    world.stocks = {small_stock(80)};
    const auto engine = configure_simgrid();
    const Platform platform(world);
    Agenda agenda(world.horizon());
    MemorySink sink;
    Sites sites(world);
    Repairs repairs(world, agenda, sites, sink);
    repairs.on_returned([&] { repairs.supply(); });
    sites.start(agenda);
    Yard yard{agenda, sites, repairs};
    std::vector<double> noted;
    agenda.at(0_s, Phase::Job, [&] { body(yard, noted); });
    agenda.run(*engine);
    noted.push_back(double(yard.state().busy_nodes));
    noted.push_back(double(yard.state().down_nodes));
    return noted;
  });
}

TEST_CASE("repairs: no two gangs hold one node", "[engine][repairs]") {
  const auto noted = in_yard([](Yard& yard, auto& notes) {
    const auto first = yard.take(3), second = yard.take(4);
    yard.give(first);
    const auto third = yard.take(5);
    for (const int node : second) notes.push_back(node);
    for (const int node : third) notes.push_back(node);
  });
  // The lowest that nobody holds.
  CHECK(noted == std::vector<double>{3, 4, 5, 6, 0, 1, 2, 7, 8, 9, 0});
}

TEST_CASE("repairs: a spare comes at once, else the first that is repaired", "[engine][repairs]") {
  const auto noted = in_yard([](Yard& yard, auto& notes) {
    yard.take(9);
    const auto note = [&yard, &notes](int node) {
      notes.push_back(yard.agenda.now().value);
      notes.push_back(node);
    };
    yard.repairs.repair(kForeignPool, 4, 9_hours);
    yard.repairs.want(kForeignPool, note);
    yard.repairs.repair(kForeignPool, 5, 7_hours);
    yard.repairs.want(kForeignPool, note);
    yard.repairs.repair(kForeignPool, 6, 8_hours);
    yard.repairs.want(kForeignPool, note);
  });
  CHECK(noted == std::vector<double>{0, 9, 7 * 3'600, 5, 8 * 3'600, 6, 9, 0});
}

TEST_CASE("repairs: whatever breaks and waits, all nodes are there in the end",
          "[engine][repairs]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto noted = in_yard([seed](Yard& yard, auto& notes) {
      // Held by reference in handlers that run after this one.
      static std::vector<int> gang;
      static RandomStream draws(seed, "yard");
      static std::function<void()> step;
      gang = yard.take(6);
      step = [&yard, &notes] {
        // A broken node holds its place in the gang as -1 until it is replaced.
        const auto place = static_cast<std::size_t>(draws.uniform() * double(gang.size()));
        if (gang[place] >= 0) {
          yard.repairs.repair(kForeignPool, gang[place], 3_hours * draws.exponential());
          gang[place] = -1;
          yard.repairs.want(kForeignPool, [place](int node) { gang[place] = node; });
        }
        std::vector<int> held = gang;
        std::erase(held, -1);
        std::ranges::sort(held);
        const bool is_sound = std::ranges::adjacent_find(held) == held.end() &&
                              NodeCount(held.size()) == yard.state().busy_nodes &&
                              yard.state().busy_nodes + yard.state().down_nodes <= 10;
        if (!is_sound) notes.push_back(-1);
        if (yard.agenda.now() < 20_days)
          yard.agenda.at(yard.agenda.now() + Seconds{600}, Phase::Job, step);
      };
      step();
    });
    CHECK(noted == std::vector<double>{6, 0});
  }
}

}  // namespace
}  // namespace chokepoint
