#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tools/policy/book.hpp"

namespace chokepoint {

/// Names of all rules, exceptions, quotas, events and groups of countries, in this order.
std::vector<std::string> policy_entry_names(const PolicyBook& book);

/// Everything that is written of an entry: what it tests, where and when it holds, what it says,
/// and where that is from. Places in files are told below `root`.
/// Requires: one of policy_entry_names().
std::string policy_entry_text(const PolicyBook& book, const std::string& name,
                              const std::filesystem::path& root);

/// As JSON with schema "chokepoint.policy.entry/1": kind, place, state of succession, and the entry
/// as the schema of scenarios names its fields.
std::string policy_entry_json(const PolicyBook& book, const std::string& name,
                              const std::filesystem::path& root);

}  // namespace chokepoint
