#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "chokepoint/v1/report.pb.h"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// Names in a run's folder. The record is written last and lists the other files: a folder without
/// one holds no run.
inline constexpr const char* kTraceName = "trace.pftrace";
inline constexpr const char* kTablesName = "tables";
inline constexpr const char* kRecordName = "run.json";

/// What a record says of its form. One of an older form lists no files, or not what the trace
/// holds.
inline constexpr const char* kRecordSchema = "chokepoint.run/3";
/// That of a replay of requests, which may lack a trace.
inline constexpr const char* kReplaySchema = "chokepoint.replay/1";

/// The record in `folder`; nothing where there is none. Throws std::runtime_error, naming the file,
/// where one has its name that no version of this program wrote.
std::optional<pb::RunRecord> read_record(const std::filesystem::path& folder);

/// What a record says of the bytes of a file: their fingerprint, 16 hexadecimal digits.
std::string digest_of(const std::string& bytes);
std::string digest_from(std::uint64_t fingerprint);

/// That of a file, which is read once, in blocks. Throws std::runtime_error, naming it, where it is
/// no regular file or cannot be read.
std::string digest_of_file(const std::filesystem::path& file);

/// True for names that a run gives, relative to its folder. Nothing else is removed or believed.
bool is_file_of_a_run(const std::string& name);

}  // namespace chokepoint
