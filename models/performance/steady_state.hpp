#pragma once

#include "models/performance/iteration.hpp"
#include "models/performance/serving_memory.hpp"
#include "models/units.hpp"

namespace chokepoint {

/// Who asks, and how.
enum class Client {
  Closed,      ///< A fixed number of requests in flight: each that ends is followed by the next.
  Offline,     ///< All requests at once; as many run as memory and the engine allow.
  FixedBatch,  ///< One batch: all its prompts are read, then all decode to the end.
  DecodeOnly   ///< A fixed number of sequences that decode; prompts are read elsewhere.
};

/// The load of one replica in its steady state.
struct ServingLoad {
  Client client = Client::Closed;
  Tokens prompt, output;   ///< Mean lengths of a request; positive.
  double concurrency = 1;  ///< Requests in flight, or the batch; offline not looked at.
  /// Requests in all over those in flight, where a benchmark starts all at once at its beginning:
  /// the first burst is one part in `waves` of the mean TTFT. 0: no burst, a true steady state.
  double waves = 0;
};

/// How the engine was set up for a run: data of the run, not of the engine.
struct EngineSettings {
  double token_budget = 8192;    ///< Prompt tokens of one iteration at most.
  bool reserves_answer = false;  ///< Cache for the whole answer is set aside at the start.
  double max_sequences = 2048;   ///< That run at once in one attention group.
  double speculated = 0;         ///< Tokens that are drafted per iteration: 0, or 1 to 3.
  double stream_interval = 0;    ///< Iterations between two deliveries of tokens.
  double receive_interval = 0;   ///< Iterations between two looks at new requests.
  double balance_wait = 0;       ///< Iterations that requests wait for other attention groups.
};

/// What a replica does in its steady state.
struct SteadyState {
  Seconds tpot;            ///< Between two tokens of a sequence, the first excluded.
  Seconds ttft;            ///< From arrival to the first token; 0 offline and for decoding alone.
  TokensPerSecond output;  ///< Of the whole replica.
  double batch = 0;        ///< Sequences that decode at once, on average.
  double residents = 0;    ///< Requests in memory at once: concurrency, or what the cache holds.
  double accepted = 1;     ///< Tokens per sequence and iteration.
  IterationTime decode;    ///< One iteration that only decodes, with that batch.
  Seconds prefill;         ///< Of one prompt alone.
};

/// Steady state of continuous batching with chunked prefill. Notation: P, O prompt and output; c
/// concurrency; td(b) an iteration that decodes b sequences at mean context P + O/2, over accepted
/// tokens; t1 a prompt read alone; tk the same when k prompts share an iteration.
///
///   residents = min(c, attention groups * max_sequences, cache tokens / need)
///     need    = P + O, or P + 0.55 O where none is reserved
///
///   TPOT      = td(b) + interference (b - 1)/O tk
///     k       = b/O, within 1 and token budget / P
///     b       = residents O TPOT / (O TPOT + T1), a fixed point
///
///   T1        = t1 (1 + queue b t1 / (O TPOT)) + first-token time + (iterations + waits) td
///
///   TTFT      = T1 + burst (residents - 1)/2 / waves tm + max(c / residents - 1, 0) O TPOT 0.95
///
///   output    = residents O / (O TPOT + T1)
///
/// tm: a prompt's share of an iteration with a full token budget. Offline nothing waits:
///
///   TPOT = td(b) + interference b/O tk,   output = b / TPOT,   b = residents
///
/// so that more memory never lowers it. A fixed batch gives c O / (O td(c) + c tm). A replica whose
/// cache holds less than one request serves one all the same: fits() says whether it can be.
/// Requires: lengths positive; concurrency >= 1 where looked at. Source: structure and constants of
/// notes on serving fidelity; see README for errors.
SteadyState steady_state(const Replica& replica, const ServingMemory& memory,
                         const ServingLoad& load, const EngineSettings& settings);

/// Cache that a request takes on average while it is served: all of its prompt, and 0.55 of its
/// answer, or all of that where the engine reserves it.
Tokens cache_of_request(Tokens prompt, Tokens output, const EngineSettings& settings);

/// Time of the replica that a prompt takes where iterations are full of prompts: as many as fit
/// share the token budget, and one that is longer is read in chunks. Requires: prompt positive.
Seconds prompt_time(const Replica& replica, Tokens prompt, double token_budget);

/// What a prompt adds to iterations that write answers, where prompts come at random and in the
/// mean `per_iteration` of them share one: interference E[t(N + 1)], N a Poisson number of that
/// mean and t(n) a prompt's share of an iteration that reads n. Between what a prompt takes alone
/// and prompt_time(), times interference. Requires: prompt positive, per_iteration >= 0.
Seconds prompt_time_beside(const Replica& replica, Tokens prompt, double per_iteration,
                           double token_budget);

/// Tokens that one iteration with `speculated` drafted tokens yields per sequence: 1 without;
/// linear in the depth between the fitted depths 1 and 3.
double accepted_tokens(const Coefficients& coefficients, double speculated);

}  // namespace chokepoint
