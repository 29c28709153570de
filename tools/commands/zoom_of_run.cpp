#include "tools/commands/zoom_of_run.hpp"

#include <fmt/format.h>

#include <iostream>
#include <utility>

#include "tools/commands/commands.hpp"
#include "tools/console/program.hpp"

namespace chokepoint {
namespace {

constexpr const char* kStudyName = "zoom.textproto";

}  // namespace

ZoomOfRun::ZoomOfRun(const std::string& question) {
  if (!question.empty()) asked_ = parse_zoom(question);
}

int ZoomOfRun::ask(const World& world) {
  if (!asked_) return 0;
  const auto asked = site_question(*asked_, world);
  if (const auto* no = std::get_if<ZoomRefusal>(&asked)) return refuse(no->message, no->help);
  watch_.emplace(std::get<SiteWindow>(asked));
  return 0;
}

int ZoomOfRun::play(const Composed& composed, const World& world) {
  if (!watch_) return 0;
  auto zoomed = zoomed_run(composed, world, watch_->seen(), *asked_);
  if (const auto* nothing = std::get_if<ZoomRefusal>(&zoomed)) {
    complain(nothing->message, nothing->help);
    return kInfeasible;
  }
  finished_ = std::move(std::get<FinishedZoom>(zoomed));
  return 0;
}

void ZoomOfRun::add_files(std::vector<TableFile>& files) const {
  if (!finished_) return;
  for (const Table& table : finished_->tables) {
    files.push_back({table.name() + ".csv", to_csv(table)});
  }
  files.push_back({kStudyName, finished_->study, true});
}

bool ZoomOfRun::print(const std::filesystem::path& directory, bool json) const {
  if (!finished_) return false;
  if (json) {
    std::cout << finished_->json.text() << "\n";
  } else {
    std::cout << finished_->text
              << fmt::format("\nstudy   {}\ntables  {}\n", (directory / kStudyName).string(),
                             (directory / kTablesName).string());
  }
  return true;
}

void add_zoom_option(CLI::App& command, std::string& question) {
  command
      .add_option(
          "--zoom", question,
          "SITE@YYYY-MM-DD+DAYS: write and play the cluster study of a site from that day on")
      ->check(zoom_complaint)
      ->excludes("--draws");
}

}  // namespace chokepoint
