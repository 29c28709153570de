#pragma once

#include <catch2/catch.hpp>
#include <string>

#include "tests/day.hpp"
#include "tests/paths.hpp"
#include "tools/policy/book.hpp"
#include "tools/policy/subject.hpp"

namespace chokepoint {

inline const std::string kSmallPolicy = source_dir() + "/tests/tools/small_policy.textproto";

/// tests/tools/small_policy.textproto, read.
inline PolicyBook small_policy() {
  Diagnostics found;
  auto book = read_policy_book(kSmallPolicy, found);
  for (const auto& item : found.items()) UNSCOPED_INFO(item.message);
  REQUIRE(book);
  return std::move(*book);
}

/// One of its things.
inline Subject small_subject(const PolicyBook& book, const std::string& name) {
  const auto found = find_subject(book.world, name);
  REQUIRE(found.subject);
  return *found.subject;
}

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace chokepoint
