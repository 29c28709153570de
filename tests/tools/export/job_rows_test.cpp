#include "tools/export/job_rows.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/export/exported.hpp"

namespace chokepoint {
namespace {

TimedFact job(const std::string& name, pb::JobFact::What what, double at_s) {
  TimedFact timed;
  timed.time_ns = static_cast<std::uint64_t>(at_s * 1e9);
  auto& fact = *timed.fact.mutable_job();
  fact.set_job(name);
  fact.set_what(what);
  if (what == pb::JobFact::PLACED) fact.set_pool("site/pool"), fact.set_nodes(4);
  if (what == pb::JobFact::SEGMENT_ENDED) fact.set_tokens(10);
  return timed;
}

TEST_CASE("job rows: a job is a row with what became of it", "[trace][export]") {
  JobRows rows;
  using F = pb::JobFact;
  for (const auto& timed :
       {job("b", F::QUEUED, 0), job("b", F::PLACED, 2), job("b", F::SEGMENT_BEGAN, 2),
        job("b", F::SEGMENT_ENDED, 5), job("b", F::SEGMENT_BEGAN, 6), job("b", F::SEGMENT_ENDED, 9),
        job("b", F::FINISHED, 9), job("a", F::QUEUED, 1), job("a", F::UNFINISHED, 9)}) {
    rows.take(timed);
  }
  TimedFact stopped;
  stopped.fact.mutable_interruption()->set_job("b");
  stopped.fact.mutable_interruption()->set_lost_tokens(3);
  rows.take(stopped);
  KeptRows kept;
  rows.add_to(kept, 0);
  CHECK(kept.of(0) ==
        std::vector<std::string>{"a|-|-|1|-|9|0|0|-|0|0|0", "b|site/pool|4|0|2|9|1|20|0|2|1|3"});
}

}  // namespace
}  // namespace chokepoint
