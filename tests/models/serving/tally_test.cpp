#include "models/serving/tally.hpp"

#include <catch2/catch.hpp>

namespace chokepoint {
namespace {

TEST_CASE("tally: promises count the first token and the pace of the others", "[serving][tally]") {
  const RequestTimes times{.arrival = 10, .scheduled = 20, .first = 110, .last = 410};
  CHECK(ttft_of(times) == 100);
  CHECK(tpot_of(times, 4) == 100);
  CHECK(tpot_of(times, 1) == 0);
  SloClass promised;
  CHECK(keeps(promised, times, 4));
  promised.ttft = promised.tpot = 100;
  CHECK(keeps(promised, times, 4));
  promised.ttft = 99;
  CHECK_FALSE(keeps(promised, times, 4));
  promised.ttft = 100, promised.tpot = 99;
  CHECK_FALSE(keeps(promised, times, 4));
}

TEST_CASE("tally: tokens asked are delivered, dropped or outstanding", "[serving][tally]") {
  Request request;
  request.prompt = 5, request.output = 3;
  Tally tally, other;
  for (int i = 0; i < 4; ++i) tally.ask(request);
  tally.deliver(request, {0, 1, 2, 3}, {});
  tally.drop(request, RequestOutcome::Refused);
  other.drop(request, RequestOutcome::Lost);
  tally.merge(other);
  CHECK(tally.outstanding() == 1);
  CHECK(tally.tokens_asked == 12);
  CHECK(tally.tokens_delivered == 3);
  CHECK(tally.tokens_dropped == 6);
  CHECK(tally.prompt_tokens == 5);
  CHECK(tally.good == 1);
  CHECK(tally.ttft.count() == 1);
}

}  // namespace
}  // namespace chokepoint
