#pragma once

#include "models/performance/kernel.hpp"
#include "models/workload/transformer.hpp"

namespace chokepoint {

/// Work beside attention and MLPs, on one device.

/// Logits of `sequences` tokens, the last of each sequence, in 16 bits, the vocabulary divided
/// among `shards` devices.
OperatorWork head(const Transformer& model, double sequences, double shards);

/// Rows of the embedding table for `tokens` tokens: read and written once.
OperatorWork embedding(const Transformer& model, double tokens);

/// What a layer that predicts a token further on does beside a layer of its model, an embedding and
/// a head: the hidden vector and that of the next token, each normed, become one. 2 hidden^2
/// weights, whole on each of `shards` devices. Source: DeepSeek-V3 Technical Report, section 2.2.
OperatorWork mtp_join(const Transformer& model, double tokens, double shards,
                      double bytes_per_weight);

/// Norms, residuals, rotary embedding, activations and quantization of one layer: `passes` times
/// the 16-bit hidden vector of each token through memory, with a few operations per value.
OperatorWork vector_work(const Transformer& model, double tokens, double passes);

/// What `visits` visits of tokens to experts of `inner` inner values add to that: their hidden
/// vectors are read and written in the order of the experts and read once more where they are
/// summed; the inner values, of a gated expert both halves, are read and their product written.
OperatorWork expert_vector_work(const Transformer& model, double visits, double inner);

}  // namespace chokepoint
