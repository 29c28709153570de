// Fits the figures of a scenario that nobody has measured to the `calibrate` figures that were
// known by a day, and prints them as a part of a scenario file. Called by tools/fit.

#include <fmt/format.h>

#include <exception>
#include <iostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "sim/files/regular_file.hpp"
#include "sim/study/forecast/fit.hpp"
#include "sim/sweep/worker_process.hpp"
#include "tools/console/interruption.hpp"
#include "tools/console/printable_stream.hpp"
#include "tools/console/program.hpp"
#include "tools/console/progress.hpp"
#include "tools/report/study/study_text.hpp"

namespace chokepoint {
namespace {

constexpr int kUsage = 2, kBadInput = 3, kFailed = 5;  // As of the main program.
constexpr const char* kUsageText = "chokepoint_fit SCENARIO PATHS ORIGIN RUNS";
constexpr std::size_t kMostBytes = std::size_t{1} << 20U;
constexpr std::size_t kMostPaths = 200;  // A search grows with their square.
constexpr std::uint64_t kMostRuns = 1'000'000;

int refuse(const std::string& message, const std::string& help) {
  complain(message, help, "chokepoint_fit");
  return kUsage;
}

/// The paths in a file, one a line.
std::vector<std::string> paths_in(const std::string& file) {
  const FileBytes bytes = read_whole_file(file, kMostBytes);
  const char* help = "it lists paths of figures, one a line, as 'chokepoint scenario explain' does";
  if (!bytes.complaint.empty()) throw HelpedFailure(file + ": " + bytes.complaint, help);
  std::istringstream in(bytes.content);
  std::vector<std::string> paths;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != '#') paths.push_back(line);
    if (paths.size() > kMostPaths) {
      throw HelpedFailure(fmt::format("{}: more than {} paths", file, kMostPaths), help);
    }
  }
  return paths;
}

int run_fit(const std::string& scenario, const std::string& paths, FitMethod method) {
  Diagnostics found;
  const auto composed = compose(scenario, {}, true, found);
  if (!composed) {
    print(std::cerr, found, scenario);
    return kBadInput;
  }
  const auto wrong =
      origin_complaint(composed->scenario.start(), format_date(method.origin), kFitMonths);
  if (!wrong.empty()) return refuse("ORIGIN: " + wrong, "name a day within the scenario");
  method.paths = paths_in(paths);
  const bool is_watched = progress_style(false) >= ProgressStyle::Lines;
  const Fit best = fit(*composed, method, [&](int run, const Fit& so_far) {
    set_interrupted_task(fmt::format("{} of {} runs were done; nothing is kept", run, method.runs));
    if (run % 20 != 0 || !is_watched) return;
    std::cerr << fmt::format("run {}: misfit {:.4f}, objective {:.4f}\n", run, so_far.misfit,
                             so_far.objective);
  });
  std::cout << fitted_text(*composed, method, best);
  return 0;
}

int run_program(const std::vector<std::string>& arguments, const PrintableStream& results) {
  open_standard_streams();
  catch_signals(stop_workers);
  if (arguments.size() != 4) {
    return refuse(fmt::format("4 arguments are needed, not {}", arguments.size()), kUsageText);
  }
  if (const auto wrong = day_complaint(arguments[2]); !wrong.empty()) {
    return refuse("ORIGIN: " + wrong, kUsageText);
  }
  if (const auto wrong = number_complaint(arguments[3], 0, kMostRuns); !wrong.empty()) {
    return refuse("RUNS: " + wrong, kUsageText);
  }
  FitMethod method;
  method.origin = parse_date(arguments[2]).value();
  method.runs = std::stoi(arguments[3]);
  const int code = run_fit(arguments[0], arguments[1], std::move(method));
  if (!std::cout.flush()) {
    throw std::runtime_error("cannot write to standard output: " + results.failure().message());
  }
  return code;
}

}  // namespace
}  // namespace chokepoint

int main(int argc, char** argv) {
  const chokepoint::PrintableStream results(std::cout), complaints(std::cerr);
  try {
    return chokepoint::run_program({argv + 1, argv + argc}, results);
  } catch (const chokepoint::HelpedFailure& failure) {
    chokepoint::complain(failure.what(), failure.help(), "chokepoint_fit");
  } catch (const std::exception& failure) {
    chokepoint::complain(failure.what(), "", "chokepoint_fit");
  }
  return chokepoint::kFailed;
}
