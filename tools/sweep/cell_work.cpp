#include "tools/sweep/cell_work.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "sim/study/forecast/ensemble.hpp"
#include "sim/sweep/replicas.hpp"
#include "tools/sweep/cell_result.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

// Cells of a share without a whole result, by point.
std::map<std::size_t, std::vector<int>> draws_to_run(const SweepPlan& plan, const fs::path& folder,
                                                     SweepShare share) {
  std::map<std::size_t, std::vector<int>> draws;
  for (std::size_t i = share.shard; i < plan.cells(); i += share.of) {
    const SweepCell cell = plan.cell(i);
    if (!read_result(result_path(plan, cell, folder))) draws[cell.point].push_back(cell.draw);
  }
  return draws;
}

// Runs a cell into its place; one that cannot be run leaves its reason there.
void run_cell(Composed&& composed, int draw, const fs::path& path) {
  std::string why;
  try {
    return write_result(path, figures_of_draw(std::move(composed), draw));
  } catch (const std::exception& error) {
    why = error.what();
  }
  write_failure(path, why);
}

}  // namespace

SweepCount count_results(const SweepPlan& plan, const fs::path& folder) {
  SweepCount count;
  for (std::size_t i = 0; i < plan.cells(); ++i) {
    switch (state_of(result_path(plan, plan.cell(i), folder))) {
      case CellState::Whole:
        ++count.whole;
        break;
      case CellState::Failed:
        ++count.failed;
        break;
      case CellState::Missing:
        ++count.missing;
        break;
    }
  }
  return count;
}

std::vector<std::pair<std::string, std::size_t>> failures_of(const SweepPlan& plan,
                                                             const fs::path& folder) {
  std::map<std::string, std::size_t> counts;
  for (std::size_t i = 0; i < plan.cells(); ++i) {
    const fs::path path = result_path(plan, plan.cell(i), folder);
    if (state_of(path) == CellState::Failed) ++counts[*read_failure(path)];
  }
  std::vector<std::pair<std::string, std::size_t>> all(counts.begin(), counts.end());
  std::ranges::stable_sort(all, std::greater<>{}, [](const auto& one) { return one.second; });
  return all;
}

void work_on(const SweepPlan& plan, const fs::path& folder, SweepShare share, int workers,
             const std::function<void(std::size_t done, std::size_t all)>& told) {
  const auto draws = draws_to_run(plan, folder, share);
  std::size_t all = 0, done = 0;
  for (const auto& [point, wanted] : draws) all += wanted.size();
  for (const auto& [at, wanted] : draws) {
    Composed composed = scenario_of(plan, at, folder);
    const std::size_t point = at, before = done;
    const std::vector<int>& numbers = wanted;
    run_replicas(
        static_cast<int>(numbers.size()), workers,
        [&](int i) {
          const int draw = numbers[static_cast<std::size_t>(i)];
          run_cell(std::move(composed), draw, result_path(plan, {point, draw}, folder));
          return pb::RunFigures();
        },
        [&](int ended) { told(before + static_cast<std::size_t>(ended), all); });
    done += numbers.size();
  }
}

}  // namespace chokepoint
