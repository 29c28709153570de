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

/// Norms, residuals, rotary embedding, activations and quantization of one layer: `passes` times
/// the 16-bit hidden vector of each token through memory, with a few operations per value.
OperatorWork vector_work(const Transformer& model, double tokens, double passes);

}  // namespace chokepoint
