#pragma once

#include <optional>
#include <string>
#include <vector>

#include "models/world.hpp"
#include "sim/scenario/compose/compose.hpp"

namespace chokepoint {

/// Text of small.textproto, the smallest scenario that has everything.
std::string small_text();

/// small_text() with the first `from` replaced by `to`. Requires: there is one.
std::string small_but(const std::string& from, const std::string& to);

/// small_text() with the first `from` after the first `anchor` replaced. Requires: there are both.
std::string small_but_after(const std::string& anchor, const std::string& from,
                            const std::string& to);

/// small_text() and economy.textproto behind it: a market, fabs, maturation stacks,
/// observations.
std::string economy_text();

/// `text` with the first `from` after the first `anchor` replaced. Requires: there are both.
std::string with_replaced(std::string text, const std::string& anchor, const std::string& from,
                          const std::string& to);

/// economy_text() with the first `from` after the first `anchor` replaced.
std::string economy_but(const std::string& anchor, const std::string& from, const std::string& to);

/// Text of an estimated figure; a space is behind it.
std::string figure(const std::string& field, const std::string& value);

/// What reading a text gave: a world, or the errors as "message | help", in the order of reports.
struct SmallReading {
  std::optional<World> world;
  std::vector<std::string> errors;
};

/// Reads a scenario without imports and base. Requires: the text fits the schema.
SmallReading read_text(const std::string& text);

/// The same for a file that may lack a start and an end.
SmallReading read_catalog_text(const std::string& text);

/// The world that a text describes. Requires: it has no error.
World world_of(const std::string& text);

/// The world of small.textproto.
World small_world();

/// The only error that the text has; fails the test where there are none or more.
std::string only_error(const std::string& text);

}  // namespace chokepoint
