#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "models/serving/sources/listed.hpp"
#include "tests/paths.hpp"
#include "tools/fleet/fleet_plan.hpp"
#include "tools/fleet/replay.hpp"

namespace chokepoint {

/// A shipped cluster with `sets` applied; the test fails where there are errors.
inline Cluster shipped_cluster(const std::string& name, const std::vector<std::string>& sets = {}) {
  std::vector<Assignment> assignments;
  for (const auto& set : sets) assignments.push_back(parse_assignment(set).value());
  Diagnostics found;
  auto cluster = load_cluster(name, assignments, source_dir(), found);
  for (const auto& item : found.items()) UNSCOPED_INFO(item.message);
  REQUIRE(cluster);
  return std::move(*cluster);
}

/// Llama-3.1-8B in bf16 on replicas of one device, for short requests.
inline FleetQuestion small_question() {
  FleetQuestion question;
  question.service.model = "Llama-3.1-8B";
  question.service.precision = "bf16";
  question.service.tensor = 1;
  question.service.prompt = 500;
  question.service.output = 50;
  return question;
}

/// The fleet of a question; the test fails where there is none.
inline PlannedFleet planned(const Cluster& cluster, const FleetQuestion& question) {
  Diagnostics found;
  auto plan = plan_fleet(cluster, question, found);
  if (const auto* refusal = std::get_if<FleetRefusal>(&plan)) UNSCOPED_INFO(refusal->message);
  REQUIRE_FALSE(found.has_errors());
  REQUIRE(std::holds_alternative<PlannedFleet>(plan));
  return std::move(std::get<PlannedFleet>(plan));
}

/// So many requests, a tenth of a second apart.
inline Listed even_requests(std::uint64_t count) {
  std::vector<Request> requests(count);
  for (std::uint64_t i = 0; i < count; ++i) {
    requests[i].id = i;
    requests[i].arrival = static_cast<Nanoseconds>(i) * 100'000'000;
    requests[i].prompt = 500;
    requests[i].output = 50;
  }
  return Listed(std::move(requests));
}

}  // namespace chokepoint
