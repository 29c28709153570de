#pragma once

#include <optional>
#include <string>
#include <variant>

#include "models/training/run/goodput.hpp"
#include "models/training/run/played_run.hpp"
#include "tools/estimate/training/training_answer.hpp"
#include "tools/print/table.hpp"

namespace chokepoint {

/// What a person asks of a whole run. Empty and unset: not said.
struct RunQuestion {
  double tokens = 0;  ///< > 0.
  std::string reliability, recovery;
  LongRunSettings settings;
  std::optional<std::uint64_t> seed;  ///< Of one run to be played.
};

/// A whole run with all that may stop it.
struct RunOutlook {
  RunQuestion asked;
  std::string reliability, recovery;  ///< Names of those that were taken.
  RunTask task;
  LongRun run;
  RunExpectation expected;
  RunExpectation rarely, often;  ///< With all rates at the low and at the high end of their ranges.
  double idle_power_share = 0;
  std::optional<PlayedRun> played;
};

/// The whole run of a plan whose step takes `step`. A checkpoint is what checkpoint_size() says,
/// and no server writes it faster than its network cards send. What is not in the catalogue is
/// said.
std::variant<RunOutlook, Misunderstanding> outlook_of(const RunQuestion& question,
                                                      const TrainingSubject& subject, Seconds step,
                                                      const TrainingWorld& world);

/// What a run takes in all. Devices draw full power while they train and save, `idle_power_share`
/// of it else; spare servers are idle.
struct RunBill {
  Seconds wall;
  double device_hours = 0;  ///< Of spares as well.
  Joules energy;            ///< With PUE.
  std::optional<Usd> cost;  ///< Devices written off over their life, and energy.
};
RunBill bill_of(const RunOutlook& outlook, const DeviceUpkeep& upkeep);

/// For people: time, goodput, interruptions, checkpoints, what was played, energy and money.
std::string outlook_text(const RunOutlook& outlook, const DeviceUpkeep& upkeep);

/// Shares of the time, from the greatest on.
Table shares_table(const RunExpectation& expected);

/// The same for programs: member "run" of chokepoint.estimate.training/1.
JsonValue outlook_json(const RunOutlook& outlook, const DeviceUpkeep& upkeep);

}  // namespace chokepoint
