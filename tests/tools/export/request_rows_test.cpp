#include "tools/export/request_rows.hpp"

#include <catch2/catch.hpp>

#include "tests/tools/export/exported.hpp"

namespace chokepoint {
namespace {

constexpr std::uint64_t kSecondNs = 1'000'000'000ULL;

TimedFact phase(std::uint64_t request, pb::RequestFact::Phase which, double at_s, bool ended,
                bool leaves = false) {
  TimedFact timed;
  timed.time_ns = static_cast<std::uint64_t>(at_s * kSecondNs);
  auto& fact = *timed.fact.mutable_request();
  fact.set_request(request);
  fact.set_pool("a");
  fact.set_phase(which);
  fact.set_ended(ended);
  fact.set_leaves(leaves);
  return timed;
}

TEST_CASE("request rows: a request is a row once it has left, with the time of each phase",
          "[trace][export]") {
  KeptRows kept;
  RequestRows rows;
  using F = pb::RequestFact;
  for (const auto& timed :
       {phase(5, F::QUEUED, 1, false), phase(5, F::QUEUED, 2, true), phase(5, F::PREFILL, 2, false),
        phase(5, F::PREFILL, 4, true), phase(5, F::DECODE, 4, false)}) {
    rows.take(timed, kept, 0);
  }
  CHECK(kept.rows.empty());
  rows.take(phase(5, F::DECODE, 9, true, true), kept, 0);
  CHECK(kept.of(0) == std::vector<std::string>{"5|a|0|delivered|1|1|2|-|5|3|8"});
  rows.finish(kept, 0);
  CHECK(kept.rows.size() == 1);
}

TEST_CASE("request rows: who leaves the reader goes on where it is handed over, else it is done",
          "[trace][export]") {
  KeptRows kept;
  RequestRows rows;
  using F = pb::RequestFact;
  for (const std::uint64_t request : {1, 2}) {
    rows.take(phase(request, F::QUEUED, 0, false), kept, 0);
    rows.take(phase(request, F::QUEUED, 1, true), kept, 0);
    rows.take(phase(request, F::PREFILL, 1, false), kept, 0);
  }
  rows.take(phase(1, F::PREFILL, 3, true, true), kept, 0);
  rows.take(phase(2, F::PREFILL, 3, true, true), kept, 0);
  rows.take(phase(2, F::TRANSFER, 3, false), kept, 0);
  CHECK(kept.rows.empty());
  rows.take(phase(2, F::TRANSFER, 4, true), kept, 0);
  CHECK(kept.of(0) == std::vector<std::string>{"1|a|0|delivered|0|1|2|-|-|3|3"});
  rows.take(phase(2, F::DECODE, 4, false), kept, 0);
  rows.finish(kept, 0);  // The trace ends first.
  CHECK(kept.of(0).back() == "2|a|0|-|0|1|2|1|-|3|-");
}

TEST_CASE("request rows: who was refused has no phases", "[trace][export]") {
  KeptRows kept;
  RequestRows rows;
  TimedFact timed;
  timed.time_ns = 2 * kSecondNs;
  timed.fact.mutable_dropped()->set_request(9);
  timed.fact.mutable_dropped()->set_pool("b");
  rows.take(timed, kept, 0);
  CHECK(kept.of(0) == std::vector<std::string>{"9|b|0|refused|2|-|-|-|-|-|-"});
}

}  // namespace
}  // namespace chokepoint
