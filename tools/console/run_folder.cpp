#include "tools/console/run_folder.hpp"

#include <algorithm>
#include <regex>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "tools/console/command_line.hpp"
#include "tools/print/json_value.hpp"
#include "tools/print/whole_file.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kGoOnSignal = 2;

/// A file that had not its final name when the program that wrote it was killed.
bool is_left_over(const std::string& name) {
  static const std::regex partial(R"((.*)\.[0-9]+\.partial)");
  std::smatch match;
  return std::regex_match(name, match, partial) &&
         (is_file_of_a_run(match[1]) || match[1] == kRecordName);
}

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code none;
  for (const fs::path& below : {fs::path(), fs::path(kTablesName)}) {
    for (const auto& entry : fs::directory_iterator(folder / below, none)) {
      names.push_back((below / entry.path().filename()).string());
    }
  }
  std::ranges::sort(names);
  return names;
}

/// A link would lead to a folder of somebody else.
void refuse_other_than_folder(const fs::path& tables) {
  std::error_code none;
  const auto status = fs::symlink_status(tables, none);
  if (!fs::exists(status)) return;
  if (!fs::is_directory(status)) {
    throw std::runtime_error("cannot write into " + tables.string() + ": it is no folder");
  }
  make_folder(tables);  // Which it is; asks whether it may be written into.
}

/// A folder that has the name of a file could be neither removed nor replaced.
void refuse_folders_as_files(const fs::path& folder) {
  std::error_code none;
  for (const auto& name : names_in(folder)) {
    const bool is_ours = is_file_of_a_run(name) || name == kRecordName || is_left_over(name);
    if (is_ours && fs::is_directory(fs::symlink_status(folder / name, none))) {
      throw std::runtime_error("cannot replace " + (folder / name).string() + ": it is a folder");
    }
  }
}

}  // namespace

MadeFolder::MadeFolder(const fs::path& path) {
  std::error_code none;
  for (fs::path at = path; !at.empty() && !fs::exists(at, none); at = at.parent_path()) {
    made_.push_back(at);
  }
  for (std::size_t i = std::min(made_.size(), kGoOnSignal); i-- > 0;) go_.emplace_back(made_[i]);
  make_folder(path);
}

MadeFolder::~MadeFolder() {
  std::error_code ignored;
  for (const fs::path& path : made_) fs::remove(path, ignored);
}

RunFolder::RunFolder(fs::path path)
    : path_(std::move(path)),
      made_(path_),
      lock_(path_, FolderLock::Use::Writing),
      growing_trace_(partial_name(path_ / kTraceName)),
      goes_(growing_trace_) {
  refuse_other_than_folder(path_ / kTablesName);
  refuse_folders_as_files(path_);
  remove_former_run();
}

RunFolder::~RunFolder() {
  std::error_code ignored;
  fs::remove(growing_trace_, ignored);
  for (const auto& file : growing_) fs::remove(file, ignored);
  for (const auto& file : written_) fs::remove(file, ignored);
}

/// The record first: from then on the folder holds no run.
void RunFolder::remove_former_run() const {
  if (const auto former = read_record(path_)) {
    remove_file(path_ / kRecordName);
    for (const auto& file : former->files()) {
      if (is_file_of_a_run(file.name())) remove_file(path_ / file.name());
    }
  }
  for (const auto& name : names_in(path_)) {
    if (is_left_over(name)) remove_file(path_ / name);
  }
}

std::vector<std::string> RunFolder::others() const {
  auto names = names_in(path_);
  std::erase_if(names,
                [](const std::string& name) { return name == kTablesName || is_left_over(name); });
  return names;
}

fs::path RunFolder::growing_table(const std::string& name) {
  if (!tables_) tables_.emplace(path_ / kTablesName);
  growing_.push_back(partial_name(path_ / kTablesName / name));
  tables_go_.emplace_back(growing_.back());
  return growing_.back();
}

void RunFolder::finish(const std::vector<TableFile>& tables, pb::RunRecord record,
                       std::optional<std::uint64_t> trace, const std::vector<GrownTable>& grown) {
  const SignalsHeld whole;
  const auto list = [&](const std::string& name) {
    written_.push_back(path_ / name);
    record.add_files()->set_name(name);
    return record.mutable_files()->rbegin();
  };
  if (trace) {
    give_name(growing_trace_, path_ / kTraceName);
    const auto trace_file = list(kTraceName);
    trace_file->set_bytes(fs::file_size(path_ / kTraceName));
    trace_file->set_digest(digest_from(*trace));
  }
  if (!tables_) tables_.emplace(path_ / kTablesName);
  for (const GrownTable& table : grown) {
    const auto name = fs::path(kTablesName) / table.name;
    give_name(partial_name(path_ / name), path_ / name);
    const auto file = list(name.string());
    file->set_bytes(table.bytes);
    file->set_digest(digest_from(table.fingerprint));
  }
  for (const TableFile& table : tables) {
    const auto name = table.is_beside ? fs::path(table.name) : fs::path(kTablesName) / table.name;
    write_whole(path_ / name, table.text);
    const auto file = list(name.string());
    file->set_bytes(table.text.size());
    file->set_digest(digest_of(table.text));
  }
  if (record.schema().empty()) record.set_schema(kRecordSchema);
  for (const std::string& word : typed_arguments()) record.add_arguments(word);
  write_whole(path_ / kRecordName, to_json(record));
  written_.clear();
  set_interrupted_task("the run in " + path_.string() + " is whole");
}

}  // namespace chokepoint
