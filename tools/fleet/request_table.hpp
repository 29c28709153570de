#pragma once

#include <filesystem>
#include <string>

#include "tools/fleet/replay.hpp"
#include "tools/print/growing_file.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// A line of CSV for every request, when it ends: who, when, where and how fast. Times count from
/// the first arrival of the replay.
class RequestTable : public ReplayListener {
public:
  static constexpr const char* kName = "requests.csv";

  /// Throws std::runtime_error, naming the file, where it cannot be written.
  RequestTable(const std::filesystem::path& file, const PlannedFleet& fleet);

  void ended(const EndedRequest& end, const Fleet& fleet) override;
  void close() { file_.close(); }

  std::uint64_t bytes() const { return file_.bytes(); }
  std::uint64_t fingerprint() const { return file_.fingerprint(); }

private:
  std::string name_of(std::uint32_t replica) const;

  GrowingFile file_;
  const PlannedFleet& fleet_;
};

/// What each replica did, a row for each: "replicas.csv".
Table replica_table(const PlannedFleet& fleet, const ReplayAccount& account);

}  // namespace chokepoint
