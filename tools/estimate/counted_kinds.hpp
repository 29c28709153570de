#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/text/diagnostics.hpp"

namespace chokepoint {

/// So many devices of a kind.
struct CountedKind {
  std::string device;
  std::int64_t count = 0;
  std::string node = {};           ///< The server that they stand in; empty: not said.
  std::optional<double> pue = {};  ///< Of their site; unset: that of the question.

  /// "nv_h20_96 in hgx_h20".
  std::string text() const { return node.empty() ? device : device + " in " + node; }

  bool operator==(const CountedKind&) const = default;
};

/// Reads a fleet such as "nv_h20_96:64,hw_ascend_910c:32": one entry a kind, counts from 1 to
/// 1 048 576. Nothing, with all errors at their places in `option`, where something is wrong.
std::optional<std::vector<CountedKind>> read_fleet(const std::string& text, Diagnostics& found,
                                                   const std::string& option = "--fleet");

/// Devices of all pools of the scenario in `file`, by kind, server and PUE of the site, in order of
/// the pools. How the scenario has them serve is not looked at. Nothing, with complaints in
/// `found`, where it has errors or no devices.
std::optional<std::vector<CountedKind>> fleet_in(const std::filesystem::path& file,
                                                 Diagnostics& found);

}  // namespace chokepoint
