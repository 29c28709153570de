// Fits the coefficients of training to the measured runs that ship, and says how well they predict;
// or says by those that ship what devices are worth for training. Called by tools/fit.

#include <exception>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "sim/files/regular_file.hpp"
#include "tools/estimate/training/training_validation.hpp"
#include "tools/estimate/training/training_worth.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

int fit_and_write(const std::filesystem::path& root, const std::filesystem::path& into) {
  const auto world = load_unfitted_training_world(root, std::cerr);
  if (!world) return 3;
  const auto rows = root / "scenarios" / "measured" / "training.csv";
  const auto cases = training_cases(read_measured_table(content_of(rows)), world->catalog());
  const auto made = calibrated(
      cases, [](const std::string& left_out) { std::cerr << "without " << left_out << "\n"; });
  write_whole(into / "training_coefficients.csv",
              training_figures_csv(made.fitted.figures, rows.filename().string()));
  write_whole(into / "training_errors.csv", training_errors_csv(made.errors));
  std::cerr << "cost " << made.fitted.cost << " after " << made.fitted.iterations << " iterations, "
            << (made.fitted.has_converged ? "converged" : "not converged") << "\n";
  return 0;
}

int write_worth(const std::filesystem::path& root, const std::filesystem::path& into) {
  const auto world = load_worth_world(root, std::cerr);
  if (!world) return 3;
  write_whole(into / "training_worth.textproto",
              training_worth_text(training_worths(*world), *world));
  return 0;
}

}  // namespace
}  // namespace chokepoint

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const bool is_worth_alone = words.size() == 3 && words[2] == "worth";
  if (words.size() != 2 && !is_worth_alone) {
    std::cerr << "usage: chokepoint_fit_training ROOT FOLDER [worth]\n";
    return 2;
  }
  try {
    return is_worth_alone ? chokepoint::write_worth(words[0], words[1])
                          : chokepoint::fit_and_write(words[0], words[1]);
  } catch (const std::exception& failure) {
    std::cerr << "chokepoint_fit_training: " << failure.what() << "\n";
    return 5;
  }
}
