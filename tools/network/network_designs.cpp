#include "tools/network/network_designs.hpp"

#include <set>

#include "sim/measure/measured_table.hpp"
#include "sim/scenario/text/phrases.hpp"
#include "sim/scenario/text/read_file.hpp"

namespace chokepoint {
namespace {

constexpr double kMicrosecond = 1e-6;

/// Reads cells of one line and complains there.
class DesignRow {
public:
  DesignRow(const MeasuredRow& row, const SourceLocation& at, Diagnostics& found)
      : row_(row), at_(at), found_(found) {}

  double number(std::string_view column, double least, double most) {
    const std::string text(cell(row_, column));
    try {
      std::size_t read = 0;
      const double value = std::stod(text, &read);
      if (read == text.size() && value >= least && value <= most) return value;
    } catch (const std::exception&) {  // No number: told below.
    }
    found_.error(at_, concat(column, " is ", in_quotes(text)),
                 concat("give a number from ", least, " to ", most));
    return least;
  }

  bool is_first(std::string_view column, const char* first, const char* second) {
    const std::string text(cell(row_, column));
    if (text != first && text != second) {
      found_.error(at_, concat(column, " is ", in_quotes(text)),
                   concat("say '", first, "' or '", second, "'"));
    }
    return text == first;
  }

  std::string text(std::string_view column) {
    std::string text(cell(row_, column));
    if (text.empty()) found_.error(at_, concat(column, " is missing"));
    return text;
  }

private:
  const MeasuredRow& row_;
  SourceLocation at_;
  Diagnostics& found_;
};

NetworkDesign design_in(DesignRow row) {
  NetworkDesign made;
  made.name = row.text("name");
  made.source = row.text("source");
  made.note = row.text("note");
  ScaleoutDesign& scaleout = made.scaleout;
  scaleout.shape = row.is_first("shape", "rails", "tree") ? ScaleoutShape::RailOptimised
                                                          : ScaleoutShape::FatTree;
  scaleout.spread =
      row.is_first("spread", "destination", "hash") ? Spread::ByDestination : Spread::Hashed;
  scaleout.leaf_ports = static_cast<std::uint32_t>(row.number("leaf_ports", 1, 65536));
  scaleout.oversubscription = row.number("oversubscription", 1, 1000);
  scaleout.scaleup_hop = Seconds{row.number("scaleup_hop_us", 0, 1e6) * kMicrosecond};
  scaleout.card_hop = Seconds{row.number("card_hop_us", 0, 1e6) * kMicrosecond};
  scaleout.switch_hop = Seconds{row.number("switch_hop_us", 1e-6, 1e6) * kMicrosecond};
  made.scaleup_attained = row.number("scaleup_attained", 1e-3, 1);
  made.scaleout_attained = row.number("scaleout_attained", 1e-3, 1);
  return made;
}

}  // namespace

std::vector<NetworkDesign> read_network_designs(const std::string& csv, const std::string& file,
                                                Diagnostics& found) {
  std::vector<NetworkDesign> made;
  const auto rows = read_measured_table(csv);
  const auto lines = lines_of_rows(csv);
  std::set<std::string> names;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const SourceLocation at{file, lines[i], 1};
    made.push_back(design_in(DesignRow(rows[i], at, found)));
    if (!names.insert(made.back().name).second) {
      found.error(at, "a second network is called " + in_quotes(made.back().name));
    }
  }
  if (rows.empty()) found.error({file, 0, 0}, "has no network", "add a row");
  return made;
}

std::vector<NetworkDesign> load_network_designs(const std::filesystem::path& root,
                                                Diagnostics& found) {
  const std::string file = (root / "scenarios" / "catalog" / "networks.csv").string();
  const auto text = read_file(file, file, {file, 1, 1}, found);
  if (!text) return {};
  found.remember(file, *text);
  return read_network_designs(*text, file, found);
}

}  // namespace chokepoint
