#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tools/policy/book.hpp"
#include "tools/policy/route.hpp"

namespace chokepoint {

/// A policy without and with what is asked about.
struct PolicyPair {
  PolicyBook without, with;
  std::string what;                ///< "us_2025_04_09_bandwidth_letter", or the file.
  std::vector<std::string> names;  ///< Rules and exceptions that differ between the two.

  /// The governments of those.
  std::vector<Country> governments() const;
};

/// The pair that switches one rule or exception of `book` off and on. What a rule supersedes holds
/// on without it. Requires: there is one of that name.
PolicyPair with_and_without(const PolicyBook& book, const std::string& name);

/// The pair of the policy in `policy` and of the same with the draft in `draft` composed onto it,
/// as a scenario that patches it. Rules of the draft are switched on whatever their standing,
/// unless they say `enabled: false`. Nothing where the draft has errors, which are in `found`.
std::optional<PolicyPair> with_draft(const PolicyBook& book, const std::filesystem::path& policy,
                                     const std::filesystem::path& draft, Diagnostics& found);

/// How one thing is judged without and with it.
struct ImpactRow {
  Subject subject;
  Ruling before, after;  ///< By the governments whose measures differ, the strictest of them.
  Verdict overall = Verdict::Free;  ///< With it, by all governments.
  bool not_released_yet = false;
  bool is_covered = false;  ///< A measure that differs applies to it, whatever comes of that.

  bool is_caught() const;  ///< Judged more strictly, or less of it admitted.
  bool is_freed() const;
  bool has_other_terms() const;  ///< Judged alike, but waits, refusals or charges differ.
};

/// What it does on one day to all devices and items.
struct PolicyImpact {
  Date date;
  ShipmentRoute route;
  std::string what;
  std::vector<Country> governments;       ///< Whose measures differ.
  std::vector<ImpactRow> rows;            ///< Everything that is judged both times.
  std::vector<std::string> not_in_force;  ///< Of the names, with their state: "x: not yet, ...".
};

PolicyImpact policy_impact(const PolicyPair& pair, const ShipmentRoute& route, Date date);

}  // namespace chokepoint
