#include "models/performance/tiles.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace chokepoint {
namespace {

struct Tile {
  double rows, columns, rate;
};

constexpr std::array kTiles = {Tile{128, 256, 1.0}, Tile{256, 128, 1.0}, Tile{128, 128, 0.93},
                               Tile{64, 256, 0.85}, Tile{64, 128, 0.75}, Tile{64, 64, 0.6}};
constexpr double kLeastDepth = 256;  // Of one part of a split inner dimension.

double share_with(const Tile& tile, const OperatorWork& work, double cores) {
  const ProductShape& shape = work.shape;
  const double along = std::max(work.rows / tile.rows, 1.0);
  const double across = std::max(shape.columns / tile.columns, 1.0);
  const double filled = shape.columns / tile.columns / across;
  const double x = shape.products * along * across / cores;
  if (x <= 1) {
    const double parts = std::max(shape.depth / kLeastDepth, 1.0);
    return tile.rate * filled * std::min(x * parts, 1.0);
  }
  return tile.rate * filled * x / (x + (1 - 1 / x) / 2);
}

}  // namespace

double wave_share(const OperatorWork& work, double cores) {
  assert(cores >= 1);
  if (work.shape.columns <= 0) return 1;
  double best = 0;
  for (const Tile& tile : kTiles) {
    if (tile.rate <= best) break;  // Nor do those after it reach more than their rates.
    best = std::max(best, share_with(tile, work, cores));
  }
  return best;
}

}  // namespace chokepoint
