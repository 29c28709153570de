#pragma once

#include <string>
#include <vector>

#include "tools/print/table.hpp"

namespace chokepoint {

/// How the data of a figure is drawn. The first column of areas and lines is what they run along:
/// days, months, or numbers.
enum class Form {
  Areas,   ///< Stacked, a drawn column each.
  Lines,   ///< One beside the other, some with bands.
  Bars,    ///< First column: what a bar is of. Drawn columns lie one after the other in it.
  Spans,   ///< Columns lane, from, to, kind: what each lane does when. A drawn entry per kind.
  Flows,   ///< Columns from, to, amount, needs_licence. A drawn entry per thing that has a colour.
  Cells,   ///< Columns x, y, value: a colour for each.
  Listing  ///< A table, as it is.
};

/// What of the data is drawn, and how.
struct DrawnColumn {
  std::string column;  ///< Its name; of Spans the kind, of Flows the thing.
  std::string label;   ///< For people.
  /// Whose colour it has: a thing that the page colours, such as a vendor, or one of "run",
  /// "baseline", "licence", "quiet", "good", "bad".
  std::string hue;
  bool is_dashed = false;
  std::string low, high;  ///< Columns of its band; empty: none.
};

/// A figure with its data, which is all that is drawn and all that its CSV holds.
struct PageFigure {
  std::string id;  ///< Letters and "_".
  Form form = Form::Lines;
  std::string title;    ///< What it shows, as a sentence.
  std::string caption;  ///< What is drawn, in which unit, and what to see.
  std::string source;   ///< The files that it was taken from.
  Table data;
  std::vector<DrawnColumn> drawn;
  std::string unit = {};        ///< Of the axis of values: "%", "thousand H100e".
  std::string along = {};       ///< Of the other axis where it is no date: "s".
  bool has_events = false;      ///< The numbered policy events stand on its axis.
  bool is_half = false;         ///< Beside another one, where there is room.
  bool is_steps = false;        ///< Lines go in steps.
  bool is_logarithmic = false;  ///< The axis that lines run along.
  bool tells_peaks = false;     ///< Beside a line stands its greatest value, not its last.
  double least = 0.0;           ///< Where the axis of values begins,
  double most = 0.0;            ///< and where it ends; 0: as the data has it.
};

}  // namespace chokepoint
