#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/print/json_value.hpp"

namespace chokepoint {

/// What an indicator is. Texts are Markdown without markup.
struct GlossaryEntry {
  std::string_view name;  ///< One that is told by work ends in '_': "kind_price_".
  std::string_view unit;
  std::string_view of;       ///< What its subjects are; empty: the whole.
  std::string_view meaning;  ///< A sentence or two.
  std::string_view formula;  ///< Empty: it is counted as the meaning says.
  std::string_view is_not;   ///< What it is taken for and is not; empty: nothing.
};

/// Indicators of years and of whole runs of scenarios, in the order in which they are told.
std::span<const GlossaryEntry> market_entries();
/// Figures of replays of requests and of jobs, and of training runs that were played.
std::span<const GlossaryEntry> replay_entries();

/// Names of all, those that are told by work once for each kind of work.
std::vector<std::string> indicator_names();

/// The entry of an indicator, "kind_price_training", or of one with what it is of, "delivered
/// mainland/nvidia"; null where there is none.
const GlossaryEntry* glossary_entry(const std::string& indicator);

/// For people: name and unit, then meaning, subjects, formula and what it is not.
std::string entry_text(const std::string& name, const GlossaryEntry& entry);

/// The same for programs, schema "chokepoint.explain/1".
JsonValue entry_json(const std::string& name, const GlossaryEntry& entry);

/// All entries as Markdown: the README of this folder.
std::string glossary_markdown();

}  // namespace chokepoint
