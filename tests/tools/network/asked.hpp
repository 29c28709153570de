#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <utility>

#include "tests/paths.hpp"
#include "tools/network/collective_question.hpp"

namespace chokepoint {

/// A question about a shipped cluster, and what is understood of it.
struct Asked {
  CollectiveQuestion question;
  std::optional<Cluster> cluster;
  Diagnostics found;

  explicit Asked(std::string on, std::string kind = "all-reduce", std::string bytes = "1GiB") {
    question.cluster = std::move(on);
    question.kind = std::move(kind);
    question.bytes = std::move(bytes);
  }

  /// The test fails where there is none.
  CollectiveSubject subject() {
    auto made = understand(question, source_dir(), cluster, found);
    for (const auto& item : found.items()) UNSCOPED_INFO(item.message);
    REQUIRE(made);
    if (const auto* refusal = std::get_if<CollectiveRefusal>(&*made)) {
      UNSCOPED_INFO(refusal->message);
    }
    REQUIRE(std::holds_alternative<CollectiveSubject>(*made));
    return std::get<CollectiveSubject>(*made);
  }

  /// What is refused, as "message | help".
  std::string refusal() {
    const auto made = understand(question, source_dir(), cluster, found);
    REQUIRE(made);
    if (const auto* refusal = std::get_if<CollectiveRefusal>(&*made)) {
      return refusal->message + " | " + refusal->help;
    }
    const auto& subject = std::get<CollectiveSubject>(*made);
    const ClusterNetwork network(subject.spec);
    const auto refusal = refusal_of(subject.asked, network);
    return refusal ? refusal->message + " | " + refusal->help : "";
  }
};

}  // namespace chokepoint
