#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/console/run_folder.hpp"
#include "tools/zoom/zoomed_run.hpp"

namespace chokepoint {

/// What `run --zoom` does beside the run. Without a question each step does nothing.
class ZoomOfRun {
public:
  /// "SITE@YYYY-MM-DD+DAYS", which zoom_complaint() finds nothing wrong with; empty: no question.
  explicit ZoomOfRun(const std::string& question);

  /// Refuses what means nothing in `world`: the exit code of that, else 0. To be called first.
  int ask(const World& world);
  /// What is to look at the run of that world; null without a question.
  SiteWatch* watch() { return watch_ ? &*watch_ : nullptr; }
  /// Once it has run: plays what was seen. The exit code of a complaint, else 0. Throws as
  /// zoomed_run().
  int play(const Composed& composed, const World& world);
  /// The study, and what was found.
  void add_files(std::vector<TableFile>& files) const;
  /// Prints what was found, and where it lies; says whether there is anything.
  bool print(const std::filesystem::path& directory, bool json) const;

private:
  std::optional<ZoomQuestion> asked_;
  std::optional<SiteWatch> watch_;
  std::optional<FinishedZoom> finished_;
};

/// `--zoom`, which goes with no draws.
void add_zoom_option(CLI::App& command, std::string& question);

}  // namespace chokepoint
