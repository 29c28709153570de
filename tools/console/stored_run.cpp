#include "tools/console/stored_run.hpp"

#include <algorithm>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "sim/files/regular_file.hpp"
#include "sim/trace/reader.hpp"
#include "tools/console/program.hpp"

namespace chokepoint {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHelp = "run it again";
constexpr std::uint64_t kMostTableBytes = std::uint64_t{1} << 30U;

pb::RunRecord record_in(const fs::path& folder, StoredKinds kinds) {
  auto record = read_record(folder);
  if (!record) {
    throw std::runtime_error(folder.string() + " holds no whole run: it has no " + kRecordName);
  }
  if (record->schema() == kReplaySchema) {
    if (kinds == StoredKinds::All) return std::move(*record);
    throw HelpedFailure(folder.string() + " holds a replay of requests, not a run",
                        "its tables say what became of each request and replica");
  }
  if (record->schema() != kRecordSchema) {
    throw HelpedFailure(
        folder.string() + " holds a run of another version, " + record->program_version(), kHelp);
  }
  return std::move(*record);
}

const pb::RunFile* listed(const pb::RunRecord& record, const std::string& name) {
  const auto& files = record.files();
  const auto found = std::ranges::find(files, name, &pb::RunFile::name);
  return found == files.end() ? nullptr : &*found;
}

[[noreturn]] void refuse(const fs::path& file) {
  throw HelpedFailure(file.string() + " is not the file that " + kRecordName + " lists", kHelp);
}

}  // namespace

StoredRun::StoredRun(fs::path path, StoredKinds kinds)
    : path_(std::move(path)),
      lock_(path_, FolderLock::Use::Reading),
      record_(record_in(path_, kinds)) {
  std::error_code none;
  const pb::RunFile* listed_trace = listed(record_, kTraceName);
  const bool may_lack_trace = record_.schema() == kReplaySchema;
  if (listed_trace == nullptr && !may_lack_trace) refuse(trace());
  for (const auto& file : record_.files()) {
    const fs::path at = path_ / file.name();
    if (!is_file_of_a_run(file.name()) || !fs::is_regular_file(at, none) ||
        fs::file_size(at, none) != file.bytes()) {
      refuse(at);
    }
  }
  if (may_lack_trace) return;  // Its tables are what is read.
  if (digest_of_file(trace()) != listed_trace->digest()) refuse(trace());
  const pb::Manifest made = TraceReader(trace()).manifest();
  if (made.seed() != record_.seed() || made.scenario_digest() != record_.scenario_digest()) {
    refuse(trace());
  }
}

StudyKind StoredRun::kind() const {
  const auto has = [this](const char* name) {
    return listed(record_, kTablesName + ("/" + std::string(name))) != nullptr;
  };
  if (record_.schema() != kReplaySchema) {
    return has("yearly.csv") ? StudyKind::Market : StudyKind::Schedule;
  }
  if (has("interruptions.csv")) return StudyKind::Training;
  return has("jobs.csv") ? StudyKind::Jobs : StudyKind::Requests;
}

std::string in_words(StudyKind kind) {
  switch (kind) {
    case StudyKind::Market:
      return "a market over years";
    case StudyKind::Schedule:
      return "a scenario without a market";
    case StudyKind::Requests:
      return "a replay of requests";
    case StudyKind::Training:
      return "a training run";
    case StudyKind::Jobs:
      break;
  }
  return "a replay of jobs";
}

std::string StoredRun::table(const std::string& name) const {
  const pb::RunFile* file = listed(record_, kTablesName + ("/" + name));
  if (file == nullptr) return "";
  const auto most = std::min<std::uint64_t>(file->bytes(), kMostTableBytes);
  FileBytes bytes = read_whole_file(path_ / file->name(), most);
  if (!bytes.complaint.empty() || digest_of(bytes.content) != file->digest()) {
    refuse(path_ / file->name());
  }
  return std::move(bytes.content);
}

}  // namespace chokepoint
