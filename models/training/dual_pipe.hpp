#pragma once

#include "models/training/pipeline.hpp"

namespace chokepoint {

/// Whether microbatches can pass through so many devices from both ends: an even number of both,
/// and of microbatches at least twice as many.
bool passes_both_ways(int devices, int microbatches);

/// Time until the last gradient where half of the microbatches enter at either end (DualPipe):
/// device k has stage k of those that come from the first device, and stage p - 1 - k of the
/// others. A forward pass of one way and a backward pass of the other are done side by side and
/// save what they hide of each other's exchange; at the ends gradients of weights fill what would
/// be idle. With equal stages, F, B and W of a stage and F&B of two passes side by side, the bubble
/// is
///
///   (p / 2 - 1) (F&B + B - 3 W)
///
/// Requires: passes_both_ways(); one chunk each.
/// Source: DeepSeek-AI, DeepSeek-V3 Technical Report, arXiv:2412.19437, and the order of passes in
/// github.com/deepseek-ai/DualPipe.
Seconds played_dual_pipe(const PipelineLoad& load);

}  // namespace chokepoint
