#include "tools/fleet/request_trace.hpp"

#include <map>

#include "sim/scenario/read_world.hpp"
#include "sim/trace/reader.hpp"
#include "sim/trace/recall.hpp"
#include "tests/tools/called_program.hpp"
#include "tests/tools/fleet/shipped_cluster.hpp"

namespace chokepoint {
namespace {

struct Told {
  std::map<RequestPhase, int> began, ended;
  int samples = 0, facts = 0;
  bool is_in_order = true;
};

Told told_of(const std::string& cluster_name, const FleetQuestion& question) {
  const called::Folder folder;
  const auto file = folder.path() / "trace.pftrace";
  const Cluster cluster = shipped_cluster(cluster_name);
  PlannedFleet fleet = planned(cluster, question);
  RequestTrace trace(file, cluster, fleet, 1'000'000'000);
  const auto source = trace.heard(std::make_unique<Listed>(even_requests(60)));
  const ReplayAccount account = replay(fleet, *source, {&trace});
  trace.close(account.span);

  TraceReader reader(file);
  Diagnostics found;
  const auto world = read_world(composed_from(reader.manifest().scenario(), "trace"), found);
  for (const auto& item : found.items()) UNSCOPED_INFO(item.message);
  REQUIRE(world);
  const WorldNames names(*world);
  Told told;
  std::uint64_t last = 0;
  while (const auto timed = reader.next()) {
    told.is_in_order = told.is_in_order && timed->time_ns >= last;
    last = timed->time_ns;
    ++told.facts;
    const auto event = recall(timed->fact, Seconds{double(timed->time_ns) * 1e-9}, names);
    REQUIRE(event);
    if (const auto* began = std::get_if<PhaseBegan>(&*event)) ++told.began[began->phase];
    if (const auto* ended = std::get_if<PhaseEnded>(&*event)) ++told.ended[ended->phase];
    if (std::holds_alternative<ReplicaSampled>(*event)) ++told.samples;
  }
  CHECK_FALSE(reader.truncated());
  return told;
}

TEST_CASE("request trace: every phase of every request begins and ends, in order", "[fleet]") {
  const Told told = told_of("hgx_h20", small_question());
  CHECK(told.is_in_order);
  for (const auto phase : {RequestPhase::Queued, RequestPhase::Prefill, RequestPhase::Decode}) {
    CHECK(told.began.at(phase) == 60);
    CHECK(told.ended.at(phase) == 60);
  }
  CHECK(told.began.count(RequestPhase::Transfer) == 0);
  CHECK(told.samples > 0);
}

TEST_CASE("request trace: a cache that is handed over is a phase of its own", "[fleet]") {
  FleetQuestion question = small_question();
  question.service.tensor.reset();
  const Told told = told_of(source_dir() + "/tests/tools/fleet/two_pools.textproto", question);
  CHECK(told.is_in_order);
  CHECK(told.began.at(RequestPhase::Transfer) == 60);
  CHECK(told.ended.at(RequestPhase::Decode) == 60);
}

}  // namespace
}  // namespace chokepoint
