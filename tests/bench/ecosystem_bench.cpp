// How long eight years of the ecosystem take: draws, each in a process of its own and two at a
// time, as a sweep does them on two cores; then one run in this process, with what it keeps.

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <iostream>
#include <string>

#include "sim/indicators/yearly.hpp"
#include "sim/sweep/information_set.hpp"
#include "sim/sweep/replicas.hpp"
#include "tests/paths.hpp"

namespace chokepoint {
namespace {

constexpr int kDraws = 60, kWorkers = 2;

double cpu_s(int who) {
  rusage used{};
  getrusage(who, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

int measure(const std::string& file) {
  Diagnostics found;
  auto composed = compose(file, {}, true, found);
  if (!composed) {
    print(std::cerr, found, file);
    return 3;
  }
  const double before_draws = cpu_s(RUSAGE_CHILDREN);
  const auto began = std::chrono::steady_clock::now();
  run_replicas(
      kDraws, kWorkers,
      [&](int i) {
        InformationSet information;
        information.draw = i + 1;
        const World world = world_from(std::move(*composed), information);
        pb::RunFigures said;
        add_yearly(yearly_figures(world, ledger_of(world)), said);
        return said;
      },
      [](int) {});
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - began;
  const double draw_s = (cpu_s(RUSAGE_CHILDREN) - before_draws) / kDraws;

  const World world = world_from(std::move(*composed), {});
  const double before = cpu_s(RUSAGE_SELF);
  const Ledger ledger = ledger_of(world);
  const double run_s = cpu_s(RUSAGE_SELF) - before;
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  std::cout << fmt::format(
      "one run of {} to {}: {:.3f} CPU s, {} deliveries; the process used {} MB at most\n"
      "one of {} draws, {} at a time, read anew and run: {:.3f} CPU s, {:.3f} wall s; 1,000 would "
      "take {:.0f} wall s\n",
      format_date(world.first_day()), format_date(world.end_day()), run_s, ledger.rows().size(),
      used.ru_maxrss / 1024, kDraws, kWorkers, draw_s, wall.count() / kDraws,
      1000.0 * wall.count() / kDraws);
  return 0;
}

}  // namespace
}  // namespace chokepoint

int main(int argc, char** argv) {
  return chokepoint::measure(
      argc > 1 ? argv[1] : (chokepoint::source_dir() + "/scenarios/history.textproto").c_str());
}
