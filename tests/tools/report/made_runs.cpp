#include "tests/tools/report/made_runs.hpp"

#include <utility>

namespace chokepoint::made {

pb::Manifest manifest(const std::string& scenario, pb::RefusedBudget refused_budget) {
  pb::Manifest manifest;
  manifest.set_epoch("2025-01-01");
  manifest.set_seed(1);
  auto& made = *manifest.mutable_scenario();
  made.set_name(scenario);
  made.set_question("What if?");
  made.set_start("2025-01-01");
  made.set_end("2026-01-01");
  made.mutable_market()->set_refused_budget(refused_budget);
  return manifest;
}

RunAccount account(const std::vector<TraceEvent>& events) {
  RunAccount account(world());
  for (const auto& event : events) account.record(event);
  return account;
}

RecordedRun run(const pb::Manifest& manifest, const std::vector<TraceEvent>& events, World of) {
  auto own = std::make_unique<const World>(std::move(of));
  RunAccount account(*own);
  for (const auto& event : events) account.record(event);
  return {"", manifest, std::move(own), std::move(account), false, {}};
}

}  // namespace chokepoint::made
