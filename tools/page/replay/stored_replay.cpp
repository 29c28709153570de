#include "tools/page/replay/stored_replay.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "sim/files/regular_file.hpp"
#include "tools/console/program.hpp"

namespace chokepoint {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostBytes = std::uint64_t{1} << 30U;

pb::RunRecord replay_record_in(const fs::path& folder) {
  auto record = read_record(folder);
  if (!record || record->schema() != kReplaySchema) {
    throw std::runtime_error(folder.string() + " holds no whole replay");
  }
  return std::move(*record);
}

const pb::RunFile* file_of(const pb::RunRecord& record, const std::string& table) {
  const std::string name = kTablesName + ("/" + table);
  const auto& files = record.files();
  const auto found = std::ranges::find(files, name, &pb::RunFile::name);
  return found == files.end() ? nullptr : &*found;
}

}  // namespace

StoredReplay::StoredReplay(fs::path path)
    : path_(std::move(path)),
      lock_(path_, FolderLock::Use::Reading),
      record_(replay_record_in(path_)) {}

std::string StoredReplay::name() const {
  const auto whole = path_.lexically_normal();
  return (whole.has_filename() ? whole : whole.parent_path()).filename().string();
}

bool StoredReplay::has_table(const std::string& name) const {
  return file_of(record_, name) != nullptr;
}

std::vector<MeasuredRow> StoredReplay::rows(const std::string& name) const {
  const pb::RunFile* file = file_of(record_, name);
  if (file == nullptr) return {};
  const fs::path at = path_ / file->name();
  const bool is_ours = is_file_of_a_run(file->name());
  const FileBytes bytes = is_ours ? read_whole_file(at, kMostBytes) : FileBytes{};
  if (!is_ours || !bytes.complaint.empty() || digest_of(bytes.content) != file->digest()) {
    throw HelpedFailure(at.string() + " is not the file that " + kRecordName + " lists",
                        "replay it again");
  }
  return read_measured_table(bytes.content);
}

bool holds_replay(const fs::path& folder) {
  const auto record = read_record(folder);
  return record && record->schema() == kReplaySchema;
}

std::vector<fs::path> replays_inside(const fs::path& folder) {
  std::vector<fs::path> inside;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    if (entry.is_directory(none) && holds_replay(entry.path())) inside.push_back(entry.path());
  }
  std::ranges::sort(inside);
  return inside;
}

std::vector<double> sorted_column(const std::vector<MeasuredRow>& rows, const std::string& column) {
  std::vector<double> values;
  for (const MeasuredRow& row : rows) {
    const double value = number_in(row, column, std::numeric_limits<double>::quiet_NaN());
    if (std::isfinite(value)) values.push_back(value);
  }
  std::ranges::sort(values);
  return values;
}

}  // namespace chokepoint
