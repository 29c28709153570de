// Fits the figures of a scenario that nobody has measured to the `calibrate` figures that were
// known by a day, and prints them as a part of a scenario file. Called by tools/fit.

#include <fmt/format.h>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/files/regular_file.hpp"
#include "sim/study/forecast/fit.hpp"
#include "sim/sweep/worker_process.hpp"
#include "tools/console/interruption.hpp"
#include "tools/console/progress.hpp"
#include "tools/report/fitted_text.hpp"

namespace chokepoint {
namespace {

std::vector<std::string> lines_of(const std::string& file) {
  const FileBytes bytes = read_whole_file(file);
  if (!bytes.complaint.empty()) throw std::runtime_error(file + ": " + bytes.complaint);
  std::istringstream in(bytes.content);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != '#') lines.push_back(line);
  }
  return lines;
}

int run_fit(const std::string& scenario, const std::string& paths, const std::string& origin,
            int runs) {
  Diagnostics found;
  const auto composed = compose(scenario, {}, true, found);
  if (!composed) {
    print(std::cerr, found, scenario);
    return 3;
  }
  FitMethod method;
  method.paths = lines_of(paths);
  method.origin = parse_date(origin).value();
  method.runs = runs;
  const bool is_watched = progress_style(false) >= ProgressStyle::Lines;
  const Fit best = fit(*composed, method, [&](int run, const Fit& so_far) {
    set_interrupted_task(fmt::format("{} of {} runs were done; nothing is kept", run, runs));
    if (run % 20 != 0 || !is_watched) return;
    std::cerr << fmt::format("run {}: misfit {:.4f}, objective {:.4f}\n", run, so_far.misfit,
                             so_far.objective);
  });
  std::cout << fitted_text(*composed, method, best);
  return 0;
}

}  // namespace
}  // namespace chokepoint

int main(int argc, char** argv) {
  if (argc != 5) {
    std::cerr << "usage: chokepoint_fit SCENARIO PATHS ORIGIN RUNS\n";
    return 2;
  }
  chokepoint::catch_signals(chokepoint::stop_workers);
  try {
    return chokepoint::run_fit(argv[1], argv[2], argv[3], std::atoi(argv[4]));
  } catch (const std::exception& failure) {
    std::cerr << "chokepoint_fit: " << failure.what() << "\n";
    return 5;
  }
}
