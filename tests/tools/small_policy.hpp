#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <utility>

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

/// The same, but that China's guidance answers the letter after 20 days.
inline PolicyBook small_policy_with_reaction() {
  Composed composed = small_policy().composed;
  pb::Reaction& reaction = *composed.scenario.add_reactions();
  reaction.set_name("cn_reply");
  reaction.set_title("Big firms hear of it after the letter");
  reaction.set_government("CN");
  reaction.mutable_to()->set_government("US");
  reaction.mutable_to()->set_change(pb::RULE_BEGINS);
  reaction.mutable_to()->add_rules("us_memory");
  reaction.mutable_delay_days()->set_value(20.0);
  reaction.mutable_delay_days()->set_source("guess");
  reaction.mutable_delay_days()->set_confidence(pb::ESTIMATED);
  reaction.add_begins_rules("cn_guidance");
  reaction.set_citation("none");
  reaction.set_source("guess");
  reaction.set_confidence(pb::ESTIMATED);
  Diagnostics found;
  auto book = policy_book(std::move(composed), found);
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
