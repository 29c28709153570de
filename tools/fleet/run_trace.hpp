#pragma once

#include <filesystem>
#include <variant>
#include <vector>

#include "models/training/run/played_run.hpp"
#include "sim/trace/writer.hpp"
#include "tools/estimate/training/run_outlook.hpp"
#include "tools/fleet/gang_scene.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// The scene of a run. Nothing, with a complaint, where no server of the catalogue has the device.
std::variant<RunScene, Misunderstanding> scene_of(const RunOutlook& outlook,
                                                  const TrainingSubject& subject,
                                                  const std::filesystem::path& root);

/// The facts of one run as it is played: its phases, what interrupts it, what it loses, when a
/// checkpoint is safe.
class RunTrace : public RunObserver {
public:
  /// Refers to `scene`. Throws std::runtime_error, naming the file, where it cannot be written.
  RunTrace(const std::filesystem::path& file, const RunScene& scene, const RunOutlook& outlook);

  void entered(RunPhase phase, Nanoseconds at) override;
  void left(RunPhase phase, Nanoseconds at) override;
  void interrupted(const RunInterruption& what) override;
  void saved(Nanoseconds at, Nanoseconds work) override;

  /// Writes the end of the run. Throws as the writer does.
  void close(const PlayedRun& played);
  std::uint64_t fingerprint() const { return writer_.fingerprint(); }
  std::uint64_t facts() const { return writer_.facts(); }

private:
  Tokens tokens_of(Nanoseconds work) const;

  TokensPerSecond rate_;  // Of training at full speed.
  TraceWriter writer_;
};

/// Plays the run of `outlook` with its seed once more and writes it into `folder`: its trace,
/// tables/interruptions.csv, tables/expected.csv, a table for each of `more` and the record. Throws
/// std::runtime_error, naming the file, where one cannot be written. Requires: the outlook was
/// asked with a seed.
void write_played_run(const std::filesystem::path& folder, const RunScene& scene,
                      const RunOutlook& outlook, const std::vector<Table>& more = {});

}  // namespace chokepoint
