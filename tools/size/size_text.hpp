#pragma once

#include <string>
#include <vector>

#include "tools/print/json_value.hpp"
#include "tools/print/table.hpp"
#include "tools/size/size_answer.hpp"

namespace chokepoint {

/// The fleets side by side, cheapest first; empty where there is none.
Table size_table(const SizeQuestion& question, const std::vector<SizedKind>& kinds);

/// The answer as planners read it: the fleets, what breaks first in each, prices and errors to
/// expect with their sources, and why kinds keep no target or were left out.
std::string size_text(const SizeQuestion& question, const std::vector<SizedKind>& kinds,
                      const World& world);

/// The same for programs: schema "chokepoint.size/1".
JsonValue size_json(const SizeQuestion& question, const std::vector<SizedKind>& kinds,
                    const World& world);

/// Why no fleet of a kind keeps the target, with its numbers.
std::string none_text(const SizeQuestion& question, const NoFleet& none);

/// "device: text", wrapped and indented, every line ended.
std::string entry(const std::string& device, const std::string& text);
/// Entries under their title, after an empty line; empty where there are none.
std::string section(const std::string& title, const std::string& entries);

/// Model, lengths, target and load in a sentence.
std::string question_text(const SizeQuestion& question);

/// The format of most weights: "fp8".
std::string format_word(const Precision& precision);

/// "it holds 52 requests/s (+4 %); at 53 TTFT p99 is 2.1 s, ...", with how much more than `rate`
/// that is, where there is one.
std::string breaking_text(const std::vector<LatencyBound>& bounds,
                          const std::optional<Breaking>& breaking, std::optional<double> rate);

// Parts of answers for programs.
JsonValue plan_json(const ServingPlan& plan);
JsonValue breaking_json(const SizeQuestion& question, const std::optional<Breaking>& breaking);

/// The price of a device as it was used: "$14,000 (memory, mem)".
std::string price_text(const ServingSubject& subject, bool is_given, const World& world);

}  // namespace chokepoint
