#pragma once

#include "models/performance/kernel.hpp"

namespace chokepoint {

/// Share of its matrix rate that a device of `cores` cores keeps with products of this shape, in
/// (0, 1]: a core computes whole tiles of the output, and the last wave of tiles leaves some of
/// them idle. Of the usual tile shapes the best:
///
///   tiles = products * rows/t_m * columns/t_n     at least one along each side
///   waves = 1 up to as many tiles as cores, else x + (1 - 1/x)/2  with x = tiles / cores
///   share = r_t * x / waves * min(columns/t_n, 1)
///
/// r_t is what smaller tiles lose to more traffic on the chip. Where there are fewer tiles than
/// cores the inner dimension is split among them, down to 256 deep. Rows that fill a tile in part
/// are left to saturation(), since they change from one iteration to the next; for the same reason
/// the last wave is half full on average. So the share grows with rows and tends to 1. 1 where the
/// shape is not known.
///
/// Source: tile shapes and their losses as cuBLAS and CUTLASS have them (NVIDIA, Matrix
/// Multiplication Background User's Guide); used for devices that name their tiles otherwise.
double wave_share(const OperatorWork& work, double cores);

}  // namespace chokepoint
