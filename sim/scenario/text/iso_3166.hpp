#pragma once

#include <string>

namespace chokepoint {

/// True for the two capital letters of a country in ISO 3166-1, such as "CN" or "HK". "UK" is not
/// one of them, nor is "EU". Source: ISO 3166-1 alpha-2, codes officially assigned in 2025.
bool is_iso_country(const std::string& code);

/// What to write for `text`, which is no such code: "did you mean GB?" of names that people use
/// instead, else what a code looks like.
std::string country_help(const std::string& text);

}  // namespace chokepoint
