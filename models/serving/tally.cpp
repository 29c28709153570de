#include "models/serving/tally.hpp"

namespace chokepoint {

bool keeps(const SloClass& promised, const RequestTimes& times, std::uint32_t output) {
  return (!promised.ttft || ttft_of(times) <= *promised.ttft) &&
         (!promised.tpot || tpot_of(times, output) <= *promised.tpot);
}

void Tally::ask(const Request& request) {
  ++asked;
  tokens_asked += request.output;
}

void Tally::deliver(const Request& request, const RequestTimes& times, const SloClass& promised) {
  ++delivered;
  tokens_delivered += request.output;
  prompt_tokens += request.prompt;
  if (keeps(promised, times, request.output)) ++good;
  ttft.add(ttft_of(times));
  e2e.add(times.last - times.arrival);
  queueing.add(times.scheduled - times.arrival);
  if (request.output > 1) tpot.add(tpot_of(times, request.output));
}

void Tally::drop(const Request& request, RequestOutcome outcome) {
  ++(outcome == RequestOutcome::Refused ? refused : lost);
  tokens_dropped += request.output;
}

void Tally::merge(const Tally& other) {
  asked += other.asked;
  delivered += other.delivered;
  refused += other.refused;
  lost += other.lost;
  tokens_asked += other.tokens_asked;
  tokens_delivered += other.tokens_delivered;
  tokens_dropped += other.tokens_dropped;
  prompt_tokens += other.prompt_tokens;
  good += other.good;
  too_long += other.too_long;
  retried += other.retried;
  ttft.merge(other.ttft);
  e2e.merge(other.e2e);
  queueing.merge(other.queueing);
  tpot.merge(other.tpot);
}

}  // namespace chokepoint
