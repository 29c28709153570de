#include "tools/sweep/cell_result.hpp"

#include <fmt/format.h>

#include "models/fingerprint.hpp"
#include "sim/files/regular_file.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kSealLength = 16;

// Ends a file: one that was cut or changed has another.
std::string seal_of(std::string_view bytes) {
  return fmt::format("{:016x}", fingerprint(bytes));
}

fs::path failure_path(const fs::path& result) {
  return fs::path(result).replace_extension("failed");
}

// What stands before the seal; nothing where there is no file, or the seal is not of it.
std::optional<std::string> sealed_content(const fs::path& path) {
  FileBytes file = read_whole_file(path);
  if (!file.complaint.empty() || file.content.size() < kSealLength) return std::nullopt;
  const std::string seal = file.content.substr(file.content.size() - kSealLength);
  file.content.resize(file.content.size() - kSealLength);
  if (seal != seal_of(file.content)) return std::nullopt;
  return std::move(file.content);
}

}  // namespace

fs::path result_path(const SweepPlan& plan, SweepCell cell, const fs::path& folder) {
  return folder / "cells" / fmt::format("{:016x}", plan.points[cell.point].identity) /
         fmt::format("{:06}.figures", cell.draw);
}

void write_result(const fs::path& path, const pb::RunFigures& figures) {
  make_folder(path.parent_path());
  const std::string bytes = figures.SerializeAsString();
  write_whole(path, bytes + seal_of(bytes));
  remove_file(failure_path(path));
}

void write_failure(const fs::path& path, const std::string& why) {
  make_folder(path.parent_path());
  write_whole(failure_path(path), why + seal_of(why));
}

std::optional<pb::RunFigures> read_result(const fs::path& path) {
  const auto content = sealed_content(path);
  pb::RunFigures figures;
  if (!content || !figures.ParseFromString(*content)) return std::nullopt;
  return figures;
}

std::optional<std::string> read_failure(const fs::path& path) {
  return sealed_content(failure_path(path));
}

CellState state_of(const fs::path& path) {
  if (sealed_content(path)) return CellState::Whole;
  return read_failure(path) ? CellState::Failed : CellState::Missing;
}

}  // namespace chokepoint
