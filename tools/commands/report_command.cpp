#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "sim/files/regular_file.hpp"
#include "tools/commands/commands.hpp"
#include "tools/page/ecosystem/ecosystem_page.hpp"
#include "tools/page/memo.hpp"
#include "tools/page/page_template.hpp"
#include "tools/page/replay/replay_pages.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostTableBytes = std::uint64_t{1} << 30U;
constexpr const char* kWithoutTemplate = "install nodejs and npm, configure with cmake and build";

struct ReportOptions {
  std::string path;
  std::optional<std::string> baseline, output;
  std::string format = "html";
};

Page page_of_run(const ReportOptions& options) {
  const EcosystemRun run = read_ecosystem_run(options.path);
  if (!options.baseline) return ecosystem_page({run, nullptr});
  const EcosystemRun base = read_ecosystem_run(*options.baseline);
  return ecosystem_page({run, &base});
}

Page page_of_replays(const std::vector<fs::path>& folders) {
  std::vector<std::unique_ptr<const StoredReplay>> replays;
  std::vector<const StoredReplay*> all;
  for (const fs::path& folder : folders) {
    replays.push_back(std::make_unique<const StoredReplay>(folder));
    all.push_back(replays.back().get());
  }
  if (all.front()->has_table("interruptions.csv")) {
    if (all.size() > 1) {
      throw HelpedFailure("a training run has no baseline: its page is of one run",
                          "leave out --baseline");
    }
    return training_page(*all.front());
  }
  if (all.size() == 1 && all.front()->has_table("jobs.csv")) {
    return job_page(all.front()->path() / kTablesName / "jobs.csv", all.front()->rows("jobs.csv"));
  }
  for (const StoredReplay* replay : all) {
    if (replay->has_table("requests.csv")) continue;
    throw HelpedFailure(replay->path().string() + " holds no table of requests",
                        "replay the log again with -o");
  }
  return serving_page(all);
}

Page page_of_jobs(const ReportOptions& options) {
  if (options.baseline) {
    throw HelpedFailure("a table of jobs has its policies side by side: it has no baseline",
                        "leave out --baseline");
  }
  const FileBytes bytes = read_whole_file(options.path, kMostTableBytes);
  if (!bytes.complaint.empty()) throw std::runtime_error(options.path + ": " + bytes.complaint);
  return job_page(options.path, read_measured_table(bytes.content));
}

/// The page of whatever lies there: a table of jobs, a replay or several, a run.
Page page_of(const ReportOptions& options) {
  std::error_code none;
  if (fs::is_regular_file(options.path, none)) return page_of_jobs(options);
  std::vector<fs::path> replays;
  if (holds_replay(options.path)) {
    replays = {options.path};
  } else if (!read_record(options.path)) {
    replays = replays_inside(options.path);
  }
  if (replays.empty()) return page_of_run(options);
  if (options.baseline) replays.emplace_back(*options.baseline);
  return page_of_replays(replays);
}

PageTemplate template_or_failure() {
  const PageTemplate made = page_template();
  if (made.page.empty()) {
    throw HelpedFailure("this build has no template of a page: " + std::string(made.missing),
                        kWithoutTemplate);
  }
  return made;
}

/// Draws the figures of `page` into `folder` as SVG files, by the drawing code of the page, and
/// writes their data beside them.
void draw_figures(const Page& page, const fs::path& folder, const PageTemplate& made) {
  make_folder(folder);
  for (const PageFigure& figure : page.figures) {
    write_whole(folder / (figure.id + ".csv"), to_csv(figure.data));
  }
  const fs::path data = folder / "page.json", drawing = folder / "drawing.mjs";
  write_whole(data, page_json(page));
  write_whole(drawing, std::string(made.drawing));
  // No word of a shell is made of what others wrote: the folder is named by its environment.
  setenv("CHOKEPOINT_FIGURES", folder.c_str(), 1);
  const int failed =
      std::system("cd \"$CHOKEPOINT_FIGURES\" && node drawing.mjs page.json . 1>&2");  // NOLINT
  remove_file(drawing);
  remove_file(data);
  if (failed != 0) {
    throw HelpedFailure("node could not draw the figures of " + folder.string(),
                        "--format md draws with Node.js: install nodejs, or write the page alone");
  }
}

int write_report(const ReportOptions& options) {
  const PageTemplate made = template_or_failure();
  const Page page = page_of(options);
  if (options.format == "md") {
    const fs::path memo = options.output.value_or("report.md");
    const fs::path pictures = fs::path(memo).replace_extension("").concat("_figures");
    draw_figures(page, pictures, made);
    write_whole(memo, memo_text(page, pictures.filename().string()));
    std::cout << "memo     " << memo.string() << "\nfigures  " << pictures.string() << "\n";
    return 0;
  }
  const std::string file = options.output.value_or("report.html");
  write_whole(file, filled_template(made.page, page_json(page)));
  std::cout << "report  " << file << "\n";
  return 0;
}

}  // namespace

void add_report_command(CLI::App& app, Outcome& outcome) {
  const auto options = std::make_shared<ReportOptions>();
  auto* command = app.add_subcommand(
      "report", "A page of a study: what it found, its figures and their data, in one file");
  command
      ->add_option("DIR", options->path,
                   "Folder of a run, of a replay of requests or of a played training run; or the "
                   "table that `replay jobs -o` wrote")
      ->required();
  command->add_option("--baseline", options->baseline,
                      "Folder of the run that it is held against; of a replay, another beside it");
  command->add_option("-o,--output", options->output, "File [report.html, or report.md]");
  command
      ->add_option("--format", options->format,
                   "html, or md: a memo with figures as SVG files beside it [html]")
      ->check(CLI::IsMember({"html", "md"}));
  command->callback([options, &outcome] { outcome.exit_code = write_report(*options); });
}

}  // namespace chokepoint
