#pragma once

#include <string>
#include <vector>

#include "sim/study/causes/drivers.hpp"
#include "sim/study/causes/sobol_indices.hpp"
#include "tools/print/json_value.hpp"
#include "tools/print/table.hpp"
#include "tools/report/answer/paired_runs.hpp"

namespace chokepoint {

/// What drives the difference of one figure between two runs.
struct DrivenDifference {
  std::string base, other;  ///< Names of the runs.
  YearlyKey of;
  PairedDifference differs;
  std::map<std::string, std::string> written;  ///< What the scenario says of an input, by path.
};

/// For people: three sentences, each a line or two: what drives it most, what comes next, how much
/// is left. Then a row for each input. Of independent draws, and of a Saltelli design. Requires:
/// some input is ranked.
std::string drivers_text(const DrivenDifference& driven, const Drivers& drivers);
std::string drivers_text(const DrivenDifference& driven, const SobolIndices& indices);

/// A row for each input: path, first-order index, its error, what a standard deviation does and how
/// often chance does as much (of a design: total index and its error), and what is written.
Table drivers_table(const DrivenDifference& driven, const Drivers& drivers);
Table drivers_table(const DrivenDifference& driven, const SobolIndices& indices);

/// For programs, schema "chokepoint.drivers/1".
JsonValue drivers_json(const DrivenDifference& driven, const Drivers& drivers);
JsonValue drivers_json(const DrivenDifference& driven, const SobolIndices& indices);

}  // namespace chokepoint
