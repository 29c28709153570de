#include "tools/console/run_record.hpp"

#include <fmt/format.h>

#include <array>
#include <regex>
#include <stdexcept>
#include <system_error>

#include "models/fingerprint.hpp"
#include "sim/files/regular_file.hpp"
#include "tools/print/json_value.hpp"

namespace chokepoint {
namespace {

constexpr std::size_t kMostRecordBytes = std::size_t{4} << 20U;  // It lists tables and changes.

}  // namespace

std::optional<pb::RunRecord> read_record(const std::filesystem::path& folder) {
  const auto file = folder / kRecordName;
  std::error_code none;
  if (!std::filesystem::exists(symlink_status(file, none))) return std::nullopt;
  const FileBytes bytes = read_whole_file(file, kMostRecordBytes);
  if (!bytes.complaint.empty()) throw std::runtime_error(file.string() + ": " + bytes.complaint);
  pb::RunRecord record;
  const auto is_of = [&](const char* kind) { return record.schema().rfind(kind, 0) == 0; };
  if (from_json(bytes.content, record) &&
      (is_of("chokepoint.run/") || is_of("chokepoint.replay/"))) {
    return record;
  }
  throw std::runtime_error(file.string() + " is not the record of a run");
}

std::string digest_of(const std::string& bytes) {
  return digest_from(fingerprint(bytes));
}

std::string digest_from(std::uint64_t fingerprint) {
  return fmt::format("{:016x}", fingerprint);
}

std::string digest_of_file(const std::filesystem::path& file) {
  RegularFile opened(file);
  std::uint64_t sum = kFingerprintOfNothing;
  std::array<char, std::size_t{1} << 16U> block{};
  while (opened.complaint().empty()) {
    const std::size_t got = opened.read(block.data(), block.size());
    if (got == 0) break;
    sum = fingerprint({block.data(), got}, sum);
  }
  if (!opened.complaint().empty()) {
    throw std::runtime_error(file.string() + ": " + opened.complaint());
  }
  return digest_from(sum);
}

bool is_file_of_a_run(const std::string& name) {
  static const std::regex ours(R"(trace\.pftrace|zoom\.textproto|tables/[a-z0-9_]+\.csv)");
  return std::regex_match(name, ours);
}

}  // namespace chokepoint
