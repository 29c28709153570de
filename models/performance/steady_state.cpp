#include "models/performance/steady_state.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace chokepoint {
namespace {

constexpr int kFixedPointSteps = 4;     // Changes after the third are below 0.1 %.
constexpr double kAnswerInUse = 0.55;   // Of an answer that grows, on average, with its block.
constexpr double kManyTogether = 40;    // Prompts in an iteration, whose mean tells all beyond.
constexpr double kMostQueueing = 0.97;  // Utilization by prefill that a queue is counted to.
constexpr double kWaitOfAnswer = 0.95;  // Of an answer's time that a request without cache waits.

// Mean lengths as plain numbers, and what follows from them.
struct Lengths {
  double prompt, output, context;
};

// Costs of reading prompts.
class Prefill {
public:
  Prefill(const Replica& replica, const Lengths& lengths, double token_budget)
      : replica_(replica),
        lengths_(lengths),
        groups_(replica.plan().attention_dp),
        chunks_(std::ceil(lengths.prompt / token_budget)),
        most_together_(std::max(token_budget / lengths.prompt, 1.0)),
        alone_(time_of(1.0 / chunks_) * chunks_),
        in_full_budget_(most_together_ > 1.0 ? time_of(most_together_) / (most_together_ * groups_)
                                             : alone_ / groups_) {}

  Seconds alone() const { return alone_; }
  Seconds in_full_budget() const { return in_full_budget_; }

  // Of one prompt when `together` share an iteration of one group.
  Seconds each_of(double together) const {
    const double k = std::clamp(together, 1.0, most_together_);
    return k > 1.01 ? time_of(k) / (k * groups_) : alone_ / groups_;
  }

  // Of one prompt among those that come at random, a Poisson number of that mean in an iteration of
  // all groups: it meets as many others as anybody would who looks.
  Seconds each_at_random(double mean) const {
    if (mean > kManyTogether) return each_of((mean + 1) / groups_);
    Seconds expected;
    double chance = std::exp(-mean);
    for (int others = 0; others <= kManyTogether + mean; ++others) {
      expected += each_of((others + 1) / groups_) * chance;
      chance *= mean / (others + 1);
    }
    return expected;
  }

private:
  // One iteration in which each attention group reads `prompts` prompts.
  Seconds time_of(double prompts) const {
    IterationLoad load;
    load.sequences = std::max(prompts, 1.0) * groups_;
    load.prefill_tokens = prompts * lengths_.prompt * groups_;
    load.prefill_span = lengths_.prompt / 2;
    return replica_.time(load).total();
  }

  const Replica& replica_;
  Lengths lengths_;
  double groups_, chunks_, most_together_;
  Seconds alone_, in_full_budget_;
};

IterationTime decoding(const Replica& replica, const Lengths& lengths, double batch,
                       double speculated) {
  IterationLoad load;
  load.decode_tokens = batch * (1 + speculated);
  load.sequences = batch;
  load.decode_context = lengths.context;
  return replica.time(load);
}

double residents(const Replica& replica, const ServingMemory& memory, const ServingLoad& load,
                 const EngineSettings& settings) {
  const Tokens need = cache_of_request(load.prompt, load.output, settings);
  const double held = std::max(memory.requests(need), 1.0);
  const double allowed = std::min(settings.max_sequences * replica.plan().attention_dp, held);
  return load.client == Client::Offline ? allowed : std::min(load.concurrency, allowed);
}

double waited_iterations(const Coefficients& c, const EngineSettings& settings) {
  return c.first_token_iterations +
         c.wait_share *
             (settings.stream_interval + settings.receive_interval + settings.balance_wait);
}

// Time per token of an iteration that only decodes.
Seconds per_token(const IterationTime& iteration, const SteadyState& state, const Coefficients& c) {
  return state.accepted > 1 ? iteration.total() * (c.draft_cost / state.accepted)
                            : iteration.total();
}

// The fixed point of batch, TPOT and time to first token of those that are resident.
Seconds settle(const Replica& replica, const Lengths& lengths, const Prefill& prefill,
               const EngineSettings& settings, SteadyState& state) {
  const Coefficients& c = replica.coefficients();
  Seconds first;
  state.batch = state.residents;
  for (int i = 0; i < kFixedPointSteps; ++i) {
    state.decode = decoding(replica, lengths, state.batch, settings.speculated);
    const Seconds alone = per_token(state.decode, state, c);
    const double arrivals = state.batch / lengths.output;  // Per iteration.
    const double others = std::max(state.batch - 1, 0.0) / lengths.output;
    state.tpot = alone + prefill.each_of(arrivals) * (others * c.interference);
    const Seconds one = prefill.each_of(1.0);
    const double busy = std::min(arrivals * (one / state.tpot), kMostQueueing);
    first = prefill.alone() * (1 + c.queue * busy) + Seconds{c.first_token_ms * 1e-3} +
            alone * (waited_iterations(c, settings) * state.accepted);
    const Seconds answer = state.tpot * lengths.output;
    state.batch = state.residents * (answer / (answer + first));
  }
  return first;
}

void serve_fixed_batch(const Replica& replica, const Lengths& lengths, const Prefill& prefill,
                       SteadyState& state) {
  state.batch = state.residents;
  state.decode = decoding(replica, lengths, state.batch, 0);
  state.tpot = state.decode.total();
  const Seconds prompts = prefill.in_full_budget() * state.batch;
  state.ttft = prompts;
  state.output = Tokens{state.batch * lengths.output} / (state.tpot * lengths.output + prompts);
}

// All prompts are read between the iterations that decode: nothing waits, no work is lost.
void serve_offline(const Replica& replica, const Lengths& lengths, const Prefill& prefill,
                   const EngineSettings& settings, SteadyState& state) {
  const Coefficients& c = replica.coefficients();
  state.batch = state.residents;
  state.decode = decoding(replica, lengths, state.batch, settings.speculated);
  const double arrivals = state.batch / lengths.output;  // Per iteration.
  state.tpot =
      per_token(state.decode, state, c) + prefill.each_of(arrivals) * (arrivals * c.interference);
  state.output = Tokens{state.batch} / state.tpot;
}

void serve_decoding(const Replica& replica, const Lengths& lengths, const EngineSettings& settings,
                    SteadyState& state) {
  state.batch = state.residents;
  state.decode = decoding(replica, lengths, state.batch, settings.speculated);
  state.tpot = per_token(state.decode, state, replica.coefficients());
  state.output = Tokens{state.batch} / state.tpot;
}

}  // namespace

Tokens cache_of_request(Tokens prompt, Tokens output, const EngineSettings& settings) {
  return prompt + output * (settings.reserves_answer ? 1.0 : kAnswerInUse);
}

Seconds prompt_time(const Replica& replica, Tokens prompt, double token_budget) {
  return Prefill(replica, {prompt.value, 0, 0}, token_budget).in_full_budget();
}

Seconds prompt_time_beside(const Replica& replica, Tokens prompt, double per_iteration,
                           double token_budget) {
  const Prefill prefill(replica, {prompt.value, 0, 0}, token_budget);
  return prefill.each_at_random(per_iteration) * replica.coefficients().interference;
}

double accepted_tokens(const Coefficients& c, double speculated) {
  if (speculated <= 0) return 1.0;
  if (speculated <= 1) return 1 + (c.accepted_depth_1 - 1) * speculated;
  return c.accepted_depth_1 + (c.accepted_depth_3 - c.accepted_depth_1) * (speculated - 1) / 2;
}

SteadyState steady_state(const Replica& replica, const ServingMemory& memory,
                         const ServingLoad& load, const EngineSettings& settings) {
  const Coefficients& c = replica.coefficients();
  Lengths lengths{load.prompt.value, load.output.value, 0};
  assert(lengths.prompt > 0 && lengths.output > 0);
  lengths.context = lengths.prompt + lengths.output / 2;
  SteadyState state;
  state.accepted = accepted_tokens(c, settings.speculated);
  state.residents = residents(replica, memory, load, settings);
  if (load.client == Client::DecodeOnly) {
    serve_decoding(replica, lengths, settings, state);
    return state;
  }
  const Prefill prefill(replica, lengths, settings.token_budget);
  state.prefill = prefill.alone();
  if (load.client == Client::FixedBatch) {
    state.residents = load.concurrency;
    serve_fixed_batch(replica, lengths, prefill, state);
    return state;
  }
  if (load.client == Client::Offline) {
    serve_offline(replica, lengths, prefill, settings, state);
    return state;
  }
  const Seconds first = settle(replica, lengths, prefill, settings, state);
  const Seconds answer = state.tpot * lengths.output;
  state.output = Tokens{state.residents * lengths.output} / (answer + first);
  state.ttft = first;
  if (load.waves > 0) {
    state.ttft += prefill.in_full_budget() * (c.burst * (state.residents - 1) / 2 / load.waves);
  }
  const double waiting = std::max(load.concurrency / state.residents - 1, 0.0);
  state.ttft += answer * (waiting * kWaitOfAnswer);
  return state;
}

}  // namespace chokepoint
