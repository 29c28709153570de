#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "chokepoint/v1/scenario.pb.h"
#include "sim/scenario/text/diagnostics.hpp"
#include "sim/scenario/text/origins.hpp"

namespace chokepoint {

namespace pb = chokepoint::v1;

/// One thing that a patch, or a `--set`, did to the base.
struct Change {
  enum class Kind { Added, Changed, Removed };
  Kind kind = Kind::Changed;
  std::string path;
  std::string before;  ///< Text format on one line; empty when added.
  std::string after;   ///< Empty when removed.
  SourceLocation where;
};

/// A scenario with its imports, its base and its patches applied.
struct Composed {
  pb::Scenario scenario;  ///< `import`, `base`, `remove` and `set` are cleared.
  Origins origins;
  std::string base;             ///< Name of the scenario that was patched; empty: none.
  std::vector<Change> changes;  ///< Against that base, and by `--set`, in order.
};

/// Values that hold instead of those that are written, by figure of a scenario that stays where it
/// is: a draw of thousands of figures. Writing them into the scenario would make a process that
/// shares its memory with others copy every page of it.
using StandIns = std::unordered_map<const pb::Sourced*, double>;

/// The value of `figure`: that in `stand_ins`, or what is written.
double value_of(const pb::Sourced& figure, const StandIns& stand_ins);

/// One `--set path=value`.
struct Assignment {
  std::string path;
  std::string value;
  std::string flag = "--set";  ///< That was written: `--until DAY` stands for one as well.
};

/// Splits "path=value" at its first equals sign; nothing where there is none or the path is empty.
std::optional<Assignment> parse_assignment(const std::string& text);

/// Reads `file` with everything it imports and patches, then applies `sets`. All errors of all
/// files are in `found`; nothing is returned when there are any. `must_run` asks for what a file
/// that is run needs (name, question, start, end); a catalogue file does without.
std::optional<Composed> compose(const std::filesystem::path& file,
                                const std::vector<Assignment>& sets, bool must_run,
                                Diagnostics& found);

/// As above for a file that patches `base` where it names no base of its own: a draft. Nobody runs
/// it.
std::optional<Composed> compose_over(const std::filesystem::path& base,
                                     const std::filesystem::path& file, Diagnostics& found);

/// A scenario that is already composed, such as the one inside a trace. Locations name `file` only.
Composed composed_from(pb::Scenario scenario, const std::string& file);

}  // namespace chokepoint
